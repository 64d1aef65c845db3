"""The editions of a policy on its own page, and the button that begins its first."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from policies.admin.correcting import corrections
from policies.admin.desk import editor
from policies.admin.reviewing.states import state_in_short
from policies.admin.reviewing.views import review_address
from policies.admin.writing.views import write_address
from policies.drafting import begin_empty
from policies.models import Policy, PolicyVersion
from policies.rereading import open_draft


@dataclass(frozen=True, slots=True)
class EditionRow:
    """One edition with its state and its pages; without `write` it is only read.

    `correct` is where its next revision is begun.
    """

    name: str
    state: str
    address: str
    review: str
    write: str
    correct: str


@dataclass(frozen=True, slots=True)
class PolicyEditions:
    """The editions, and what the button does: `go_on` leads to a draft, `begin` makes one."""

    rows: tuple[EditionRow, ...]
    begin: str
    go_on: str
    go_on_with: str


def editions_of(policy: Policy, *, may_write: bool, may_begin: bool) -> PolicyEditions:
    """Every edition and draft of a policy, the newest first."""
    versions = list(policy.versions.all())
    correct = corrections(versions) if may_begin else {}
    drafts = [one for one in versions if one.published_at is None]
    draft = max(drafts, key=lambda one: one.pk, default=None) if may_write else None
    is_in_review = draft is not None and draft.submitted_at is not None
    return PolicyEditions(
        rows=tuple(_row(one, correct.get(one.pk, ""), may_write=may_write) for one in versions),
        begin=reverse("admin:policies_policy_begin", args=[policy.pk])
        if may_begin and draft is None
        else "",
        go_on=""
        if draft is None
        else review_address(draft)
        if is_in_review
        else write_address(draft),
        go_on_with="" if draft is None else draft.effective or "an edition without a date",
    )


def _row(version: PolicyVersion, correct: str, *, may_write: bool) -> EditionRow:
    is_draft = version.published_at is None and version.submitted_at is None
    revision = f", revision {version.revision}" if version.revision > 1 else ""
    return EditionRow(
        name=f"{version.effective or 'Without a date'}{revision}",
        state=state_in_short(version, on=timezone.localdate()),
        address=reverse("admin:policies_policyversion_change", args=[version.pk]),
        review=review_address(version),
        write=write_address(version) if is_draft and may_write else "",
        correct=correct,
    )


@require_POST
def begin_edition(request: HttpRequest, policy_id: int, model_admin: Any) -> HttpResponse:
    """Begin an empty draft and lead to where it is written; one that is open goes on."""
    policy = get_object_or_404(Policy, pk=policy_id)
    draft = open_draft(policy) or begin_empty(policy, by=editor(request))
    return redirect(write_address(draft))
