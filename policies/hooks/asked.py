"""What a card is made from: one treatment ordered, its answer and the record."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from policies import wording
from policies.check import Answer
from policies.fhir import Record
from policies.hooks.orders import Ordered
from policies.hooks.payers import Payers
from policies.hooks.positions import MOST_CONDITIONS
from policies.hooks.reasons import AnsweredFor, Asking
from policies.hooks.words import escaped, upper_first
from policies.situation import Treatment

OURS = "Our verdict, on a record nobody reviewed; the plan decides."
NOT_AN_ANESTHETIC = "Not for anesthesia."
ROUTE_NOT_TOLD = "No route read: this is about an infusion."
ANSWERED_FOR = {
    AnsweredFor.REASON: "Answered for the order's reason: {conditions}.",
    AnsweredFor.WORDS_OF_REASON: "Answered for {conditions}, as the order's reason is worded.",
    AnsweredFor.RECORD: "No reason ordered: answered for {conditions}, from the record.",
    AnsweredFor.NOTHING: "",
}

FROM_RECORD = "The record adds: {conditions}."


@dataclass(frozen=True, slots=True)
class Asked:
    """One treatment ordered, its answer, and the record that it was answered from.

    `of_plan` says which kind of plan and which state were taken, `payers` who pays, or why nobody
    is told, and `asking` for which conditions it was answered.
    """

    ordered: Ordered
    answer: Answer
    record: Record
    of_plan: str = ""
    payers: Payers = field(default_factory=Payers)
    asking: Asking = field(default_factory=Asking)

    @property
    def treatment(self) -> str:
        return upper_first(wording.treatment_for(self.ordered.treatment, ""))

    @property
    def is_diagnosis_open(self) -> bool:
        """Whether no diagnosis is known, for which there is a verdict on nobody's condition."""
        return not self.answer.stated_conditions


def ours(asked: Asked) -> str:
    """Whose verdict it is, and who decides."""
    is_for_depression_alone = asked.ordered.treatment is Treatment.ESKETAMINE_NASAL
    is_use_known = is_for_depression_alone or asked.asking.source is AnsweredFor.REASON
    return OURS if is_use_known else f"{OURS} {NOT_AN_ANESTHETIC}"


def answered_for(asking: Asking) -> str:
    """For which conditions it was answered, and who named them."""
    sentence = ANSWERED_FOR[asking.source]
    if not asking.conditions:
        return sentence
    named = wording.conditions_named(asking.conditions, most=MOST_CONDITIONS)
    told = sentence.format(conditions=escaped(named))
    if asking.from_record:
        added = wording.conditions_named(asking.from_record, most=MOST_CONDITIONS)
        told = f"{told} {FROM_RECORD.format(conditions=escaped(added))}"
    return told


def of_order(asked: Asked) -> Iterator[str]:
    """What was taken of the order and of its plan without a word on it."""
    if not asked.ordered.is_route_told:
        yield ROUTE_NOT_TOLD
    if asked.of_plan:
        yield asked.of_plan
