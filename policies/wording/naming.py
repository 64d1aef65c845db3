"""What things are called inside a sentence: documents with their dates, conditions, scores."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from policies import terms
from policies.catalogue import Document, Edition, EditionStatus, PrintedDate
from policies.language import said
from policies.score import Score
from policies.situation import Treatment
from policies.wording.dates import printed_date
from policies.wording.phrases import TREATMENTS, lower_first

MOST_NAMED = 4


def in_a_row(texts: Sequence[str]) -> str:
    """Texts as a list in a sentence, all of which hold.

    >>> in_a_row(["a", "b", "c"])
    'a, b and c'
    """
    if len(texts) == 1:
        return texts[0]
    return _("%(these)s and %(last)s") % {"these": ", ".join(texts[:-1]), "last": texts[-1]}


def one_of(texts: Sequence[str]) -> str:
    """Texts as a list in a sentence, of which one is enough."""
    if len(texts) == 1:
        return texts[0]
    return _("%(these)s or %(last)s") % {"these": ", ".join(texts[:-1]), "last": texts[-1]}


def short_name(document: Document) -> str:
    """The document inside a sentence; a number stays, our own words for it are translated."""
    return replace(document, short_title=said(document.short_title)).short_name


def document_line(document: Document, edition: Edition) -> str:
    """The document with its own date."""
    return f"{short_name(document)} ({edition_date(edition)})"


def edition_date(edition: Edition, *, on: dt.date | None = None) -> str:
    """The date as printed on the document, or that it shows none.

    Told on a day, an edition that is yet to come says so.
    """
    parts = []
    if edition.effective:
        is_ahead = on is not None and edition.known_from > on
        text = _to_come(edition, edition.effective) if is_ahead else _since(edition)
        parts.append(text % {"date": printed_date(edition.effective)})
    if edition.last_reviewed:
        parts.append(_("last reviewed %(date)s") % {"date": printed_date(edition.last_reviewed)})
    return ", ".join(parts) or _("undated")


def _since(edition: Edition) -> str:
    is_over = edition.status is EditionStatus.WITHDRAWN
    return _("withdrawn on %(date)s") if is_over else _("in effect from %(date)s")


def _to_come(edition: Edition, effective: PrintedDate) -> str:
    # Of a month or a year the day is not known.
    is_day = len(effective.text) == len("2027-05-03")
    if edition.status is EditionStatus.WITHDRAWN:
        return _("to be withdrawn on %(date)s") if is_day else _("to be withdrawn in %(date)s")
    return _("takes effect on %(date)s") if is_day else _("takes effect in %(date)s")


def conditions_named(indications: tuple[str, ...], *, most: int = MOST_NAMED) -> str:
    """The conditions that a position names, as a list in a sentence; of more, how many."""
    number = len(indications)
    if number > most:
        return ngettext("%(number)d condition", "%(number)d conditions", number) % {
            "number": number
        }
    return in_a_row([lower_first(said(terms.conditions()[name].label)) for name in indications])


def treatment_for(treatment: Treatment, conditions: str) -> str:
    """A treatment inside a sentence, with what it is for where that is known."""
    named = _(TREATMENTS[treatment])
    if not conditions:
        return named
    return _("%(treatment)s for %(conditions)s") % {"treatment": named, "conditions": conditions}


def score(found: Score) -> str:
    """The score in words, never as a chance.

    >>> score(Score(met=6, not_met=1, to_find_out=2, at_least=True))
    '6 of at least 9 met, 1 not met, 2 to find out'
    """
    text = (
        _("%(met)d of at least %(total)d met, %(failed)d not met, %(open)d to find out")
        if found.at_least
        else _("%(met)d of %(total)d met, %(failed)d not met, %(open)d to find out")
    )
    return text % {
        "met": found.met,
        "total": found.total,
        "failed": found.not_met,
        "open": found.to_find_out,
    }
