"""The questions of one check: facts, treatments tried and scores, as the documents ask them."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.text import get_text_list

from policies.asked import Questions
from policies.faults import Fault
from policies.forms.fields import (
    UNKNOWN,
    DateField,
    NumberField,
    answered,
    field_for,
    radios,
    show,
    yes_or_no,
)
from policies.forms.plan import PlanForm
from policies.situation import Situation, SituationError
from policies.terms import RatingScale
from policies.vocabulary import FactDefinition, FactType

FACTS, TRIED, SCORES = "answers", "tried", "scores"
FACT_GROUPS = {
    "patient": "The person who needs treatment",
    "episode": "The condition now",
    "safety": "Health history",
    "request": "The treatment asked for",
}
ROW = re.compile(rf"{TRIED}-(\d{{1,3}})-")
# More than anyone has tried; a page of thousands would cost the server seconds.
MOST_ROWS = 40
PLACE = re.compile(r"(?P<list>treatments_tried|scores)\[(?P<row>\d+)\](\.(?P<name>\w+))?")


@dataclass(frozen=True, slots=True)
class Question:
    """One field as the page shows it."""

    field: BoundField
    is_short: bool = False
    shows_help_line: bool = False


class FactsForm(forms.Form):
    """The facts that the criteria name."""

    def __init__(self, definitions: tuple[FactDefinition, ...], **options: Any) -> None:
        super().__init__(prefix=FACTS, **options)
        self.definitions = definitions
        for definition in definitions:
            self.fields[definition.name] = field_for(definition)

    @property
    def groups(self) -> Iterator[tuple[str, list[Question]]]:
        """The questions under their headings."""
        for group, title in FACT_GROUPS.items():
            asked = [
                Question(
                    field=self[one.name],
                    is_short=one.type is FactType.BOOLEAN,
                    shows_help_line=one.name == "suicidal_ideation",
                )
                for one in self.definitions
                if one.group == group
            ]
            if asked:
                yield title, asked


class TriedForm(forms.Form):
    """One treatment tried; left empty, it is no treatment."""

    def __init__(
        self,
        definitions: tuple[FactDefinition, ...],
        *,
        row: int,
        on: dt.date,
        **options: Any,
    ) -> None:
        super().__init__(prefix=f"{TRIED}-{row}", **options)
        self.row = row
        self.on = on
        self.definitions = definitions
        for definition in definitions:
            self.fields[definition.name] = field_for(definition, as_select=True)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        ended_on = cleaned.get("ended_on")
        if isinstance(ended_on, dt.date) and ended_on > self.on:
            self.add_error("ended_on", "This day has not come yet. Enter the day it ended.")
        return cleaned

    @property
    def questions(self) -> list[Question]:
        return [
            Question(field=self[one.name], is_short=one.type is FactType.BOOLEAN)
            for one in self.definitions
        ]


class ListForm(forms.Form):
    """What is asked of the list of treatments as a whole."""

    complete = yes_or_no(
        label="Is this list complete?",
        help_text="Choose “Yes” when every treatment tried for this condition stands above, or "
        "when none was ever tried.",
    )

    def __init__(self, **options: Any) -> None:
        super().__init__(prefix=TRIED, **options)


class ScoreForm(forms.Form):
    """The latest score on one scale; left empty, there is none."""

    score = NumberField(label="Score")
    taken_on = DateField(label="Date of that score")
    origin = radios(
        [("chart", "It is in the chart"), ("self_completed", "I filled it in by myself")],
        label="Where does the score stand?",
    )

    def __init__(self, scale: RatingScale, *, on: dt.date, **options: Any) -> None:
        super().__init__(prefix=f"{SCORES}-{scale.id}", **options)
        self.scale = scale
        self.on = on
        if scale.range:
            self.fields["score"].help_text = f"From {scale.range[0]} to {scale.range[1]}."

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        score, taken_on = cleaned.get("score"), cleaned.get("taken_on")
        if score is None and "score" not in self.errors and (taken_on or cleaned.get("origin")):
            self.add_error(
                "score", f"Enter the {self.scale.label} score, or clear what is below it."
            )
        if score is not None and not cleaned.get("origin") and "origin" not in self.errors:
            self.add_error("origin", f"Say whether the {self.scale.label} score is in the chart.")
        if taken_on is not None and taken_on > self.on:
            self.add_error("taken_on", "This day has not come yet. Enter the day of the score.")
        return cleaned


class QuestionForms:
    """Every question of one check, filled from a POST.

    Checked, they hold it to the rules; unchecked, they only show it again. With `adds_row` there
    is one more empty treatment.
    """

    def __init__(
        self,
        questions: Questions,
        *,
        plan: PlanForm,
        on: dt.date,
        data: QueryDict,
        is_checked: bool = False,
        adds_row: bool = False,
    ) -> None:
        self.plan = plan
        self.asked_by = get_text_list([one.short_name for one in questions.asked_by], "and")
        self.has_new_row = adds_row

        def filled(prefix: str) -> dict[str, Any]:
            return {"data": data} if is_checked else {"initial": _as_initial(data, prefix)}

        self.facts = FactsForm(questions.facts, **filled(FACTS))
        self.list = ListForm(**filled(TRIED))
        numbers = _rows_in(data)
        self.has_too_many = len(numbers) > MOST_ROWS
        numbers = numbers[:MOST_ROWS]
        if not (is_checked or adds_row):
            numbers = [number for number in numbers if not _is_empty(data, number)]
        if (adds_row and len(numbers) < MOST_ROWS) or not numbers:
            numbers.append(max(numbers, default=-1) + 1)
        self.rows = [
            TriedForm(questions.treatment_fields, row=number, on=on, **filled(f"{TRIED}-{number}"))
            for number in numbers
            if questions.treatment_fields
        ]
        self.scores = [
            ScoreForm(scale, on=on, **filled(f"{SCORES}-{scale.id}")) for scale in questions.scales
        ]

    @property
    def all(self) -> list[forms.Form]:
        """Every form, in the order of the page."""
        return [self.facts, *self.rows, *([self.list] if self.rows else []), *self.scores]

    def shows(self, name: str) -> bool:
        """Whether a field is on the page, or belongs to a treatment that was left out as empty."""
        row = ROW.match(name)
        is_dropped = row is not None and int(row[1]) not in {form.row for form in self.rows}
        return name in self._shown or (bool(self.rows) and is_dropped)

    @cached_property
    def _shown(self) -> frozenset[str]:
        return frozenset(field.html_name for form in self.all for field in form)

    def is_valid(self) -> bool:
        """Check each form, and then the whole by the rules of a situation."""
        are_valid = [form.is_valid() for form in self.all]
        if self.has_too_many:
            self.list.add_error(None, f"More than {MOST_ROWS} treatments. Leave some out.")
            return False
        try:
            self.situation()
        except SituationError as error:
            for fault in error.faults:
                self._show(fault)
            return False
        return all(are_valid)

    def situation(self) -> Situation:
        """What was told, as the rules read it; SituationError names what they refuse."""
        data = self.plan.as_json()
        data["answers"] |= answered(self.facts.cleaned_data)
        if self.rows:
            rows = [answered(form.cleaned_data) for form in self._rows_given()]
            is_complete = answered(self.list.cleaned_data).get("complete")
            data["treatments_complete"] = is_complete
            # An empty list says "none was tried" only when it is called complete.
            data["treatments_tried"] = rows if rows or is_complete else None
        data["scores"] = [
            # A form without an origin is never valid; its score is held to the range all the same.
            {"scale": form.scale.id, "origin": "chart", **answered(form.cleaned_data)}
            for form in self._scores_given()
        ]
        return Situation.from_json(data)

    def _rows_given(self) -> list[TriedForm]:
        return [form for form in self.rows if answered(form.cleaned_data)]

    def _scores_given(self) -> list[ScoreForm]:
        return [form for form in self.scores if form.cleaned_data.get("score") is not None]

    def _show(self, fault: Fault) -> None:
        found = PLACE.fullmatch(fault.place)
        if found is None:
            show(self.facts, fault.place.removeprefix("answers."), fault)
            return
        given = self._rows_given() if found["list"] == "treatments_tried" else self._scores_given()
        show(given[int(found["row"])], found["name"], fault)


def _rows_in(data: QueryDict) -> list[int]:
    """The numbers of the treatments sent."""
    return sorted({int(found[1]) for found in map(ROW.match, data) if found})


def _is_empty(data: QueryDict, row: int) -> bool:
    inner = f"{TRIED}-{row}-"
    return all(value in ("", UNKNOWN) for name, value in data.items() if name.startswith(inner))


def _as_initial(data: QueryDict, prefix: str) -> dict[str, Any]:
    """What was sent for one form, to be shown again as it was typed."""
    inner = f"{prefix}-"
    return {
        name.removeprefix(inner): values if len(values) > 1 else values[0]
        for name, values in data.lists()
        if name.startswith(inner) and values
    }
