"""The patient's questions as a case answers them: on one page, with dates that keep a distance."""

import datetime as dt
from typing import Any

from django import forms
from django.http import QueryDict

from policies.asked import Questions
from policies.catalogue import Catalogue
from policies.days import Span, read_span
from policies.faults import FaultList
from policies.forms import PlanForm, QuestionForms
from policies.forms.fields import DateField
from policies.forms.history import SCORES, TRIED
from policies.forms.plan import PREFIX as PLAN
from policies.forms.questions import MOST_ROWS
from policies.forms.steps import FIELDS, PlanStep
from policies.screens.saved import fields_from
from policies.situation import LineOfBusiness, Situation
from policies.worked_cases import WorkedCase
from policies.worked_cases.relative import BEFORE, Dates, take_dates, write_day

ABOUT = FIELDS[PlanStep.TREATMENT]
HOW_LONG = "How long before the day of the case, as “8 weeks”; or a date, as 3/14/2026."

# A treatment tried mostly went as the one before it.
LIKE_BEFORE = ("kind", "weeks", "outcome")


class AboutForm(PlanForm):
    """Which treatment, and what for: the patient's own questions without those on the plan."""

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, catalogue=Catalogue(), initial=initial)
        for name in set(self.fields) - set(ABOUT):
            del self.fields[name]
        self.fields["treatment"].label = "Which treatment is asked about?"

    @property
    def line(self) -> LineOfBusiness | None:
        """No case asks how somebody is insured."""
        return None


class SpanField(forms.CharField):
    """How long before the day of the case something was, or the date of it."""

    def __init__(self, label: str) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off", "size": 12})
        super().__init__(
            label=label, required=False, max_length=30, widget=widget, help_text=HOW_LONG
        )

    def clean(self, value: object) -> dt.date | str | None:
        """A date, or the data form of a distance; a slip is told and not swallowed."""
        text = super().clean(value)
        if not text:
            return None
        span = read_span(text.casefold().removesuffix(BEFORE))
        if span is not None:
            return f"{span}{BEFORE}"
        try:
            found = DateField().clean(text)
        except forms.ValidationError as error:
            raise forms.ValidationError(
                f"Write it as 8 weeks, or as a date: {text} is neither."
            ) from error
        return found if isinstance(found, dt.date) else None


class CaseQuestions(QuestionForms):
    """The questions that an edition's criteria ask, as a case answers them."""

    def __init__(self, asked: Questions, *, data: QueryDict, **options: Any) -> None:
        given = [name for name in told_in(data) if name not in asked_names(asked)]
        super().__init__(
            [*asked_names(asked), *given],
            row_fields=asked.treatment_fields,
            data=data,
            **options,
        )
        if self.has_new_row and len(self.rows) > 1 and not self.rows[-1].initial:
            self.rows[-1].initial = {
                name: told for name, told in self.rows[-2].initial.items() if name in LIKE_BEFORE
            }
        for row in self.rows:
            if "ended_on" in row.fields:
                row.fields["ended_on"] = SpanField("When did it end?")
        for score in self.scores:
            score.fields["taken_on"] = SpanField("When was that score taken?")

    def situation(self) -> Situation:
        """What was told, without the dates that follow the day."""
        return self.told()[0]

    def told(self) -> tuple[Situation, Dates]:
        """What was told, and the dates in it that keep their distance from the day."""
        data, dates = take_dates(self.as_json(), "", FaultList())
        return Situation.from_json(data), dates


def asked_names(asked: Questions) -> list[str]:
    """The questions of an edition by their names, in the order of the vocabulary."""
    names = [one.name for one in asked.facts]
    others = [one.name for one in asked.in_order if one.name not in names]
    return [*names, *others]


def told_in(data: QueryDict) -> list[str]:
    """The questions to which something was sent."""
    names: dict[str, None] = {}
    for name in data:
        first, _, rest = name.partition("-")
        if not any(data.getlist(name)):
            continue
        if first == "answers":
            names[rest] = None
        elif first == TRIED:
            names["treatments_tried"] = None
        elif first == SCORES:
            names[rest.partition("-")[0]] = None
    return list(names)


def fields_of_case(case: WorkedCase) -> QueryDict:
    """The situation of a case as the page's fields carry it."""
    data = fields_from(case.situation)
    kept = {name: values for name, values in data.lists() if _is_asked(name)}
    found = QueryDict(mutable=True)
    for name, values in kept.items():
        found.setlist(name, values)
    for place, span in case.dates.items():
        found[_field_at(place, case)] = str(span)
    return found


def _is_asked(name: str) -> bool:
    first, _, rest = name.partition("-")
    return rest in ABOUT if first == PLAN else first in ("answers", TRIED, SCORES)


def _field_at(place: str, case: WorkedCase) -> str:
    """The field of a date's place, as `tried-0-ended_on`."""
    at, _, name = place.partition(".")
    listed, _, index = at.removesuffix("]").partition("[")
    if listed == "scores":
        return f"{SCORES}-{case.situation.scores[int(index)].scale}-{name}"
    return f"{TRIED}-{index}-{name}"


def fits_the_page(case: WorkedCase) -> bool:
    """Whether the page has a field for all of it: one score on a scale, and not too many rows."""
    scales = [one.scale for one in case.situation.scores]
    return (
        len(set(scales)) == len(scales) and len(case.situation.treatments_tried or ()) <= MOST_ROWS
    )


def read_typed_day(text: str) -> dt.date | Span | None:
    """The day of a case as it was typed: a date, or so long after the edition takes effect."""
    span = read_span(text.strip().casefold())
    if span is not None:
        return span
    try:
        found = DateField().clean(text.strip())
    except forms.ValidationError:
        return None
    return found if isinstance(found, dt.date) else None


def typed_day(day: dt.date | Span) -> str:
    """A day as it is typed."""
    return str(day) if isinstance(day, Span) else write_day(day)
