"""Joins what a record says of one drug to one trial: periods, the highest dose, and cautions."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from policies.fhir.found import Caution, Found, Kind, Origin, Sureness
from policies.fhir.gathering import named_by
from policies.situation import TreatmentTried
from policies.terms import Drug
from policies.vocabulary import treatment_fields


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from the first to the last; `is_told` where the record says that it was taken then."""

    first: dt.date
    last: dt.date
    is_told: bool = False

    @classmethod
    def of_days(cls, first: dt.date, days: float) -> "Period":
        """So many days from the first on, no further than dates go."""
        most = (dt.date.max - first).days
        return cls(first, first + dt.timedelta(days=min(max(int(days) - 1, 0), most)))

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


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
    """Periods that overlap or follow one another to the day, made one.

    >>> day = dt.date(2026, 1, 1)
    >>> [one.days for one in joined([Period.of_days(day, 30), Period.of_days(day, 60)])]
    [60]
    """
    runs: list[Period] = []
    for one in sorted(periods):
        if runs and one.first <= _day_after(runs[-1].last):
            last = max(runs[-1].last, one.last)
            runs[-1] = Period(runs[-1].first, last, runs[-1].is_told and one.is_told)
        else:
            runs.append(one)
    return runs


def _day_after(day: dt.date) -> dt.date:
    return day if day == dt.date.max else day + dt.timedelta(days=1)


def _trial(taken: list[Taken], on: dt.date) -> Found:
    drug = taken[0].drug
    periods = [period for one in taken for period in one.periods]
    runs = joined(period for period in periods if period.first <= on)
    doses = [one.dose for one in taken if one.dose is not None]
    longest = max(runs, key=lambda run: run.days, default=None)
    weeks = None if longest is None else _weeks(longest, on)
    is_told = bool(periods) and all(period.is_told for period in periods)
    ended = runs[-1].last if is_told and runs and runs[-1].last <= on else None
    row = TreatmentTried(
        kind=None if drug.has_other_uses else drug.drug_class.kind,
        drug=drug.name,
        weeks=weeks,
        highest_dose_mg=max(doses, default=None),
        ended_on=ended,
    )
    return Found(
        kind=Kind.TREATMENT,
        name=drug.name,
        value=row,
        origins=tuple(one.origin for one in taken),
        sureness=Sureness.STATED,
        cautions=tuple(_cautions(taken, runs, is_told=is_told)),
        unsure=frozenset() if is_told or weeks is None else frozenset({"weeks"}),
        said=tuple(dict.fromkeys(words for one in taken for words in one.said)),
    )


def _weeks(run: Period, on: dt.date) -> float | None:
    """Weeks up to today, to a tenth and never more than there were."""
    days = (min(run.last, on) - run.first).days + 1
    weeks = days * 10 // 7 / 10
    most = treatment_fields()["weeks"].max or 0
    return weeks if 0 < weeks <= most else None


def _cautions(taken: list[Taken], runs: list[Period], *, is_told: bool) -> Iterable[Caution]:
    yield Caution.OUTCOME_NOT_TOLD
    yield Caution.EPISODE_NOT_KNOWN
    if all(one.is_order for one in taken):
        yield Caution.NO_PROOF_TAKEN
    if runs and not is_told:
        yield Caution.MORE_MAY_EXIST
    if len(runs) > 1:
        yield Caution.GAPS
    if all(one.by_name for one in taken):
        yield named_by(one.origin for one in taken)
    if taken[0].drug.has_other_uses:
        yield Caution.OTHER_USES
