"""Small records in the database, written as the desk writes them."""

import hashlib
from typing import Any

from django.contrib.auth.models import User

from policies.addressing import fill_address, save_address
from policies.history import record_event
from policies.models import (
    Administration,
    AppealAddress,
    Insurer,
    Policy,
    PolicyEvent,
    PolicyVersion,
    SourceCopy,
)
from policies.publishing import publish_version, save_draft, save_policy
from tests.factories import (
    ON,
    make_address,
    make_document,
    make_edition,
    make_insurer,
    make_position,
)


def add_insurer(slug: str, **fields: Any) -> Insurer:
    defaults: dict[str, Any] = {"name": slug.title(), "kind": "commercial"}
    row = Insurer(slug=slug, **(defaults | fields))
    row.full_clean()
    row.save()
    record_event(PolicyEvent.Kind.ADDED, row, by=None)
    return row


def add_policy(insurer: Insurer, slug: str = "ketamine", **fields: Any) -> Policy:
    """A policy with an edition that patients see."""
    record = make_insurer(insurer.slug, name=insurer.name)
    document = make_document(insurer=record, slug=slug, **fields)
    policy = save_policy(document, by=None)
    publish_version(add_draft(policy), by=None)
    return policy


def add_draft(policy: Policy) -> PolicyVersion:
    return save_draft(policy, make_edition(make_position()), by=None)


def add_address(insurer: Insurer, by: User | None = None, **fields: Any) -> AppealAddress:
    record = make_address(insurer.slug, **fields)
    row = fill_address(AppealAddress(), record, {insurer.slug: insurer})
    return save_address(row, by=by, kind=PolicyEvent.Kind.ADDED)


def add_link(
    insurer: Insurer, administrator: Insurer, benefit: str = "behavioral", **fields: Any
) -> Administration:
    defaults: dict[str, Any] = {
        "source_url": "https://example.org/link",
        "quote": "decides for our members",
        "read_on": "2026-11",
    }
    row = Administration(
        insurer=insurer, administrator=administrator, benefit=benefit, **(defaults | fields)
    )
    row.full_clean()
    row.save()
    record_event(PolicyEvent.Kind.ADDED, row, by=None)
    return row


def add_copy(policy: Policy, by: User, *pages: str, **fields: Any) -> SourceCopy:
    """A copy of a policy's document with this text, without the work of reading a file."""
    content = "\f".join(pages).encode()
    defaults: dict[str, Any] = {
        "name": "policy.pdf",
        "content": content,
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "taken_on": ON,
    }
    row = SourceCopy(policy=policy, pages=list(pages), added_by=by, **(defaults | fields))
    row.save()
    record_event(PolicyEvent.Kind.ATTACHED, policy, by=by)
    return row
