"""Continuation requests: the course goes along, and scales are held against the baseline."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.contrib.auth.models import User
from django.db import transaction

from appeals.clinics.casework import Heading, OpenCase, begin_case, set_due
from appeals.clinics.content import CaseContent
from appeals.clinics.letters.purposes import OF_NOTICE
from appeals.clinics.moves import CLOSED
from appeals.models.cases import Stage
from policies import terms
from policies.situation import ScaleScore


@dataclass(frozen=True, slots=True)
class Compared:
    """One scale before the treatment and now: the difference in points and in percent, no more.

    `percent` is None where the score before it was zero.
    """

    scale: str
    before: ScaleScore
    now: ScaleScore | None = None

    @property
    def points(self) -> int | None:
        return None if self.now is None else self.now.score - self.before.score

    @property
    def percent(self) -> float | None:
        """The change in percent of the score before, as the chart's arithmetic has it.

        >>> before, now = (ScaleScore("phq9", score, "chart") for score in (20, 12))
        >>> Compared("PHQ-9", before, now).percent
        -40.0
        """
        points = self.points
        if points is None or not self.before.score:
            return None
        return round(100 * points / self.before.score, 1)


@transaction.atomic
def begin_continuation(earlier: OpenCase, *, on: dt.date, by: User) -> OpenCase:
    """Open a case that goes on from another: the same patient, plan and course, asked anew.

    The scores of the earlier case become what later ones are held against; those that were so
    already stay so, for the baseline is from before the treatment.
    An approval that was open for this is over with it.
    """
    held, case = earlier.content, earlier.case
    situation = replace(
        held.situation,
        answers={**held.situation.answers, "request_phase": "continuing"},
        scores=(),
    )
    content = CaseContent(
        situation=situation,
        finder=held.finder,
        told={name: text for name, text in held.told.items() if name not in OF_NOTICE},
        continues=str(case.pk),
        main_condition=held.main_condition,
        baseline=baseline_of(held),
    )
    heading = Heading(case.insurer, case.payer_name, case.issue_state, case.clinician)
    if Stage(case.stage) in CLOSED and case.closed_at is None:
        set_due(earlier, None, based_on=case.counter, on=on, by=by)
    return begin_case(earlier.patient, content, heading, on=on, by=by)


def baseline_of(held: CaseContent) -> tuple[ScaleScore, ...]:
    """The scores from before the treatment, by their scales."""
    known = {one.scale for one in held.baseline}
    return (*held.baseline, *(one for one in held.situation.scores if one.scale not in known))


def compared(content: CaseContent) -> Iterator[Compared]:
    """Each scale of the baseline beside its newest score."""
    now = {one.scale: one for one in content.situation.scores}
    for one in content.baseline:
        yield Compared(terms.rating_scales()[one.scale].label, one, now.get(one.scale))
