"""An edition beside the one it follows, out of the database."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from policies.catalogue import Document
from policies.catalogue.writing import write_edition
from policies.draft_states import working_at, working_of
from policies.effects import EditionEffect, compare, followed_by
from policies.effects.cases import CaseEffect, Held, case_effects
from policies.models import Policy, PolicyVersion
from policies.models import WorkedCase as Row
from policies.outline import Working
from policies.outline.data import from_edition_data
from policies.outline.readable import Readable, readable
from policies.proofs import Proof, current_rows
from policies.worked_cases import CaseError, WorkedCase, read_cases


@dataclass(frozen=True, slots=True)
class Cases:
    """The worked cases that count for an edition, at whichever one they stand.

    `unreadable` are the names of those that name what is gone from the vocabulary.
    """

    read: tuple[WorkedCase, ...]
    unreadable: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """An edition and the one it follows, which `document` holds.

    `written` is a draft with its faults, and `left_out` how many parts can't be read yet;
    `is_in_force` tells whether the older one is in force today.
    """

    version: PolicyVersion
    document: Document
    before: Held
    after: Held
    written: Working
    cases: Cases
    left_out: int
    is_in_force: bool

    def effect(self) -> EditionEffect:
        """What changes line by line; of a draft as it is written, faults and all."""
        return compare(self.before.working, self.written, self._origin())

    def _origin(self) -> Working | None:
        """The draft as it was begun, the keys of which live on in it."""
        if self.version.published_at is not None:
            return None
        return working_at(self.version, 0) if self.version.counter else self.written

    def judged(self) -> tuple[CaseEffect, ...]:
        """Every case, by both editions."""
        return case_effects(self.cases.read, self.document, self.before, self.after)


def beside(version: PolicyVersion, *, on: dt.date) -> Beside | None:
    """The edition beside the one it follows; None where it is the first."""
    policy = Policy.objects.with_record().get(pk=version.policy.pk)
    others = tuple(one.edition() for one in policy.published_versions if one.pk != version.pk)
    written = working_of(version)
    cases = _read(current_rows(version))
    return _beside(version, policy.record(others), cases, written, readable(written), on=on)


def beside_as_written(
    proof: Proof, written: Working, now: Readable, *, on: dt.date
) -> Beside | None:
    """A draft as it stands, of which all has been read already."""
    others = tuple(one for one in proof.document.editions if one is not proof.edition)
    document = replace(proof.document, editions=others)
    cases = Cases(
        tuple(out.case for _, out in proof.run),
        tuple(one.name for one in proof.rows if one.pk in proof.unreadable),
    )
    return _beside(proof.version, document, cases, written, now, on=on)


def _read(rows: Iterable[Row]) -> Cases:
    found: list[WorkedCase] = []
    unreadable: list[str] = []
    for row in rows:
        try:
            found += read_cases([row.content])
        except CaseError:
            unreadable.append(row.name)
    return Cases(tuple(found), tuple(unreadable))


def _beside(
    version: PolicyVersion,
    others: Document,
    cases: Cases,
    written: Working,
    now: Readable,
    *,
    on: dt.date,
) -> Beside | None:
    before = followed_by(others.editions, now.edition, on=on)
    if before is None:
        return None
    published = (*others.editions, *((now.edition,) if version.published_at else ()))
    return Beside(
        version,
        replace(others, editions=(before, now.edition)),
        Held(before, from_edition_data(write_edition(before))),
        Held(now.edition, now.working),
        written,
        cases,
        now.left_out,
        is_in_force=before is replace(others, editions=published).edition_in_force(on),
    )
