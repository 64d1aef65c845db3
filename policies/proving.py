"""The writes to the worked cases of a draft."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from policies.history import record_event
from policies.models import PolicyEvent, PolicyVersion, WorkedCase
from policies.proofs import current_rows, proof_of, rows_beside
from policies.publishing import lock_draft
from policies.worked_cases import WorkedCase as Case
from policies.worked_cases import follow_edition, read_cases, write_case


class CaseNameError(ValidationError):
    """A name that another case of the policy has."""


@transaction.atomic
def keep_case(version: PolicyVersion, case: Case, *, by: User, replacing: str = "") -> WorkedCase:
    """Keep a case beside a draft: a new one, or in the place of the one called `replacing`.

    CaseNameError where another case of the policy has its name.
    """
    draft = lock_draft(version)
    content = write_case(case)
    read_cases([content])
    held = _current(draft)
    if case.name != replacing and case.name in held:
        raise CaseNameError(f"There is a case called “{case.name}”: give this one its own name.")
    changes: dict[str, Any] = {case.name: (held.get(case.name), content)}
    if replacing and replacing != case.name:
        changes[replacing] = (held.get(replacing), None)
        _write(draft, replacing, None)
    row = _write(draft, case.name, content)
    _record(draft, changes, by=by)
    return row


@transaction.atomic
def withdraw_case(version: PolicyVersion, name: str, *, by: User) -> None:
    """Let a case count no longer; beside published editions it stays to be read."""
    draft = lock_draft(version)
    held = _current(draft)
    if name not in held:
        raise ValidationError(f"There is no case called “{name}”.")
    _write(draft, name, None)
    _record(draft, {name: (held[name], None)}, by=by)


@transaction.atomic
def take_along(version: PolicyVersion, names: Iterable[str], *, by: User) -> int:
    """Let cases on days of earlier editions follow this one; what they want stays as it was."""
    draft = lock_draft(version)
    proof = proof_of(draft)
    wanted = set(names)
    found = [] if proof is None else [one for one in proof.run if one[1].case.name in wanted]
    changes = {}
    for row, out in found:
        content = write_case(follow_edition(out.case, out.settled.on))
        if content != row.content:
            changes[row.name] = (row.content, content)
            _write(draft, row.name, content)
    if changes:
        _record(draft, changes, by=by)
    return len(changes)


def _current(draft: PolicyVersion) -> dict[str, Any]:
    return {row.name: row.content for row in current_rows(draft)}


def _write(draft: PolicyVersion, name: str, content: Mapping[str, Any] | None) -> WorkedCase:
    """Beside a draft a row may change; what stands beside a published version is appended to."""
    rows = list(rows_beside(draft).filter(name=name))
    newest = rows[-1] if rows else None
    is_own = newest is not None and newest.version_id == draft.pk
    row = newest if is_own and newest is not None else WorkedCase(version=draft, name=name)
    row.content = None if content is None else dict(content)
    # A case that was withdrawn has no content, which a form would miss.
    row.full_clean(exclude=["content"])
    row.save()
    return row


def _record(draft: PolicyVersion, changes: dict[str, Any], *, by: User) -> None:
    names = ", ".join(changes)
    what = f"{draft}: {names}"
    record_event(PolicyEvent.Kind.CASES, draft, by=by, what=what[:500], changes=changes)
