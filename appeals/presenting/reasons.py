"""Why the plan said no, and what answers that."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from appeals.denied import DeniedCase
from appeals.law.answers import FittedArgument, ReasonAnswer, answers_to
from appeals.law.arguments import Fit
from appeals.presenting.circumstances import circumstances_of, in_all, in_any
from appeals.presenting.cited import CitedView, grade_label, read_in
from policies.language import said


@dataclass(frozen=True, slots=True)
class ArgumentView:
    """An argument; `conditions` are what has to be so for it to fit, `parts` what its rule says."""

    name: str
    explanation: str
    why: str
    conditions: tuple[str, ...]
    parts: tuple[str, ...]
    cited: CitedView | None


@dataclass(frozen=True, slots=True)
class ReasonView:
    """One reason: what it means, what answers it and what never does."""

    label: str
    meaning: str
    first_move: tuple[str, ...]
    answers: tuple[str, ...]
    papers: tuple[str, ...]
    arguments: tuple[ArgumentView, ...]
    unread_arguments: tuple[ArgumentView, ...]
    never_arguments: tuple[ArgumentView, ...]
    never: tuple[str, ...]
    also: tuple[str, ...]
    notes: tuple[str, ...]
    read_in: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ReasonsView:
    """All of them, and what no letter ever does.

    Told and yet none: what answers a reason depends on the kind of plan, and none was found.
    """

    reasons: tuple[ReasonView, ...]
    is_told: bool
    never: tuple[str, ...]


def answers_for(case: DeniedCase) -> tuple[tuple[ReasonAnswer, ...], ...]:
    """For each reason its answers, one under each route."""
    return tuple(
        tuple(answers_to(one, circumstances) for circumstances in circumstances_of(case))
        for one in case.denial.reasons
    )


def present_reasons(case: DeniedCase) -> ReasonsView:
    """The reasons in the order they were told."""
    answers = [one for one in answers_for(case) if one]
    return ReasonsView(
        reasons=tuple(_present(one) for one in answers),
        is_told=bool(case.denial.reasons),
        never=_said_all(in_any([one.global_never for each in answers for one in each])),
    )


def _present(answers: tuple[ReasonAnswer, ...]) -> ReasonView:
    """A reason as it stands under every route; what fits under one alone says so."""
    reason = answers[0].reason
    open_ones, unread_ones, never_ones = _arguments(answers)
    return ReasonView(
        label=said(reason.label),
        meaning=said(reason.meaning),
        first_move=_said_all(in_all([one.first_move for one in answers])),
        answers=_said_all(in_all([one.answers for one in answers])),
        papers=_said_all(in_all([[paper.label for paper in one.enclosures] for one in answers])),
        arguments=open_ones,
        unread_arguments=unread_ones,
        never_arguments=never_ones,
        never=_said_all(in_any([one.never for one in answers])),
        also=_said_all(in_all([one.also for one in answers])),
        notes=_said_all(in_all([one.notes for one in answers])),
        read_in=read_in(reason.sources),
    )


def _arguments(
    answers: tuple[ReasonAnswer, ...],
) -> tuple[tuple[ArgumentView, ...], tuple[ArgumentView, ...], tuple[ArgumentView, ...]]:
    """Those that may fit, those we read no rule for, and those that never fit under any route."""
    by_route = [(*one.arguments, *one.never_arguments) for one in answers]
    names = [one.argument.id for one in by_route[0]]
    may_fit: list[ArgumentView] = []
    unread: list[ArgumentView] = []
    never: list[ArgumentView] = []
    for name in names:
        fitted = [next(one for one in each if one.argument.id == name) for each in by_route]
        if {one.fit for one in fitted} != {Fit.NEVER}:
            may_fit.append(_argument(fitted))
        elif any(one.is_unread for one in fitted):
            unread.append(_argument(fitted))
        else:
            never.append(_argument(fitted))
    return tuple(may_fit), tuple(unread), tuple(never)


def _argument(fitted: list[FittedArgument]) -> ArgumentView:
    first = next((one for one in fitted if one.fit is not Fit.NEVER), fitted[0])
    conditions = [said(one.only_if) for one in fitted if one.only_if]
    fits = {one.fit for one in fitted}
    if Fit.NEVER in fits and len(fits) > 1:
        conditions.append(_("It fits one of the two kinds of plan only. Find out first which."))
    return ArgumentView(
        name=said(first.argument.name),
        explanation=said(first.argument.explanation),
        why=said(first.why),
        conditions=tuple(dict.fromkeys(conditions)),
        parts=_said_all(first.parts),
        cited=CitedView(_said_all(first.citations), grade_label(first.grade))
        if first.grade is not None
        else None,
    )


def _said_all(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(said(one) for one in texts)
