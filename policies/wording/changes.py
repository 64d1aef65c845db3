"""What would change an answer, in words: as something to find out, or to talk over.

No sentence tells anyone to seem sicker. A list for suicidal thoughts is named as a rule that the
document has, with the help line beside it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from policies.changes import FURTHER, Change, Edit
from policies.language import said
from policies.situation import Asker
from policies.truth import Truth
from policies.vocabulary import Speak
from policies.wording.naming import short_name
from policies.wording.phrases import (
    FURTHER_IF_SHORT,
    FURTHER_OFFERS,
    LIST_FOR_SUICIDALITY,
    OFFERS,
    VERDICTS_AFTER,
    lower_first,
)
from policies.wording.voices import voice_for


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One way to a better answer, or a rule, finished for a page; `document` is who says so."""

    text: str
    document: str
    is_offered: bool


def change_lines(changes: tuple[Change, ...], asker: Asker | None = None) -> tuple[ChangeLine, ...]:
    """The changes that may be offered, and then that a list for suicidal thoughts is there.

    Any other change that holds what is never to be suggested is left out: naming it would be the
    suggestion.
    """
    lines = [
        ChangeLine(_text(one, _(voice_for(asker).both)), short_name(one.document), is_offered=True)
        for one in changes
        if one.is_offered
    ]
    lines += [
        ChangeLine(_(LIST_FOR_SUICIDALITY), short_name(one.document), is_offered=False)
        for one in changes
        if one.leads_to_suicidality_list
    ]
    return tuple(dict.fromkeys(lines))


def change_text(change: Change, asker: Asker | None = None) -> str:
    """One change in words; nothing where it is never to be suggested."""
    lines = change_lines((change,), asker)
    return lines[0].text if lines else ""


def _text(change: Change, both: str) -> str:
    further = [edit for edit in change.edits if edit.place[0] == FURTHER]
    offers = [
        _(offer) % {"wanted": _listed(edits), "both": both}
        for speak, offer in OFFERS.items()
        if (edits := [one for one in change.edits if one.speak is speak and one not in further])
    ]
    if further:
        offers.append(_further_offer(further, both))
    return " ".join([*offers, _(VERDICTS_AFTER[change.verdict])])


def _further_offer(further: list[Edit], both: str) -> str:
    """A further treatment: what was tried is not enough, or may be once all about it is known."""
    has_failed = any(one.truth is Truth.NOT_MET for edit in further for one in edit.criteria)
    speak = further[0].speak
    offers = FURTHER_OFFERS if has_failed or speak is Speak.RECORD_IT else FURTHER_IF_SHORT
    return _(offers[speak]) % {"wanted": _listed(further), "both": both}


def _listed(edits: Iterable[Edit]) -> str:
    """The criteria in a row; of one that must not apply, that it does not."""
    labels = [
        _("not: %(label)s") % {"label": label} if found.is_exclusion else label
        for edit in edits
        for found in edit.criteria
        if (label := lower_first(said(found.node.label).rstrip(".")))
    ]
    return "; ".join(dict.fromkeys(labels))
