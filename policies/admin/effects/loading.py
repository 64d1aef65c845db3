"""An edition beside the one it follows, out of the database."""

import datetime as dt
from dataclasses import dataclass

from policies.catalogue import Document
from policies.catalogue.writing import write_edition
from policies.draft_states import working_at, working_of
from policies.effects import EditionEffect, compare, followed_by
from policies.effects.cases import CaseEffect, Held, case_effects
from policies.models import Policy, PolicyVersion
from policies.outline import Working
from policies.outline.data import from_edition_data
from policies.outline.readable import Readable, readable
from policies.proofs import current_rows
from policies.worked_cases import CaseError, WorkedCase, read_cases


@dataclass(frozen=True, slots=True)
class Cases:
    """What becomes of the worked cases; `unreadable` ones name what is gone from the vocabulary."""

    judged: tuple[CaseEffect, ...]
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

    def cases(self) -> Cases:
        """Every worked case that counts for the edition, at whichever edition it stands."""
        found: list[WorkedCase] = []
        unreadable: list[str] = []
        for row in current_rows(self.version):
            try:
                found += read_cases([row.content])
            except CaseError:
                unreadable.append(row.name)
        judged = case_effects(found, self.document, self.before, self.after)
        return Cases(judged, tuple(unreadable))


def beside(
    version: PolicyVersion,
    *,
    on: dt.date,
    written: Working | None = None,
    now: Readable | None = None,
) -> Beside | None:
    """The edition beside the one it follows; None where it is the first.

    `written` and `now` are how a draft stands, where that was read already.
    """
    policy = Policy.objects.with_record().get(pk=version.policy.pk)
    published = {one.pk: one.edition() for one in policy.published_versions}
    in_force = policy.record(tuple(published.values())).edition_in_force(on)
    published.pop(version.pk, None)
    written = written or working_of(version)
    now = now or readable(written)
    before = followed_by(published.values(), now.edition, on=on)
    if before is None:
        return None
    return Beside(
        version,
        policy.record((before, now.edition)),
        Held(before, from_edition_data(write_edition(before))),
        Held(now.edition, now.working),
        written,
        now.left_out,
        is_in_force=before is in_force,
    )
