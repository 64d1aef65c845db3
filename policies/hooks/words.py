"""The words of cards: short, to a clinician, and safe in Markdown."""

import re
from collections.abc import Collection, Iterator

from policies.applicability import Caution
from policies.check import PlanCaution
from policies.sureness import Sureness
from policies.verdict import Verdict

_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~])")
# A summary has 140 letters, so its verdict has to be whole in a few words.
VERDICTS = {
    Verdict.APPEARS_TO_QUALIFY: "appears to meet the plan's list",
    Verdict.COULD_QUALIFY: "could qualify, and points are open",
    Verdict.DOES_NOT_MEET: "appears not to meet the plan's list",
    Verdict.NOT_COVERED: "not covered by the plan's written rule",
    Verdict.CASE_BY_CASE: "the plan decides case by case",
    Verdict.NOT_ADDRESSED: "the document says nothing on this",
    Verdict.ANSWER_UNREAD: "we could not read the plan's answer",
    Verdict.WITHDRAWN: "the plan's document was withdrawn",
    Verdict.NO_DOCUMENT: "we hold no document for this plan",
}
COPIES = {
    Sureness.SECOND_HAND: "second-hand copy",
    Sureness.OLD_OR_UNDATED: "old or undated copy",
}
BY_COPY = {
    Sureness.SECOND_HAND: "By a second-hand copy, {sentence}",
    Sureness.OLD_OR_UNDATED: "By an old or undated copy, {sentence}",
}
OWN_COPIES = {
    Sureness.CURRENT: "; the live document",
    Sureness.DATED: "; insurer's own",
}
NOT_SETTLED = {
    Caution.LINE_UNKNOWN: "kind of plan",
    Caution.STATE_UNKNOWN: "state",
}
MAY_NOT_BE_MEANT = "{parts} not known: another document may hold."
MORE_DOCUMENTS = "{more} more documents speak of this plan: see the check."
CONDITION_OPEN = "The document applies only under a condition that is still open."
PLAN_CAUTIONS = {
    PlanCaution.SELF_FUNDED: "The employer pays the claims itself, and may exclude this.",
    PlanCaution.FUNDING_UNKNOWN: "A self-funded plan may exclude this.",
}


def cautions_of(cautions: Collection[Caution]) -> Iterator[str]:
    """What was not known when a document was taken to apply."""
    parts = [words for caution, words in NOT_SETTLED.items() if caution in cautions]
    if parts:
        yield MAY_NOT_BE_MEANT.format(parts=upper_first(" and ".join(parts)))
    if Caution.CONDITION_FOR_APPLYING_OPEN in cautions:
        yield CONDITION_OPEN


def escaped(text: str) -> str:
    r"""A text that stays as it is in Markdown.

    >>> print(escaped("a *b* <c>"))
    a \*b\* \<c\>
    """
    return _MARKDOWN.sub(r"\\\1", text)


def cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]
