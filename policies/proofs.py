"""The worked cases of a version: which count for it, and what comes out of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, QuerySet

from policies.catalogue import Document, Edition, EditionStatus
from policies.faults import Fault, InputError
from policies.models import Policy, PolicyVersion, WorkedCase
from policies.worked_cases import CameOut, CaseError, look_at, read_cases
from policies.worked_cases import WorkedCase as Case

LEAST_CASES = 3


@dataclass(frozen=True)
class Proof:
    """A version with the cases of its policy: those beside published editions and its own.

    `rows` are the newest of each name; what was withdrawn is not among them.
    """

    version: PolicyVersion
    edition: Edition
    document: Document
    rows: tuple[WorkedCase, ...]

    @cached_property
    def unreadable(self) -> Mapping[int, tuple[Fault, ...]]:
        """The faults of rows that name what is gone from the vocabulary, by their keys."""
        return {row.pk: case for row, case in self._read if isinstance(case, tuple)}

    @cached_property
    def run(self) -> tuple[tuple[WorkedCase, CameOut], ...]:
        """Every case that can be read, with what comes out of it."""
        return tuple(
            (row, look_at(case, self.document))
            for row, case in self._read
            if isinstance(case, Case)
        )

    @cached_property
    def _read(self) -> tuple[tuple[WorkedCase, Case | tuple[Fault, ...]], ...]:
        return tuple((row, _case_of(row)) for row in self.rows)

    @property
    def own(self) -> tuple[tuple[WorkedCase, CameOut], ...]:
        """Those on a day of this very edition."""
        return tuple(one for one in self.run if one[1].edition is self.edition)

    @property
    def turned(self) -> tuple[tuple[WorkedCase, CameOut], ...]:
        """Those that come out otherwise than they want, of whatever edition."""
        return tuple(one for one in self.run if not one[1].is_as_wanted)

    @property
    def before(self) -> Edition | None:
        """The edition before this one, to which what turned is compared."""
        older = [one for one in self.document.editions if one.order < self.edition.order]
        return max(older, key=lambda one: one.order, default=None)

    @property
    def wants_cases(self) -> bool:
        """Whether the edition states criteria, which want to be proved."""
        return self.edition.status is EditionStatus.IN_FORCE and any(
            one.criteria is not None or one.continuation is not None
            for one in self.edition.positions
        )

    @property
    def lacking(self) -> int:
        """How many cases are wanted besides those that there are."""
        return max(0, LEAST_CASES - len(self.own)) if self.wants_cases else 0


def _case_of(row: WorkedCase) -> Case | tuple[Fault, ...]:
    try:
        return read_cases([row.content])[0]
    except CaseError as error:
        return error.faults


def proof_of(version: PolicyVersion) -> Proof | None:
    """A version with its cases; None for a draft that could never be read yet."""
    try:
        edition = version.edition()
    except InputError:
        return None
    policy = Policy.objects.with_record().get(pk=version.policy_id)
    others = (one.edition() for one in policy.published_versions if one.pk != version.pk)
    document = policy.record((*others, edition))
    return Proof(version, edition, document, tuple(current_rows(version)))


Prover = Callable[[PolicyVersion], Proof | None]


def rows_beside(version: PolicyVersion) -> QuerySet[WorkedCase]:
    """Every case that counts for a version, and what came before it, oldest first."""
    of_policy = WorkedCase.objects.filter(version__policy=version.policy_id)
    return of_policy.filter(Q(version__published_at__isnull=False) | Q(version=version))


def current_rows(version: PolicyVersion) -> list[WorkedCase]:
    """The cases that count for a version, the newest of each name."""
    newest = {row.name: row for row in rows_beside(version)}
    return [row for row in newest.values() if row.content is not None]


def unproved(draft: PolicyVersion, prove: Prover) -> list[str]:
    """Why the cases of a draft are not yet enough; one that ends a policy needs none."""
    if draft.status == EditionStatus.WITHDRAWN:
        return []
    proof = prove(draft)
    if proof is None:
        return ["What is stored of it can't be read, so no case was run. Save any line once more."]
    found = []
    if proof.lacking:
        found.append(
            f"An edition with criteria has at least {LEAST_CASES} worked cases, and this one has "
            f"{len(proof.own)}: compose {proof.lacking} more."
        )
    if proof.turned:
        found.append(f"{len(proof.turned)} worked cases come out otherwise with this edition.")
        found += [said_of(out) for _, out in proof.turned[:10]]
    names = [row.name for row in proof.rows if row.pk in proof.unreadable]
    found += [f"The case “{name}” can't be read: mend it or withdraw it." for name in names]
    return found


def said_of(out: CameOut) -> str:
    """A turned case in one line."""
    if out.answer is None:
        return f"{out.case.name}: no edition was in force on {out.settled.on}"
    return f"{out.case.name}: {'; '.join(map(str, out.differences))}"
