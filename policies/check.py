"""The whole check: a plan and a situation in, one answer from every document that applies."""

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum

from policies.applicability import (
    Applied,
    LeftOut,
    LeftOutReason,
    Role,
    Selection,
    select_documents,
    similar_insurers,
)
from policies.catalogue import Catalogue, Document, Insurer, InsurerKind
from policies.facts import facts_from
from policies.situation import Funding, LineOfBusiness, Situation
from policies.sureness import Sureness, sureness_of
from policies.truth import Truth
from policies.verdict import DocumentAnswer, Ground, Verdict, judge_document


class PlanCaution(StrEnum):
    """What every favorable verdict must say of the plan itself."""

    SELF_FUNDED = "self_funded"
    FUNDING_UNKNOWN = "funding_unknown"


class NoDocumentReason(StrEnum):
    """Why there is no document to answer from."""

    INSURER_NOT_GIVEN = "insurer_not_given"
    INSURER_NOT_HELD = "insurer_not_held"
    NOTHING_ON_TREATMENT = "nothing_on_treatment"
    NOTHING_FOR_PLAN = "nothing_for_plan"
    BEFORE_FIRST_EDITION = "before_first_edition"
    NOT_HANDLED = "not_handled"


HAS_A_WAY = (Verdict.APPEARS_TO_QUALIFY, Verdict.COULD_QUALIFY, Verdict.CASE_BY_CASE)
SAYS_NOTHING = (Verdict.NOT_ADDRESSED, Verdict.ANSWER_UNREAD, Verdict.WITHDRAWN)

NOT_HANDLED = (LineOfBusiness.WORKERS_COMPENSATION, LineOfBusiness.CHIP)


@dataclass(frozen=True, slots=True)
class CheckedDocument:
    """A document's answer, as what it speaks, and how sure its word is."""

    applied: Applied
    answer: DocumentAnswer
    sureness: Sureness


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one check.

    `headline` is the document whose rule stands first. `disagreeing` holds the documents that
    say otherwise: while there are any, `verdict` is None, and the disagreement is the headline.
    `administrator_is_unproved` tells that a company was named as deciding, without a document;
    `similar_insurers` have a name like one that we do not hold, or decide for a program by region.
    """

    situation: Situation
    on: dt.date
    stated_conditions: frozenset[str]
    insurer: Insurer | None
    documents: tuple[CheckedDocument, ...]
    silent: tuple[Document, ...]
    left_out: tuple[LeftOut, ...]
    verdict: Verdict | None
    ground: Ground | None = None
    headline: CheckedDocument | None = None
    disagreeing: tuple[CheckedDocument, ...] = ()
    no_document: NoDocumentReason | None = None
    plan_caution: PlanCaution | None = None
    administrator_is_unproved: bool = False
    similar_insurers: tuple[Insurer, ...] = ()

    @property
    def is_handled(self) -> bool:
        """Whether it is a kind of insurance whose rules this site knows of."""
        return self.no_document is not NoDocumentReason.NOT_HANDLED


def check(situation: Situation, *, catalogue: Catalogue, on: dt.date) -> Answer:
    """Hold a situation against every document that applies to its plan on the day `on`."""
    facts = facts_from(situation, on=on)
    selection = select_documents(catalogue, situation.plan, facts, on=on)
    checked = [
        CheckedDocument(
            applied=applied,
            answer=judge_document(
                applied.document, applied.edition, treatment=situation.treatment, facts=facts
            ),
            sureness=sureness_of(applied.edition, on=on),
        )
        for applied in selection.applied
    ]
    speaking = tuple(sorted(_that_speak(checked), key=_standing))
    silent = tuple(one.applied.document for one in checked if one not in speaking)
    base = Answer(
        situation=situation,
        on=on,
        stated_conditions=facts.stated_conditions or frozenset(),
        insurer=selection.insurer,
        documents=speaking,
        silent=silent,
        left_out=selection.left_out,
        administrator_is_unproved=_is_administrator_unproved(situation, selection),
        verdict=Verdict.NO_DOCUMENT,
    )
    if not speaking:
        return replace(
            base,
            no_document=_why_none(situation, selection, silent),
            similar_insurers=_contractors_of(catalogue, selection.insurer)
            if selection.insurer
            else similar_insurers(catalogue, situation.plan),
        )
    disagreement = _disagreement(speaking)
    headline, *disagreeing = disagreement or speaking[:1]
    verdict = None if disagreeing else headline.answer.verdict
    return replace(
        base,
        verdict=verdict,
        ground=None if disagreeing else headline.answer.ground,
        headline=headline,
        disagreeing=tuple(disagreeing),
        plan_caution=_plan_caution(situation, speaking),
    )


def _that_speak(checked: list[CheckedDocument]) -> list[CheckedDocument]:
    """Leave out documents on other treatments, and of one payer those that say nothing here."""
    on_treatment = [one for one in checked if one.answer.speaks_of_treatment]
    own = [one for one in on_treatment if one.applied.role is not Role.PROGRAM_RULE]
    rules = [one for one in on_treatment if one.applied.role is Role.PROGRAM_RULE]
    return [
        one
        for group in (own, rules)
        for one in ([one for one in group if one.answer.positions] or group)
    ]


def _standing(checked: CheckedDocument) -> tuple[int, bool, bool, int]:
    """The order of documents: a payer's own first, and of these the one that answers most closely.

    A payer's own silence stands behind a rule of its program that speaks.
    """
    answer = checked.answer
    first = answer.positions[0] if answer.positions else None
    is_rule = checked.applied.role is Role.PROGRAM_RULE
    is_silent = answer.verdict is Verdict.NOT_ADDRESSED
    says_nothing = answer.verdict in SAYS_NOTHING
    return (
        (3 if says_nothing else 1) if is_rule else (2 if is_silent else 0),
        says_nothing,
        first is None or first.applies is not Truth.MET,
        first.distance if first else 0,
    )


def _disagreement(documents: tuple[CheckedDocument, ...]) -> tuple[CheckedDocument, ...]:
    """The first document that others contradict on a condition, and those others; or none.

    One side refuses; the other has a way to a yes, be it by criteria or case by case.
    """
    for first in documents:
        others = tuple(other for other in documents if _contradict(first, other))
        if others:
            return (first, *others)
    return ()


def _contradict(first: CheckedDocument, other: CheckedDocument) -> bool:
    pair = (first, other)
    refusing = [one for one in pair if one.answer.verdict.is_refusal]
    open_ones = [one for one in pair if one.answer.verdict in HAS_A_WAY]
    # A program's rule that covers a use contradicts a flat refusal; whoever fails a plan's list, or
    # is left to the plan by the rule, is refused in keeping with it.
    if any(one.applied.role is Role.PROGRAM_RULE for one in open_ones):
        refusing = [one for one in refusing if one.answer.verdict is Verdict.NOT_COVERED]
        open_ones = [one for one in open_ones if one.answer.verdict.is_favorable]
    return bool(refusing and open_ones and first.answer.addresses & other.answer.addresses)


def _plan_caution(
    situation: Situation, documents: tuple[CheckedDocument, ...]
) -> PlanCaution | None:
    """An employer that pays the claims itself may exclude what its insurer's policy covers."""
    line = situation.plan.line_of_business
    speaks_to_employers = any(
        LineOfBusiness.COMMERCIAL in one.applied.document.lines_of_business for one in documents
    )
    has_employer = line is LineOfBusiness.COMMERCIAL or (line is None and speaks_to_employers)
    if not has_employer or not any(one.answer.verdict.is_favorable for one in documents):
        return None
    return {
        Funding.SELF_FUNDED: PlanCaution.SELF_FUNDED,
        None: PlanCaution.FUNDING_UNKNOWN,
    }.get(situation.plan.funding)


def _contractors_of(catalogue: Catalogue, insurer: Insurer) -> tuple[Insurer, ...]:
    """Whoever decides for a program by region, where the program itself has no document."""
    return tuple(
        dict.fromkeys(
            one.insurer
            for one in catalogue.documents
            if one.insurer.kind is InsurerKind.REGIONAL_CONTRACTOR
            and insurer.pays_for in one.lines_of_business
        )
    )


def _is_administrator_unproved(situation: Situation, selection: Selection) -> bool:
    """Another company was named as the one that decides, and no document we hold says so."""
    is_proved = any(one.role is Role.ADMINISTRATOR for one in selection.applied)
    return situation.plan.administrator_name is not None and not is_proved


def _why_none(
    situation: Situation, selection: Selection, silent: tuple[Document, ...]
) -> NoDocumentReason:
    plan = situation.plan
    if plan.line_of_business in NOT_HANDLED:
        return NoDocumentReason.NOT_HANDLED
    if selection.insurer is None:
        is_named = plan.insurer is not None or plan.insurer_name is not None
        # In Medicaid the state names the payer.
        is_medicaid = plan.line_of_business is LineOfBusiness.MEDICAID
        is_named = is_named or (is_medicaid and plan.residence_state is not None)
        return NoDocumentReason.INSURER_NOT_HELD if is_named else NoDocumentReason.INSURER_NOT_GIVEN
    if silent:
        return NoDocumentReason.NOTHING_ON_TREATMENT
    reasons = {one.reason for one in selection.left_out}
    if reasons and reasons <= {LeftOutReason.BEFORE_FIRST_EDITION, LeftOutReason.UNDATED}:
        return NoDocumentReason.BEFORE_FIRST_EDITION
    return NoDocumentReason.NOTHING_FOR_PLAN
