"""Where an edition stands on its way to patients, in words and as a filter of the list."""

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from policies.catalogue import Document, Edition, EditionStatus
from policies.faults import InputError
from policies.models import Policy, PolicyVersion, ReviewComment
from policies.wording.dates import date, printed_date


class State(StrEnum):
    """The steps of an edition, in their order."""

    DRAFT = "draft"
    IN_REVIEW = "in review"
    LATER = "takes effect later"
    PUBLISHED = "published"


def state_of(version: PolicyVersion, *, on: dt.date) -> State:
    """Where an edition stands on a day."""
    if version.published_at is None:
        return State.IN_REVIEW if version.submitted_at else State.DRAFT
    is_ahead = version.effective_on is not None and version.effective_on > on
    return State.LATER if is_ahead else State.PUBLISHED


def state_in_short(version: PolicyVersion, *, on: dt.date) -> str:
    """The state as a list shows it."""
    state = state_of(version, on=on)
    if state is State.LATER and version.effective_on:
        return f"takes effect on {date(version.effective_on)}"
    return state.value


def in_state(versions: QuerySet[PolicyVersion], state: str, *, on: dt.date) -> Any:
    """The versions that stand there on a day."""
    ahead = Q(effective_on__gt=on)
    return versions.filter(
        {
            State.DRAFT: Q(published_at=None, submitted_at=None),
            State.IN_REVIEW: Q(published_at=None, submitted_at__isnull=False),
            State.LATER: Q(published_at__isnull=False) & ahead,
            State.PUBLISHED: Q(published_at__isnull=False) & (~ahead | Q(effective_on=None)),
        }[State(state)]
    )


class ByState(admin.SimpleListFilter):
    """Where an edition stands."""

    title = "state"
    parameter_name = "state"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]
    ) -> Iterable[tuple[str, str]]:
        return [(one.name.lower(), one.value.capitalize()) for one in State]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[PolicyVersion]
    ) -> QuerySet[PolicyVersion]:
        chosen = {one.name.lower(): one for one in State}.get(self.value() or "")
        if chosen is None:
            return queryset
        found: QuerySet[PolicyVersion] = in_state(queryset, chosen, on=timezone.localdate())
        return found


def waiting_for_review() -> list[PolicyVersion]:
    """What a publisher is to read, the longest waiting first; each with its open comments."""
    return list(_with_open_comments().filter(submitted_at__isnull=False).order_by("submitted_at"))


def sent_back() -> list[PolicyVersion]:
    """What came back with a reason that nobody has dealt with."""
    reasons = ReviewComment.objects.filter(kind=ReviewComment.Kind.SENT_BACK, settled_at=None)
    drafts = _with_open_comments().filter(submitted_at=None)
    return list(drafts.filter(pk__in=reasons.values("version")).order_by("pk"))


def _with_open_comments() -> Any:
    return (
        PolicyVersion.objects.drafts()
        .select_related("policy__insurer__parent", "submitted_by")
        .annotate(open_comments=Count("comments", filter=Q(comments__settled_at=None)))
    )


def stands(
    version: PolicyVersion, *, by: User, in_the_way: int, on: dt.date, remarks: int = 0
) -> str:
    """One sentence: what state an edition is in, and who must do what next.

    `remarks` are the comments that are still open.
    """
    are = "1 comment is" if remarks == 1 else f"{remarks} comments are"
    match state_of(version, on=on):
        case State.DRAFT if in_the_way:
            return "A draft. Mend what is in the way below; then it can be sent to review."
        case State.DRAFT if remarks:
            return (
                f"A draft on which {are} open. Settle what was dealt with; whoever has finished "
                "it sends it to review."
            )
        case State.DRAFT:
            return "A draft with nothing in the way. Whoever has finished it sends it to review."
        case State.IN_REVIEW:
            open_ones = f" {are} open, to be settled before it is published." if remarks else ""
            return f"In review: {_since(version)}. {_next(version, by)}{open_ones}"
        case State.LATER:
            return f"Published {_by_whom(version)}. {what_happens(version, on=on)}"
        case _:
            return f"Published {_by_whom(version)}. Nothing is left to do."


def _since(version: PolicyVersion) -> str:
    sent = timezone.localdate(version.submitted_at)
    return f"{version.submitted_by} sent it on {date(sent)}"


def _next(version: PolicyVersion, by: User) -> str:
    if version.submitted_by != by:
        return "A publisher reads it against its source, and publishes it or sends it back."
    if settings.DESK_ONE_PERSON_MAY_PUBLISH:
        return "Read it once more against its source, and publish it."
    return "Another person reads it now, who may publish, and publishes it or sends it back."


def _by_whom(version: PolicyVersion) -> str:
    published = date(timezone.localdate(version.published_at))
    who = f"by {version.published_by}" if version.published_by else "from a file"
    alone = ", who also sent it to review" if version.is_published_alone else ""
    return f"on {published} {who}{alone}"


def what_happens(version: PolicyVersion, *, on: dt.date) -> str:
    """What patients see of an edition once it is published, and from when on."""
    try:
        edition = version.edition()
        document = _document_with(version, edition)
    except InputError:
        return "A term that is named here is gone from the vocabulary: it is mended first."
    is_over = edition.status is EditionStatus.WITHDRAWN
    if edition.effective and edition.known_from > on:
        day = printed_date(edition.effective)
        if is_over:
            return f"From {day} on patients are told that the policy was withdrawn."
        return f"Patients see this from {day} on, and before that only as an edition to come."
    if document.edition_in_force(on) is not edition:
        return "Patients find this among the editions; a newer one goes on answering them."
    if is_over:
        return "Patients are told at once that the policy was withdrawn."
    return "Patients see this at once."


def _document_with(version: PolicyVersion, edition: Edition) -> Document:
    policy = Policy.objects.with_record().get(pk=version.policy.pk)
    others = (one.edition() for one in policy.published_versions if one.pk != version.pk)
    return policy.record((*others, edition))
