"""A rule of Acme that changes, for the tests of verdicts and of what follows a new edition."""

from typing import Any

from policies.criteria import Node
from policies.history import record_event
from policies.models import Administration, Insurer, Policy, PolicyEvent, PolicyVersion
from policies.publishing import publish_version, save_draft, save_policy
from policies.situation import LineOfBusiness
from tests.factories import (
    ADULT,
    SEVERE,
    all_of,
    make_document,
    make_edition,
    make_insurer,
    make_position,
    make_situation,
)
from tests.policies.reviewed import acme_policy

ADULTS = all_of(ADULT)
SEVERE_ADULTS = all_of(ADULT, SEVERE)
PLAN: dict[str, Any] = {"insurer": "acme", "line_of_business": LineOfBusiness.COMMERCIAL}
GROWN_UP = make_situation(answers={"age": 44}, **PLAN)


def begin_rule(criteria: Node = ADULTS, **document: Any) -> Policy:
    """Acme's rule for IV ketamine, in force since the first day of 2026."""
    policy = acme_policy()
    if document:
        record = make_document(insurer=make_insurer(), **document)
        policy = save_policy(record, by=None, policy=policy)
    publish(policy, criteria)
    return policy


def publish(
    policy: Policy, criteria: Node, *, effective: str = "2026-01-01", **fields: Any
) -> PolicyVersion:
    """A further edition, as it comes with a file."""
    position = make_position(criteria=criteria)
    edition = make_edition(position, effective=effective, **fields)
    return publish_version(save_draft(policy, edition, by=None), by=None)


def known_insurer(slug: str) -> Insurer:
    """Another insurer of the catalogue."""
    insurer = Insurer.objects.create(slug=slug, name=slug.title(), kind="commercial")
    record_event(PolicyEvent.Kind.LOADED, insurer, by=None)
    return insurer


def link(insurer: Insurer, administrator: Insurer) -> None:
    """A document's word that one decides for the other."""
    row = Administration.objects.create(
        insurer=insurer,
        administrator=administrator,
        benefit="behavioral",
        source_url="https://example.org/link",
        quote="decides for our members",
        read_on="2026-11",
    )
    record_event(PolicyEvent.Kind.LOADED, row, by=None)
