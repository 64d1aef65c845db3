"""Which records a letter cites, which it has to meet, and what is shown beside it."""

from collections.abc import Collection, Iterable

from appeals.evidence.reading import studies
from appeals.evidence.study import Must, Study, Use, distance_to
from appeals.law.reasons import ReasonId
from policies import terms
from policies.situation import Treatment

FEWEST = 2
FAR = 99


def evidence_for(
    *,
    condition: str,
    treatment: Treatment,
    reasons: Collection[ReasonId] = (),
    most: int = 4,
) -> tuple[Study, ...]:
    """The records that a letter may cite, the best match first; with no reason, any that fit.

    Where one alone answers a reason, the next best of the same condition and treatment joins it.
    """
    fitting = sorted(
        (one for one in studies().values() if one.use_for(condition, treatment)),
        key=lambda one: _order(one, condition, treatment, reasons),
    )
    if not reasons:
        return tuple(fitting[:most])
    matched = [one for one in fitting if _answered(one, reasons)]
    others = [one for one in fitting if one not in matched]
    if matched:
        matched += others[: max(0, FEWEST - len(matched))]
    return tuple(matched[:most])


def honest_panel(*, condition: str, treatment: Treatment) -> tuple[Study, ...]:
    """What points the other way and a plan is likely to cite; what is not verified comes last."""
    found = (
        one
        for one in studies().values()
        if one.points_the_other_way and one.is_raised_for(condition, treatment)
    )
    return tuple(
        sorted(found, key=lambda one: (not one.verified, *_contrary_order(one, condition)))
    )


def must_meet(
    *, condition: str, treatment: Treatment, is_continuation: bool = False
) -> tuple[Study, ...]:
    """The records that a letter has to meet in its text, each by the words of its `meets`."""
    found = (
        one
        for one in studies().values()
        if one.meets is not None
        and _is_due(one.meets.must, is_continuation=is_continuation)
        and one.meets.is_on(condition)
        and treatment in (*one.treatments, *one.beside_treatments)
    )
    return tuple(sorted(found, key=lambda one: _contrary_order(one, condition)))


def finding_for_letter(
    study: Study, *, condition: str, treatment: Treatment, is_plain: bool = False
) -> str:
    """The finding in a letter's words: with numbers only where they may be printed, and wanted."""
    use = _use(study, condition, treatment)
    return use.text if use.text and study.numbers_print and not is_plain else use.plain


def limit_for_letter(study: Study, *, condition: str, treatment: Treatment) -> str:
    """The limit that goes with the finding in a letter."""
    return _use(study, condition, treatment).limit


def conditions_studied() -> list[str]:
    """The conditions that some record is of, or is brought up for, in the order of a list."""
    named = {
        condition
        for one in studies().values()
        for condition in (*one.conditions, *one.beside_conditions)
    }
    return [one.id for one in terms.conditions().values() if one.id in named and not one.is_group]


def _use(study: Study, condition: str, treatment: Treatment) -> Use:
    use = study.use_for(condition, treatment)
    if use is None:
        raise ValueError(f"{study.id} is not for a letter on {condition} and {treatment}")
    return use


def _is_due(must: Must | None, *, is_continuation: bool) -> bool:
    return must is Must.ALWAYS or (must is Must.CONTINUATION and is_continuation)


def _answered(study: Study, reasons: Collection[ReasonId]) -> int:
    """How many of the reasons a record is useful against."""
    return len({*study.useful_against} & {*reasons})


def _order(
    study: Study, condition: str, treatment: Treatment, reasons: Collection[ReasonId]
) -> tuple[object, ...]:
    use = _use(study, condition, treatment)
    return (
        _distance(use.conditions, condition),
        study.kind.rank,
        study.direction.rank,
        -_answered(study, reasons),
        -(study.year or 0),
        study.id,
    )


def _contrary_order(study: Study, condition: str) -> tuple[object, ...]:
    return (
        -study.direction.rank,
        _distance(study.conditions, condition),
        study.kind.rank,
        -(study.year or 0),
        study.id,
    )


def _distance(conditions: Iterable[str], condition: str) -> int:
    """A record that is only brought up for a condition stands behind those that studied it."""
    distance = distance_to(conditions, condition)
    return FAR if distance is None else distance
