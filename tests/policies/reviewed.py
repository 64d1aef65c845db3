"""A policy of Acme at the desk, with the two people whom its editions need."""

from dataclasses import replace
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from policies.catalogue import Position
from policies.history import record_event
from policies.models import Insurer, Policy, PolicyEvent, PolicyVersion
from policies.proofs import proof_of
from policies.proving import keep_case
from policies.publishing import publish_draft, save_draft, save_policy
from policies.reviewing import submit_draft
from policies.roles import Role
from policies.verdict import Verdict
from policies.worked_cases import WorkedCase, look_at
from tests.coverage_site.signing_in import make_person
from tests.factories import (
    make_document,
    make_edition,
    make_insurer,
    make_position,
    make_situation,
)


def acme_policy(slug: str = "ketamine") -> Policy:
    """A policy without an edition."""
    with transaction.atomic():
        insurer, is_new = Insurer.objects.get_or_create(
            slug="acme", defaults={"name": "Acme", "kind": "commercial"}
        )
        if is_new:
            record_event(PolicyEvent.Kind.EDITED, insurer, by=None)
    return save_policy(make_document(insurer=make_insurer(), slug=slug), by=None)


def acme_draft(
    by: User, *positions: Position, policy: Policy | None = None, **fields: Any
) -> PolicyVersion:
    """A draft with nothing to mend; further keywords are the edition's."""
    edition = make_edition(*(positions or (make_position(),)), **fields)
    return prove(save_draft(policy or acme_policy(), edition, by=by), by=by)


def prove(draft: PolicyVersion, *, by: User) -> PolicyVersion:
    """Give a draft the cases that it lacks, each wanting what comes out."""
    proof = proof_of(PolicyVersion.objects.get(pk=draft.pk))
    assert proof
    for number in range(1, proof.lacking + 1):
        case = WorkedCase(
            name=f"Case {number} of version {draft.pk}",
            on=proof.edition.known_from,
            situation=make_situation(),
            verdict=Verdict.ANSWER_UNREAD,
        )
        answer = look_at(case, proof.document).answer
        assert answer
        keep_case(draft, replace(case, verdict=answer.verdict, ground=answer.ground), by=by)
    return draft


def held(version: PolicyVersion) -> PolicyVersion:
    """A version as the database has it now."""
    return PolicyVersion.objects.get(pk=version.pk)


def second_person() -> User:
    """Whoever sends to review what somebody else publishes."""
    held = User.objects.filter(username="second").first()
    return held or make_person("second", Role.EDITOR)


def publish_by_two(draft: PolicyVersion, *, by: User) -> PolicyVersion:
    """Publish as at the desk, where another person sent it to review with the cases it needs."""
    return publish_draft(submit_draft(prove(draft, by=by), by=second_person()), by=by)
