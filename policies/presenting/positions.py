"""What an edition says of one treatment, ready for a page."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from policies.catalogue import BillingCodes, Edition, Position
from policies.criteria import Source, is_for_the_plan_alone
from policies.language import said
from policies.presenting.checklists import ChecklistItem, present_findings, present_outline
from policies.presenting.sources import WordsView, present_words
from policies.score import Score
from policies.truth import Truth
from policies.verdict import Ground, PositionAnswer
from policies.wording import conditions_named, what_it_says, whose_list
from policies.wording.phrases import (
    FOR_THE_PLAN,
    POSITIONS,
    PRIOR_AUTHORIZATION,
    STATES,
    WEIGHED,
    lower_first,
)

MOST_IN_A_HEADING = 3


@dataclass(frozen=True, slots=True)
class PositionView:
    """One position; `says` and `score` are filled where it was held against a situation.

    `conditions` is filled where they are too many for the heading; `is_said` where the answer's
    reason says already what the position does.
    """

    anchor: str
    heading: str
    conditions: str
    coverage: str
    coverage_label: str
    prior_authorization: str
    prior_authorization_note: str
    words: WordsView | None
    note: str
    limits: tuple[str, ...]
    documents_wanted: tuple[str, ...]
    codes: tuple[tuple[str, str], ...]
    criteria: tuple[ChecklistItem, ...] = ()
    continuation: tuple[ChecklistItem, ...] = ()
    priorities: tuple[ChecklistItem, ...] = ()
    applies_if: tuple[ChecklistItem, ...] = ()
    says: str = ""
    score: Score | None = None
    is_said: bool = False
    is_for_plan: bool = False
    list_title: str = ""


def anchor_of(position: Position, number: int) -> str:
    """Where a position stands on the page of its document, the first being number 1."""
    return f"{position.treatment.value.replace('_', '-')}-{number}"


def present_position(position: Position, edition: Edition, *, number: int) -> PositionView:
    """A position as the document states it; `number` tells apart those on one treatment."""
    anchor = anchor_of(position, number)
    criteria = position.criteria
    continuation = position.continuation
    return replace(
        _view(position, edition, anchor),
        criteria=() if criteria is None else present_outline(criteria, edition, anchor=anchor),
        continuation=()
        if continuation is None
        else present_outline(continuation, edition, anchor=f"{anchor}-continuing"),
        priorities=tuple(
            item
            for one in position.priorities
            for item in present_outline(one, edition, anchor=f"{anchor}-priority")
        ),
        applies_if=()
        if position.applies_if is None
        else present_outline(position.applies_if, edition, anchor=f"{anchor}-applies"),
    )


def present_position_answer(
    answer: PositionAnswer, edition: Edition, *, anchor: str, is_said: bool
) -> PositionView:
    """A position held against a situation; `is_said` when the answer's reason says its words."""
    return replace(
        _view(answer.position, edition, anchor),
        # The person's own condition, among those that the position names.
        heading=_heading(answer.position, answer.conditions or answer.position.indications),
        criteria=_held(answer, edition, anchor),
        is_for_plan=_is_for_plan(answer),
        list_title=_(FOR_THE_PLAN) if _is_for_plan(answer) else _(WEIGHED),
        note="" if is_said and answer.ground is Ground.EXCLUDED else said(answer.position.note),
        priorities=tuple(
            item for one in answer.priorities for item in present_findings(one, edition)
        ),
        says="" if is_said else what_it_says(answer),
        is_said=is_said,
        continuation=_going_on(answer, edition, anchor),
        score=answer.score,
    )


def _is_for_plan(answer: PositionAnswer) -> bool:
    return answer.findings is not None and is_for_the_plan_alone(answer.findings.node)


def _held(answer: PositionAnswer, edition: Edition, anchor: str) -> tuple[ChecklistItem, ...]:
    """The list as held against the person; of what is the plan's alone, as the document has it."""
    if answer.findings is None:
        return ()
    if _is_for_plan(answer):
        return present_outline(answer.findings.node, edition, anchor=anchor)
    label = whose_list(answer)
    scope = (ChecklistItem(label, truth=Truth.UNKNOWN.value, state=_(STATES[Truth.UNKNOWN])),)
    return (*(scope if label else ()), *present_findings(answer.findings, edition))


def _going_on(answer: PositionAnswer, edition: Edition, anchor: str) -> tuple[ChecklistItem, ...]:
    """What will be asked to go on, for a first course; of a course begun it is the list itself."""
    tree = answer.position.continuation
    if tree is None or answer.is_continuation:
        return ()
    return present_outline(tree, edition, anchor=f"{anchor}-continuing")


def _view(position: Position, edition: Edition, anchor: str) -> PositionView:
    return PositionView(
        anchor=anchor,
        heading=_heading(position, position.indications),
        conditions=conditions_named(position.indications) if _names_many(position) else "",
        coverage=position.coverage.value,
        coverage_label=_(POSITIONS[position.coverage]),
        prior_authorization=_(PRIOR_AUTHORIZATION[position.prior_authorization]),
        prior_authorization_note=said(position.prior_authorization_note),
        words=present_words(position.source, edition) if position.source != Source() else None,
        note=said(position.note),
        limits=tuple(said(one) for one in position.limits),
        documents_wanted=tuple(said(one) for one in position.documents_wanted),
        codes=codes_by_system(position.codes),
    )


def codes_by_system(codes: BillingCodes) -> tuple[tuple[str, str], ...]:
    """The codes that a document names, under the system of each."""
    systems = {"HCPCS": codes.hcpcs, "CPT": codes.cpt, "ICD-10-CM": codes.icd10}
    return tuple((system, ", ".join(listed)) for system, listed in systems.items() if listed)


def _names_many(position: Position) -> bool:
    return len(position.indications) > MOST_IN_A_HEADING


def _heading(position: Position, conditions: tuple[str, ...]) -> str:
    heading = _("%(treatment)s for %(conditions)s") % {
        "treatment": said(position.treatment.label),
        "conditions": conditions_named(conditions, most=MOST_IN_A_HEADING),
    }
    if position.applies_if is None:
        return heading
    # Two positions on the same differ by the plans they hold for.
    return _("%(heading)s, where %(scope)s") % {
        "heading": heading,
        "scope": lower_first(said(position.applies_if.label)),
    }
