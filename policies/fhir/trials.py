"""Joins what a record says of one drug to one trial: periods, the highest dose, and cautions."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from policies.fhir.found import Caution, Found, Kind, Origin, Sureness
from policies.fhir.gathering import named_by
from policies.fhir.medicine_words import Use
from policies.situation import TreatmentTried
from policies.terms import Drug
from policies.vocabulary import treatment_fields

# How long a drug may stand in no period before what follows is another course. A late refill, a
# supply for 90 days of which no date was kept, and a stay in a hospital leave gaps of weeks; after
# more than three months without a trace nobody can say that it was taken all along.
_SAME_COURSE = dt.timedelta(days=92)
# A refill is picked up a few days late, with some of the last one left over or a few doses missed:
# up to a week breaks no trial, and its days are not counted as taken.
_LATE_REFILL_DAYS = 7
# What is told of one course and, where there were several, which of them counts is for a person.
_OF_ONE_COURSE = ("weeks", "highest_dose_mg", "ended_on")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from the first to the last; `is_told` where the record says that it was taken then.

    `days_between` are those within it for which there was no supply.
    """

    first: dt.date
    last: dt.date
    is_told: bool = False
    days_between: int = 0

    @classmethod
    def of_days(cls, first: dt.date, days: float) -> "Period":
        """So many days from the first on, no further than dates go."""
        most = (dt.date.max - first).days
        return cls(first, first + dt.timedelta(days=min(max(int(days) - 1, 0), most)))

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1 - self.days_between


@dataclass(frozen=True, slots=True)
class Taken:
    """What one resource says of one drug."""

    drug: Drug
    origin: Origin
    by_name: bool
    is_order: bool
    periods: tuple[Period, ...]
    dose: float | None
    said: tuple[str, ...]
    use: Use | None = None
    is_name_alone: bool = True

    @property
    def is_sure(self) -> bool:
        """Whether it names the drug by a code, or by a name without other words around it.

        "Mother responded to fluoxetine" names it too.
        """
        return self.is_name_alone or not self.by_name


class Trials:
    """The trials of a record, by drug."""

    def __init__(self, *, on: dt.date) -> None:
        self.on = on
        self._by_drug: dict[str, list[Taken]] = {}

    def add(self, taken: Taken) -> None:
        self._by_drug.setdefault(taken.drug.name, []).append(taken)

    def found(self) -> list[Found]:
        """One find for each drug, however many orders there are of it."""
        return [_trial(one, self.on) for one in self._by_drug.values()]


def joined(periods: Iterable[Period]) -> list[Period]:
    """Periods that overlap, or follow one another within a week, made one.

    >>> day = dt.date(2026, 1, 1)
    >>> [one.days for one in joined([Period.of_days(day, 30), Period.of_days(day, 60)])]
    [60]
    >>> late = dt.date(2026, 2, 1)
    >>> [one.days for one in joined([Period.of_days(day, 30), Period.of_days(late, 30)])]
    [60]
    """
    runs: list[Period] = []
    for one in sorted(periods):
        between = (one.first - runs[-1].last).days - 1 if runs else 0
        if runs and between <= _LATE_REFILL_DAYS:
            run = runs[-1]
            runs[-1] = Period(
                run.first,
                max(run.last, one.last),
                run.is_told and one.is_told,
                run.days_between + max(between, 0),
            )
        else:
            runs.append(one)
    return runs


def courses(runs: Iterable[Period]) -> list[list[Period]]:
    """Runs in their order, apart wherever a gap is too long for one course.

    >>> days = [dt.date(2010, 1, 1), dt.date(2026, 1, 1), dt.date(2026, 3, 1)]
    >>> [len(one) for one in courses(Period.of_days(day, 30) for day in days)]
    [1, 2]
    """
    found: list[list[Period]] = []
    for run in runs:
        if found and run.first - found[-1][-1].last <= _SAME_COURSE:
            found[-1].append(run)
        else:
            found.append([run])
    return found


def _trial(taken: list[Taken], on: dt.date) -> Found:
    """One row for a drug; where it was taken in several courses, the row is the latest of them."""
    drug, origins = taken[0].drug, tuple(one.origin for one in taken)
    # What is surely of the drug is told by that alone.
    is_sure = any(one.is_sure for one in taken)
    taken = [one for one in taken if one.is_sure] or taken
    told_courses = courses(
        joined(period for one in taken for period in one.periods if period.first <= on)
    )
    latest = told_courses[-1] if told_courses else []
    is_for_other = _is_for_other(taken)
    is_told = bool(latest) and all(run.is_told for run in latest)
    row = TreatmentTried(
        kind=None if drug.has_other_uses or is_for_other else drug.drug_class.kind,
        drug=drug.name,
        weeks=_weeks(max(latest, key=lambda run: run.days), on) if latest else None,
        highest_dose_mg=max(_doses(taken, latest), default=None),
        ended_on=latest[-1].last if is_told and latest[-1].last <= on else None,
    )
    unsure = set(_OF_ONE_COURSE) if len(told_courses) > 1 else set()
    if not is_told:
        unsure.add("weeks")
    return Found(
        kind=Kind.TREATMENT,
        name=drug.name,
        value=row,
        origins=origins,
        # Of a drug that is mostly given for depression nobody asks, so a person must say it first.
        sureness=Sureness.STATED if is_sure and not is_for_other else Sureness.TO_CONFIRM,
        cautions=tuple(_cautions(taken, told_courses, is_told=is_told)),
        unsure=frozenset(one for one in unsure if getattr(row, one) is not None),
        said=tuple(dict.fromkeys(words for one in taken for words in one.said)),
    )


def _is_for_other(taken: list[Taken]) -> bool:
    """Whether the record names another use alone than depression."""
    uses = {one.use for one in taken}
    return Use.OTHER in uses and Use.DEPRESSION not in uses


def _doses(taken: list[Taken], course: list[Period]) -> Iterator[float]:
    """The doses of a course; without any period, or any date, a dose may be of each."""
    for one in taken:
        day = one.origin.on
        spans = one.periods or ((Period(day, day),) if day else ())
        if one.dose is not None and (
            not course or not spans or any(_is_within(span, course) for span in spans)
        ):
            yield one.dose


def _is_within(span: Period, course: list[Period]) -> bool:
    """Whether it lies in a course, or no further from it than a gap within one may be."""
    starts_in_time = span.first - course[-1].last <= _SAME_COURSE
    return starts_in_time and course[0].first - span.last <= _SAME_COURSE


def _weeks(run: Period, on: dt.date) -> float | None:
    """Weeks up to today, to a tenth and never more than there were."""
    days = replace(run, last=min(run.last, on)).days
    weeks = days * 10 // 7 / 10
    most = treatment_fields()["weeks"].max or 0
    return weeks if 0 < weeks <= most else None


def _cautions(
    taken: list[Taken], told_courses: list[list[Period]], *, is_told: bool
) -> Iterable[Caution]:
    yield Caution.OUTCOME_NOT_TOLD
    yield Caution.EPISODE_NOT_KNOWN
    if all(one.is_order for one in taken):
        yield Caution.NO_PROOF_TAKEN
    if told_courses and not is_told:
        yield Caution.MORE_MAY_EXIST
    if told_courses and len(told_courses[-1]) > 1:
        yield Caution.GAPS
    if len(told_courses) > 1:
        yield Caution.SEVERAL_COURSES
    if all(one.by_name for one in taken):
        yield named_by(one.origin for one in taken)
    if taken[0].drug.has_other_uses or _is_for_other(taken):
        yield Caution.OTHER_USES
