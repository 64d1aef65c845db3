"""How a letter gets there in time, where little of it is left."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from appeals.foremost import foremost, keep_services_by
from appeals.letters import LetterCase, LetterKind, kind_plan
from policies.wording.dates import date

# The mail may take as long.
NEAR_DAYS = 7


def hurry(case: LetterCase) -> str:
    """What to do where the last day for this document is near or past; empty where it is not."""
    day = last_day(case)
    if day is None or not kind_plan(case.kind).is_letter or (day - case.on).days > NEAR_DAYS:
        return ""
    how = _(
        "Mail may come too late: fax it or hand it in today, call to make sure it arrived, and "
        "keep the proof."
    )
    return f"{_left(day, case.on)} {how}"


def last_day(case: LetterCase) -> dt.date | None:
    """The last day that counts for this document; None where none is counted."""
    denied = case.denied
    if denied is None:
        return None
    if case.kind is LetterKind.KEEP_SERVICES:
        # Where no rule sets a day there is still the one on which care is cut.
        return keep_services_by(denied) or denied.denial.notice.action_on
    return foremost(denied).on


def _left(day: dt.date, on: dt.date) -> str:
    days = (day - on).days
    if days < 0:
        return _("The last day was %(date)s.") % {"date": date(day)}
    if days == 0:
        return _("Today is the last day.")
    text = ngettext("Only %(number)d day is left.", "Only %(number)d days are left.", days)
    return text % {"number": days}
