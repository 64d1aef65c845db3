"""The questions of one check: facts, treatments tried and scores, as the documents ask them."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from policies import terms, vocabulary
from policies.asked import TREATMENTS
from policies.faults import Fault
from policies.forms.fields import UNKNOWN, answered, as_typed, field_for, show
from policies.forms.history import (
    SCORES,
    TRIED,
    ListForm,
    Question,
    ScoreForm,
    TriedForm,
    medicine_names,
)
from policies.forms.plan import PlanForm
from policies.situation import Situation, SituationError
from policies.vocabulary import FactDefinition, FactType

FACTS = "answers"
FACT_GROUPS = {
    "patient": _("The person who needs treatment"),
    "episode": _("The condition now"),
    "safety": _("Health history"),
    "request": _("The treatment asked for"),
}
ROW = re.compile(rf"{TRIED}-(\d{{1,3}})-")
# More than anyone has tried; a page of thousands would cost the server seconds.
MOST_ROWS = 40
PLACE = re.compile(r"(?P<list>treatments_tried|scores)\[(?P<row>\d+)\](\.(?P<name>\w+))?")


class FactsForm(forms.Form):
    """The facts that were answered or are asked now; those in `shown` stand on the screen."""

    def __init__(
        self, definitions: tuple[FactDefinition, ...], *, shown: frozenset[str], **options: Any
    ) -> None:
        super().__init__(prefix=FACTS, **options)
        self.shown = shown
        self.definitions = definitions
        for definition in definitions:
            self.fields[definition.name] = field_for(definition)

    def visible_fields(self) -> list[BoundField]:
        return [self[one.name] for one in self.definitions if one.name in self.shown]

    @property
    def groups(self) -> Iterator[tuple[Any, list[Question]]]:
        """The questions on the screen, under their headings."""
        for group, title in FACT_GROUPS.items():
            asked = [
                Question(
                    field=self[one.name],
                    is_short=one.type is FactType.BOOLEAN,
                    shows_help_line=one.name == "suicidal_ideation",
                )
                for one in self.definitions
                if one.group == group and one.name in self.shown
            ]
            if asked:
                yield title, asked


class QuestionForms:
    """Every answer of one check so far, and the questions on the screen, from a POST.

    `shown` names those questions, `row_fields` what is asked of each treatment. Checked, the forms
    hold what was sent to the rules; unchecked, they only show it again. With `adds_row` there is
    one more empty treatment.
    """

    def __init__(
        self,
        shown: Iterable[str],
        *,
        row_fields: tuple[FactDefinition, ...],
        plan: PlanForm,
        on: dt.date,
        data: QueryDict,
        is_checked: bool = False,
        adds_row: bool = False,
    ) -> None:
        self.plan = plan
        self.shown = tuple(shown)
        self.has_new_row = adds_row

        def filled(prefix: str) -> dict[str, Any]:
            return {"data": data} if is_checked else {"initial": as_typed(data, prefix)}

        known = vocabulary.facts()
        given = {name.removeprefix(f"{FACTS}-") for name in data if name.startswith(f"{FACTS}-")}
        # The condition is asked with the plan.
        wanted = (given | {*self.shown}) - {"conditions"}
        facts = tuple(one for one in known.values() if one.name in wanted)
        self.facts = FactsForm(facts, shown=frozenset(self.shown), **filled(FACTS))
        self.list = ListForm(**filled(TRIED))
        numbers = _rows_in(data)
        self.has_too_many = len(numbers) > MOST_ROWS
        numbers = numbers[:MOST_ROWS]
        if self.shows_treatments:
            if not (is_checked or adds_row):
                numbers = [number for number in numbers if not _is_empty(data, number)]
            if (adds_row and len(numbers) < MOST_ROWS) or not numbers:
                numbers.append(max(numbers, default=-1) + 1)
        fields = _row_fields(data, row_fields)
        self.rows = [
            TriedForm(fields, row=row, place=place, on=on, **filled(f"{TRIED}-{row}"))
            for place, row in enumerate(numbers, 1)
        ]
        self.has_list = bool(self.rows) or f"{TRIED}-complete" in data
        self.scores = [
            ScoreForm(scale, on=on, **filled(f"{SCORES}-{scale.id}"))
            for scale in terms.rating_scales().values()
            if scale.id in self.shown
            or any(name.startswith(f"{SCORES}-{scale.id}-") for name in data)
        ]

    @property
    def title(self) -> Any:
        """What the questions on the screen are about."""
        if self.shows_treatments:
            return _("Treatments tried")
        if self.shown_scores:
            return _("Scores on rating scales")
        return next((title for title, _questions in self.facts.groups), _("What the documents ask"))

    @property
    def shows_treatments(self) -> bool:
        return TREATMENTS in self.shown

    @property
    def medicines(self) -> list[str]:
        """The names to choose from while typing: generic names and brands."""
        return medicine_names()

    @property
    def shown_scores(self) -> list["ScoreForm"]:
        return [form for form in self.scores if form.scale.id in self.shown]

    @property
    def all(self) -> list[forms.Form]:
        """Every form, those on the screen and those filled earlier."""
        return [self.facts, *self.rows, *([self.list] if self.has_list else []), *self.scores]

    @property
    def on_screen(self) -> list[forms.Form]:
        """The forms of this screen, in its order."""
        rows = [*self.rows, self.list] if self.shows_treatments else []
        return [self.facts, *rows, *self.shown_scores]

    def shows(self, name: str) -> bool:
        """Whether a field is on the screen, or belongs to a treatment left out as empty."""
        row = ROW.match(name)
        is_dropped = row is not None and int(row[1]) not in {form.row for form in self.rows}
        return name in self._shown or (self.shows_treatments and is_dropped)

    @cached_property
    def _shown(self) -> frozenset[str]:
        facts = [field.html_name for field in self.facts.visible_fields()]
        others = [form for form in self.on_screen if form is not self.facts]
        return frozenset([*facts, *(field.html_name for form in others for field in form)])

    @property
    def faulty(self) -> frozenset[str]:
        """The questions in whose answers something is to be put right."""
        names = set(self.facts.errors) - {"__all__"}
        if any(form.errors for form in (*self.rows, *([self.list] if self.has_list else []))):
            names.add(TREATMENTS)
        return frozenset(names | {form.scale.id for form in self.scores if form.errors})

    def is_valid(self) -> bool:
        """Check each form, and then the whole by the rules of a situation; once."""
        return self._is_valid

    @cached_property
    def _is_valid(self) -> bool:
        are_valid = [form.is_valid() for form in self.all]
        if self.has_too_many:
            self.list.add_error(
                None, _("More than %(most)d treatments. Leave some out.") % {"most": MOST_ROWS}
            )
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
        return Situation.from_json(self.as_json())

    def as_json(self) -> dict[str, Any]:
        """The answers in the JSON form of a situation."""
        data = self.plan.as_json()
        data["answers"] |= answered(self.facts.cleaned_data)
        if self.has_list:
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
        return data

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


def _row_fields(data: QueryDict, asked: tuple[FactDefinition, ...]) -> tuple[FactDefinition, ...]:
    """What is asked of a treatment, and what was told of one before."""
    told = {name.rpartition("-")[2] for name in data if ROW.match(name)}
    names = told | {one.name for one in asked}
    return tuple(one for one in vocabulary.treatment_fields().values() if one.name in names)


def _rows_in(data: QueryDict) -> list[int]:
    """The numbers of the treatments sent."""
    return sorted({int(found[1]) for found in map(ROW.match, data) if found})


def _is_empty(data: QueryDict, row: int) -> bool:
    inner = f"{TRIED}-{row}-"
    return all(value in ("", UNKNOWN) for name, value in data.items() if name.startswith(inner))
