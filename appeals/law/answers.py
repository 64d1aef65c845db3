"""What answers a denial reason in one case: what fits it, what never does, and why."""

from dataclasses import dataclass, replace

from appeals.law.arguments import (
    Argument,
    ArgumentId,
    Enclosure,
    Fit,
    Needs,
    Sentence,
    argument_data,
)
from appeals.law.binding import PART_B, WITHOUT_PARITY
from appeals.law.circumstances import Circumstances
from appeals.law.external_review import Reach, external_review_for
from appeals.law.reasons import DenialReason, ReasonId, denial_reason
from appeals.law.rights import Right, Wording, rights_for, surest
from appeals.law.step_therapy import law_for
from policies import terms
from policies.guide.grades import Grade
from policies.situation import Treatment

# The label of esketamine names treatment-resistant depression, and major depression with suicidal
# thoughts (policies/guide/facts.yaml, esketamine_approved_for).
ON_LABEL = frozenset({"treatment_resistant_depression", "mdd_suicidal"})
# Wider words in a chart, which may turn out to mean one of the two.
MAYBE_ON_LABEL = frozenset({"depression", "mdd"})


@dataclass(frozen=True, slots=True)
class FittedArgument:
    """An argument held against a case; `only_if` is what has to be so of this request.

    `citations` and their surest `grade` stand where it leans on a rule that binds the plan; `parts`
    are what that rule says, where it is a state's. `is_unread`: we read no rule for this plan, and
    there may be one.
    """

    argument: Argument
    fit: Fit
    why: str
    only_if: str
    citations: tuple[str, ...] = ()
    grade: Grade | None = None
    parts: tuple[str, ...] = ()
    is_unread: bool = False


@dataclass(frozen=True, slots=True)
class ReasonAnswer:
    """What answers one reason in one case, in finished sentences."""

    reason: DenialReason
    answers: tuple[str, ...]
    enclosures: tuple[Enclosure, ...]
    arguments: tuple[FittedArgument, ...]
    never_arguments: tuple[FittedArgument, ...]
    never: tuple[str, ...]
    global_never: tuple[str, ...]
    external_review: Reach
    first_move: tuple[str, ...]
    also: tuple[str, ...]
    notes: tuple[str, ...]


def answers_to(reason_id: ReasonId, case: Circumstances) -> ReasonAnswer:
    """What answers a reason in a case."""
    reason = denial_reason(reason_id)
    data = argument_data()
    fitted = [_fitted(data.arguments[one.id], one.only_if, case) for one in reason.arguments]
    papers = (data.enclosures[one] for one in reason.enclosures)
    return ReasonAnswer(
        reason=reason,
        answers=_said(reason.answers, case),
        enclosures=tuple(one for one in papers if _is_said(one, case)),
        arguments=tuple(one for one in fitted if one.fit is not Fit.NEVER),
        never_arguments=tuple(one for one in fitted if one.fit is Fit.NEVER),
        never=_said(reason.never, case),
        global_never=_said(data.never, case),
        external_review=external_review_for((reason_id,), case),
        first_move=_said(reason.first_move, case),
        also=_said(reason.also, case),
        notes=_said(reason.notes, case),
    )


def _fitted(argument: Argument, only_if: str, case: Circumstances) -> FittedArgument:
    fit = fit_of(argument.id, case)
    found = FittedArgument(argument, fit, argument.why.get(fit, ""), only_if)
    if fit is Fit.NEVER:
        is_unread = _is_unread(argument, case)
        why = argument.unread if is_unread and argument.unread else found.why
        return replace(found, why=why, is_unread=is_unread)
    if argument.rests_on:
        held = _rights_held(argument.rests_on, case)
        citations = dict.fromkeys(rule for one in held for rule in one.citations)
        return replace(found, citations=tuple(citations), grade=surest(one.grade for one in held))
    if argument.needs is Needs.STATE_STEP_LAW and (law := law_for(case)) is not None:
        return replace(
            found,
            citations=law.citations,
            grade=law.grade,
            parts=tuple(one.text for one in law.parts if one.covers(case)),
        )
    if argument.authority:
        return replace(found, citations=(argument.authority,), grade=argument.grade)
    return found


def _is_unread(argument: Argument, case: Circumstances) -> bool:
    """Whether only our reading is missing; what the records rule out is out."""
    if argument.id is ArgumentId.PARITY_NQTL:
        return case.is_mental_health is not False and case.plan_type not in WITHOUT_PARITY
    return bool(argument.rests_on)


def _said(sentences: tuple[Sentence, ...], case: Circumstances) -> tuple[str, ...]:
    return tuple(one.text for one in sentences if _is_said(one, case))


def _is_said(one: Sentence | Enclosure, case: Circumstances) -> bool:
    """Whether a sentence or a paper has its place in a case."""
    return one.scope.covers(case) and (
        one.argument is None or fit_of(one.argument, case) is not Fit.NEVER
    )


def fit_of(argument: ArgumentId, case: Circumstances) -> Fit:
    """Whether an argument fits a case."""
    record = argument_data().arguments[argument]
    if record.rests_on:
        return _fit_of_rights(record.rests_on, case)
    match record.needs:
        case Needs.ESKETAMINE_ON_LABEL:
            return _on_label(case)
        case Needs.MEDICARE_UNLABELED_USE:
            return _medicare_unlabeled(case)
        case Needs.STATE_STEP_LAW:
            return _state_step_law(case)
        case Needs.NOTHING:
            return Fit.APPLIES


def _fit_of_rights(names: tuple[str, ...], case: Circumstances) -> Fit:
    held = _rights_held(names, case)
    if not held:
        return Fit.NEVER
    return Fit.APPLIES if any(_is_sure(one, case) for one in held) else Fit.DEPENDS


def _rights_held(names: tuple[str, ...], case: Circumstances) -> list[Right]:
    return [one for one in rights_for(case) if one.id in names]


def _is_sure(right: Right, case: Circumstances) -> bool:
    """Whether nothing about the plan or the condition is left open."""
    if right.mental_health_only and case.is_mental_health is None:
        return False
    return right.asks is Wording.MUST or (
        not right.conditions and right.grade is not Grade.TO_CONFIRM
    )


def _on_label(case: Circumstances) -> Fit:
    if case.treatment is not Treatment.ESKETAMINE_NASAL:
        return Fit.NEVER
    if case.condition in ON_LABEL:
        return Fit.APPLIES
    is_open = case.condition not in terms.conditions() or case.condition in MAYBE_ON_LABEL
    return Fit.DEPENDS if is_open else Fit.NEVER


def _medicare_unlabeled(case: Circumstances) -> Fit:
    if case.plan_type not in PART_B:
        return Fit.NEVER
    if case.treatment is None:
        return Fit.DEPENDS
    # What is on the label needs no such leave, and infused ketamine never is on it.
    labeled = _on_label(case)
    return {Fit.APPLIES: Fit.NEVER, Fit.NEVER: Fit.APPLIES}.get(labeled, Fit.DEPENDS)


def _state_step_law(case: Circumstances) -> Fit:
    law = law_for(case)
    if law is None:
        return Fit.NEVER
    return Fit.APPLIES if law.covers_medical_benefit else Fit.DEPENDS
