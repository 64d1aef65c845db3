"""Lengths of time in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from appeals.law.spans import Span, Unit


def span(one: Span) -> str:
    """A length of time inside a sentence.

    >>> span(Span(180, Unit.DAYS))
    '180 days'
    """
    match one.unit:
        case Unit.HOURS:
            text = ngettext("%(number)d hour", "%(number)d hours", one.amount)
        case Unit.DAYS:
            text = ngettext("%(number)d day", "%(number)d days", one.amount)
        case Unit.BUSINESS_DAYS:
            text = ngettext("%(number)d business day", "%(number)d business days", one.amount)
        case Unit.MONTHS:
            text = ngettext("%(number)d month", "%(number)d months", one.amount)
    return text % {"number": one.amount}


def days_left(days: int, *, at_most: bool = False) -> str:
    """How many days are left, or how long ago the day was."""
    if days == 0:
        return _("Today is the last day.")
    if days < 0:
        text = ngettext("That was %(number)d day ago.", "That was %(number)d days ago.", -days)
        return text % {"number": -days}
    if at_most:
        text = ngettext(
            "At most %(number)d day is left.", "At most %(number)d days are left.", days
        )
    else:
        text = ngettext("%(number)d day is left.", "%(number)d days are left.", days)
    return text % {"number": days}
