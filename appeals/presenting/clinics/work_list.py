"""The rows of the work list, with the names of the patients on this page and of no others."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from appeals.clinics.acting import Actor, actor_of, step_of
from appeals.clinics.documents.counting import wants_papers
from appeals.clinics.due_windows import Window, days_in_words, window_of
from appeals.clinics.patients import open_patient
from appeals.clinics.records import PatientRecord
from appeals.models import Case


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A case in one line."""

    case: Case
    patient: PatientRecord
    window: Window
    actor: Actor | None
    step: str
    due_in: str
    is_today: bool

    @property
    def payer(self) -> str:
        return str(self.case.insurer) if self.case.insurer else self.case.payer_name

    @property
    def counts_papers(self) -> bool:
        """Whether the number of missing papers tells anything."""
        return wants_papers(self.case)

    @property
    def is_overdue(self) -> bool:
        return self.window is Window.OVERDUE


@dataclass(frozen=True, slots=True)
class WorkGroup:
    """The rows of one window on this page; `count` is how many the whole list has of it."""

    label: str
    count: int
    rows: tuple[WorkRow, ...]


def present_rows(cases: Iterable[Case], *, on: dt.date) -> tuple[WorkRow, ...]:
    """Open the patients of these cases; the caller logs who looked."""
    return tuple(
        WorkRow(
            case=one,
            patient=open_patient(one.patient).record,
            window=window_of(one.due_on, on=on),
            actor=actor_of(one, on=on),
            step=step_of(one, on=on),
            due_in=days_in_words(one.due_on, on=on) if one.due_on else "",
            is_today=one.due_on == on,
        )
        for one in cases
    )


def in_windows(rows: Iterable[WorkRow], counts: Mapping[Window, int]) -> tuple[WorkGroup, ...]:
    """The rows under the heading of their window, in the order they stand in."""
    return tuple(
        WorkGroup(window.label, counts[window], tuple(group))
        for window, group in groupby(rows, key=lambda one: one.window)
    )
