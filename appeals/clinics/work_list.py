"""Reads of the work list: which cases, in which order, and how many; nothing is unsealed here."""

import datetime as dt
import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models import Window as Over

from appeals.clinics.acting import is_ours
from appeals.clinics.due_windows import MONTH_DAYS, SOON_DAYS, Window
from appeals.clinics.moves import CLOSED
from appeals.clinics.patients import search_patients
from appeals.models import Case, Clinic, Patient
from appeals.models.cases import CaseQuerySet, Stage
from policies.models import Insurer

AT_ONCE = 50
MOST_FOUND = 50
OTHER = "other"
"""Stands for payers that the catalogue does not hold; a typed name stands in no address."""
NOBODY = "nobody"
MONTH = "month"
CASE_NUMBER = re.compile(r"(?:case\s*)?#?\s*([0-9]{1,9})", re.IGNORECASE)
OPEN_FIRST = (F("closed_at").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "pk")


@dataclass(frozen=True, slots=True)
class Filters:
    """What of the list is wanted; empty values want everything.

    `payer` is the slug of an insurer or `other`, `clinician` an id or `nobody`, `due` a window.
    """

    payer: str = ""
    stage: str = ""
    clinician: str = ""
    state: str = ""
    due: str = ""
    is_ours: bool = False
    is_missing: bool = False
    is_changed: bool = False
    is_closed: bool = False

    @property
    def shows_closed(self) -> bool:
        """Closed cases are a list of their own; whoever asks for a closed stage wants that one."""
        return self.is_closed or self.stage in CLOSED


def cases_of(clinic: Clinic, filters: Filters, *, on: dt.date) -> CaseQuerySet:
    """The cases that are wanted, but for their stage, in no order."""
    cases: CaseQuerySet = clinic.cases.filter(_scope(filters))
    if filters.payer == OTHER:
        cases = cases.filter(insurer=None)
    elif filters.payer:
        cases = cases.filter(insurer__slug=filters.payer)
    if filters.clinician == NOBODY:
        cases = cases.filter(clinician=None)
    elif filters.clinician:
        cases = cases.filter(clinician=uuid.UUID(filters.clinician))
    if filters.state:
        cases = cases.filter(issue_state=filters.state)
    if filters.is_ours:
        cases = cases.filter(is_ours(on=on))
    if filters.is_missing:
        cases = cases.filter(missing__gt=0)
    if filters.is_changed:
        cases = cases.filter(is_rule_changed=True)
    return cases.filter(due_in(filters.due, on=on)) if filters.due else cases


def _scope(filters: Filters) -> Q:
    """The open or the closed cases; an approval that has yet to end stands among its like."""
    scope = Q(closed_at__isnull=not filters.shows_closed)
    has_open = filters.stage in CLOSED and not filters.is_closed
    return scope | Q(stage=filters.stage) if has_open else scope


def due_in(window: str, *, on: dt.date) -> Q:
    """The cases of a window, or of the next thirty days."""
    soon = on + dt.timedelta(days=SOON_DAYS)
    return {
        Window.OVERDUE: Q(due_on__lt=on),
        Window.SOON: Q(due_on__range=(on, soon)),
        Window.LATER: Q(due_on__gt=soon),
        Window.NO_DAY: Q(due_on=None),
        MONTH: Q(due_on__range=(on, on + dt.timedelta(days=MONTH_DAYS))),
    }[window]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cases there are: by window within the stage that is wanted, and by every stage.

    `by_any_window` counts as if no window were wanted.
    """

    by_window: Mapping[Window, int]
    by_stage: Mapping[Stage, int]
    by_any_window: Mapping[Window, int]

    @property
    def total(self) -> int:
        return sum(self.by_window.values())


def count(cases: CaseQuerySet, stage: str, *, due: str = "", on: dt.date) -> Counts:
    """Count all at once; `cases` are those of every stage and every window."""
    wanted_days = due_in(due, on=on) if due else Q()
    windows = {one: due_in(one, on=on) for one in Window}
    within = {one.value: Count("pk", filter=days & wanted_days) for one, days in windows.items()}
    of_any = {f"any_{one}": Count("pk", filter=days) for one, days in windows.items()}
    counted = cases.order_by().values("stage").annotate(**within, **of_any)
    rows: list[dict[str, Any]] = [{**row} for row in counted]
    wanted = [row for row in rows if not stage or row["stage"] == stage]
    totals = {Stage(row["stage"]): sum(row[one] for one in Window) for row in rows}
    return Counts(
        {one: sum(row[one] for row in wanted) for one in Window},
        {one: totals[one] for one in Stage if totals.get(one)},
        {one: sum(row[f"any_{one}"] for row in wanted) for one in Window},
    )


def page_of(
    clinic: Clinic, cases: CaseQuerySet, filters: Filters, number: int, *, total: int
) -> list[Case]:
    """The cases of one page, the next last day first; of closed ones the last closed first.

    Their ids are read from the index alone, and those of the second half from its end.
    """
    if filters.stage:
        cases = cases.filter(stage=filters.stage)
    ordered = cases.order_by("-closed_at", "pk") if filters.shows_closed else cases.by_deadline()
    begin = (number - 1) * AT_ONCE
    end = min(begin + AT_ONCE, total)
    if begin < total / 2:
        ids = list(ordered.values_list("pk", flat=True)[begin:end])
    else:
        backward = ordered.reverse().values_list("pk", flat=True)
        ids = list(backward[total - end : total - begin])[::-1]
    return with_what_is_shown(clinic, ids)


def with_what_is_shown(clinic: Clinic, ids: Sequence[uuid.UUID]) -> list[Case]:
    """These cases in this order, with what a row tells; what the case holds stays sealed."""
    rows = clinic.cases.filter(pk__in=ids).select_related("patient", "insurer", "clinician")
    found = {one.pk: one for one in rows.defer("sealed")}
    return [found[one] for one in ids if one in found]


@dataclass(frozen=True, slots=True)
class Found:
    """What exact search found: some of the cases, how many there are, and who has none."""

    cases: list[Case]
    total: int
    without_case: list[Patient]

    @property
    def is_cut(self) -> bool:
        return self.total > len(self.cases)


def find(clinic: Clinic, text: str) -> Found:
    """The case of this number, and those of whoever has exactly this name, member ID or birth date.

    Open ones come first.
    """
    patients = search_patients(clinic, text)
    wanted = Q(patient__in=patients.order_by().values("pk"))
    number = CASE_NUMBER.fullmatch(text.strip())
    if number is not None:
        wanted |= Q(number=int(number[1]))
    cases = clinic.cases.filter(wanted)
    counted = cases.annotate(total=Over(Count("pk"))).order_by(*OPEN_FIRST)
    rows = list(counted.values_list("pk", "total")[:MOST_FOUND])
    has_case = Exists(Case.objects.filter(patient=OuterRef("pk")))
    without = patients.filter(~has_case).order_by()[:MOST_FOUND]
    shown = with_what_is_shown(clinic, [pk for pk, _ in rows])
    return Found(shown, rows[0][1] if rows else 0, list(without))


def payers_of(clinic: Clinic) -> QuerySet[Insurer]:
    """The insurers of the catalogue that the clinic has cases with."""
    return Insurer.objects.filter(pk__in=clinic.cases.values("insurer"))
