"""What would change an answer, in words: as something to find out or to talk over, or as a rule.

No sentence tells anyone to seem sicker: what is never to be suggested is shown as the document's
rule alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from policies.changes import FURTHER, Change, Edit
from policies.verdict import Verdict
from policies.wording.phrases import FURTHER_OFFERS, OFFERS, RULE_ONLY, VERDICTS_AFTER, lower_first


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One way to a better answer, or one rule, finished for a page; `document` is who says so."""

    text: str
    document: str
    is_offered: bool
    leads_to: Verdict


def change_lines(changes: tuple[Change, ...]) -> tuple[ChangeLine, ...]:
    """Every change in a sentence or two, those that may be offered first."""
    lines = [
        ChangeLine(_text(one), one.document.short_name, one.is_offered, one.verdict)
        for one in changes
    ]
    return tuple(sorted(dict.fromkeys(lines), key=lambda line: not line.is_offered))


def _text(change: Change) -> str:
    if not change.is_offered:
        return RULE_ONLY.format(wanted=_listed(change.edits))
    further = [edit for edit in change.edits if edit.place[0] == FURTHER]
    offers = [
        offer.format(wanted=_listed(edits))
        for speak, offer in OFFERS.items()
        if (edits := [one for one in change.edits if one.speak is speak and one not in further])
    ]
    if further:
        offers.append(FURTHER_OFFERS[further[0].speak].format(wanted=_listed(further)))
    return " ".join([*offers, VERDICTS_AFTER[change.verdict]])


def _listed(edits: Iterable[Edit]) -> str:
    labels = dict.fromkeys(lower_first(edit.criterion.label.rstrip(".")) for edit in edits)
    return "; ".join(labels)
