"""A denial as its holder tells it: what the notice says, and what it answers."""

import datetime as dt
from dataclasses import dataclass

from appeals.counting import last_day
from appeals.law.reasons import ReasonId
from appeals.law.spans import Span
from appeals.law.stages import Service, Track
from policies.situation import Treatment


@dataclass(frozen=True, slots=True)
class Notice:
    """The days of a notice, as printed on it or as they can be proved; None is not known.

    `printed_on` is the last day that the notice itself names; where it names only a length of time,
    that is `printed_limit`, counted from the date of the notice. `is_printed_twice` says that the
    person typed the day from the notice twice. `first_final_on` is the date of the first final no
    where a second internal level was used. `action_on` is the day on which care is cut. `asked_on`
    is the day a request was made that was never answered.
    """

    notice_on: dt.date | None = None
    received_on: dt.date | None = None
    printed_on: dt.date | None = None
    printed_limit: Span | None = None
    is_printed_twice: bool = False
    first_final_on: dt.date | None = None
    action_on: dt.date | None = None
    asked_on: dt.date | None = None


def printed(
    notice_on: dt.date | None, printed_on: dt.date | None, limit: Span | None
) -> tuple[dt.date | None, Span | None]:
    """The last day that a notice prints, and the length of time if that is what it comes from.

    Of a day and a length of time the one that ends first counts.
    """
    if notice_on is None or limit is None:
        return printed_on, None
    counted = last_day(notice_on, limit)
    if printed_on is not None and printed_on <= counted:
        return printed_on, None
    return counted, limit


@dataclass(frozen=True, slots=True)
class Denial:
    """A denial; `answers` is the step of the route that this notice decides.

    `printed_for` is the step that the last day printed on the notice is for, where it may be for
    another than the one that comes next. `is_expedited` says that a clinician holds that waiting
    could do serious harm, `is_harm_ruled_out` that it was told not to be so.
    """

    notice: Notice
    answers: str
    printed_for: str = ""
    treatment: Treatment | None = None
    service: Service | None = None
    is_expedited: bool = False
    is_harm_ruled_out: bool = False
    reasons: tuple[ReasonId, ...] = ()
    carc: tuple[str, ...] = ()
    rarc: tuple[str, ...] = ()
    reference_numbers: tuple[str, ...] = ()
    condition: str = ""

    @property
    def track(self) -> Track:
        """Whether it turned on medical judgment or on facts; both where that is open."""
        kinds = {reason.turns_on_facts for reason in self.reasons}
        if kinds == {True}:
            return Track.FACTUAL
        return Track.MEDICAL if kinds == {False} else Track.BOTH
