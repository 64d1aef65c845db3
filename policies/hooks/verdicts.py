"""A document's verdict on a card: one sentence, and the same in the few words of its summary."""

from dataclasses import replace

from policies import wording
from policies.check import CheckedDocument
from policies.hooks.positions import likeliest_first
from policies.hooks.words import BY_COPY, VERDICTS
from policies.situation import Asker
from policies.verdict import PositionAnswer, Verdict
from policies.wording.phrases import lower_first
from policies.wording.voices import TO_CLINIC

PLANS_DUTY = "the rule sets nothing for the patient to meet"
# What the sentence says that is more than its verdict's name.
IN_FEW_WORDS = {
    TO_CLINIC.nothing_settled: "not known yet whether the patient qualifies",
    TO_CLINIC.plans_duty: PLANS_DUTY,
    TO_CLINIC.cut_off: "meets what we could read of the list",
}
SCOPE_OPEN = "depends on a point that is not known"
ONE_LIST_FAILS = "one list appears not met, another is open"
REFUSAL_OPEN = "not clear whether its refusal is for this patient"


def verdict_sentence(checked: CheckedDocument) -> str:
    """The verdict in one sentence, no surer than its source."""
    sentence = _plain(checked)
    hedge = BY_COPY.get(checked.sureness)
    return hedge.format(sentence=lower_first(sentence)) if hedge else sentence


def verdict_in_few_words(checked: CheckedDocument) -> str:
    """The same for a summary, which must not be kinder than the sentence below it."""
    verdict, positions = checked.answer.verdict, likeliest_first(checked)
    special = _of_first(positions[0], verdict) if positions else ""
    return special or IN_FEW_WORDS.get(_plain(checked)) or VERDICTS[verdict]


def _of_first(first: PositionAnswer, verdict: Verdict) -> str:
    """What the likeliest list makes of the verdict of all."""
    if first.scope_is_open and first.position.applies_if is not None:
        return SCOPE_OPEN
    if verdict is Verdict.COULD_QUALIFY and first.verdict is Verdict.DOES_NOT_MEET:
        return ONE_LIST_FAILS
    is_refusal_open = verdict is Verdict.ANSWER_UNREAD and first.ground is not None
    return REFUSAL_OPEN if is_refusal_open else ""


def _plain(checked: CheckedDocument) -> str:
    """The sentence on the list that the card names first."""
    first = tuple(likeliest_first(checked))
    return wording.verdict_sentence(replace(checked.answer, positions=first), Asker.CLINIC)
