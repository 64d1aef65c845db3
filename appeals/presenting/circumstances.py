"""The circumstances of a denial under each route that is still open."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from appeals.denied import DeniedCase
from appeals.law.circumstances import Circumstances
from appeals.law.reasons import ReasonId
from policies.situation import Treatment

One = TypeVar("One")


def circumstances_of(case: DeniedCase) -> tuple[Circumstances, ...]:
    """One for each route, in their order."""
    return tuple(
        Circumstances(
            plan_type=route.law.plan_type,
            on=case.on,
            told_insured=route.is_insured,
            issue_state=route.issue_state,
            condition=case.denial.condition or None,
            treatment=_treatment(case),
        )
        for route in case.routes
    )


def _treatment(case: DeniedCase) -> Treatment | None:
    """What was told; the safety program of a reason is esketamine's alone."""
    is_rems = ReasonId.REMS_OR_PROVIDER_NOT_CERTIFIED in case.denial.reasons
    if case.denial.treatment is None and is_rems:
        return Treatment.ESKETAMINE_NASAL
    return case.denial.treatment


def in_all(several: Sequence[Iterable[One]]) -> tuple[One, ...]:
    """What every one of them holds, in the order of the first.

    >>> in_all([["a", "b", "c"], ["c", "b"]])
    ('b', 'c')
    """
    if not several:
        return ()
    first, *others = (tuple(one) for one in several)
    return tuple(one for one in first if all(one in other for other in others))


def in_any(several: Sequence[Iterable[One]]) -> tuple[One, ...]:
    """What any of them holds, each once.

    >>> in_any([["a", "b"], ["b", "c"]])
    ('a', 'b', 'c')
    """
    return tuple(dict.fromkeys(one for each in several for one in each))
