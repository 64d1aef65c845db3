"""Days as a sentence writes them, in the language of the page."""

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from policies.catalogue import PrintedDate


def date(day: dt.date) -> str:
    """A day as patients read it.

    >>> date(dt.date(2026, 5, 3))
    'May 3, 2026'
    """
    # The forms are Django's: F is the month's name, j the day, Y the year.
    return date_format(day, _("F j, Y"))


def printed_date(printed: PrintedDate) -> str:
    """A date as precise as a document prints it: a day, a month or a year.

    >>> printed_date(PrintedDate("2024-11"))
    'November 2024'
    """
    form = {4: "Y", 7: _("F Y")}.get(len(printed.text), _("F j, Y"))
    return date_format(printed.first_day, form)
