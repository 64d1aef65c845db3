"""The citation of a right, where a letter may print one."""

from appeals.law.rights import Right, Wording
from appeals.letters.case import LetterCase
from appeals.letters.content import Basis, Origin, Told
from policies.language import said


def right_basis(right: Right) -> Basis:
    return Basis(Origin.RIGHT, right.id)


def citation(right: Right, case: LetterCase) -> Told | None:
    """Its citation; None where the rule was not read, or may not bind the plan."""
    if right.asks is Wording.ASK or right.is_stale(case.on) or len(case.circumstances) != 1:
        return None
    return Told("; ".join(map(said, right.settled_citations)), (right_basis(right),))
