"""The states of a draft: how it stands, how it stood, and how one follows another."""

import secrets
from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib.auth.models import User

from policies.catalogue import PrintedDate
from policies.catalogue.writing import write_edition
from policies.faults import InputError
from policies.models import DraftStep, PolicyVersion, Translation
from policies.outline import EDITION, Working
from policies.outline.data import from_edition_data
from policies.outline.faulty import PartFault, faults
from policies.outline.places import changed_place
from policies.outline.stored import read_working, write_working

SPANISH = "es"
TO_BE_SAID = "Say here what changes."  # the change note of a revision until someone writes it
TAKEN = (
    "This policy has an edition of this date and revision. A correction takes the next revision "
    "and a change note."
)


def fresh_keys() -> Iterator[str]:
    """Keys that no part of any draft has."""
    while True:
        yield secrets.token_hex(4)


def working_of(version: PolicyVersion) -> Working:
    """How a draft stands: as it was last written, or as its edition has it."""
    if version.working is not None:
        return read_working(version.working)
    return from_edition_data(_data_of(version), spanish_of(version))


def _data_of(version: PolicyVersion) -> Mapping[str, Any]:
    try:
        return write_edition(version.edition())
    except InputError:
        # A term that it names is gone from the vocabulary; the line stands, to be mended.
        return {name: value for name, value in version.stored_data().items() if value}


def spanish_of(version: PolicyVersion) -> dict[str, str]:
    """The texts of a version in Spanish, by place; the newest of each counts.

    What was written for other English is none of them.
    """
    rows = Translation.objects.filter(version=version, language=SPANISH)
    newest = {row.place: row for row in rows}
    return {place: row.text for place, row in newest.items() if not row.of}


def working_at(version: PolicyVersion, counter: int) -> Working | None:
    """How a draft stood when it had been saved this often; nothing where it never had."""
    if counter == version.counter:
        return working_of(version)
    step = DraftStep.objects.filter(version=version, counter=counter).first()
    return None if step is None else read_working(step.working)


def last_step(version: PolicyVersion) -> DraftStep | None:
    """The newest change to a draft, with what stood before it."""
    return DraftStep.objects.filter(version=version).select_related("by").last()


def follow(version: PolicyVersion, working: Working, *, by: User | None, what: str) -> None:
    """Let a draft stand as `working` has it, and keep how it stood; the caller saves it."""
    before = working_of(version)
    DraftStep.objects.create(
        version=version,
        counter=version.counter,
        working=write_working(before),
        what=what[:300],
        place=changed_place(before, working)[:200],
        by=by,
    )
    version.working = write_working(working)
    version.counter += 1


def draft_faults(version: PolicyVersion, working: Working) -> tuple[PartFault, ...]:
    """Everything that keeps a draft from being published as it is written."""
    found = faults(working)
    names = {one.field for one in found if one.key == EDITION}
    if names & {"effective", "revision"} or not _is_taken(version, working):
        return found
    return (PartFault(EDITION, "effective", TAKEN), *found)


def _is_taken(version: PolicyVersion, working: Working) -> bool:
    """Whether another version of the policy has the date and the revision."""
    fields = working.fields
    effective = PrintedDate(str(fields["effective"])) if fields.get("effective") else None
    others = version.policy.versions.filter(
        effective_on=effective.first_day if effective else None,
        revision=fields.get("revision") or 1,
    )
    return others.exclude(pk=version.pk).exists()
