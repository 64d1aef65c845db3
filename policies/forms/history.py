"""The treatments tried and the scores, each a small form of its own."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from policies import terms
from policies.forms.fields import DateField, NumberField, field_for, radios, yes_or_no
from policies.language import said
from policies.terms import RatingScale
from policies.vocabulary import FactDefinition, FactType

TRIED, SCORES = "tried", "scores"


@dataclass(frozen=True, slots=True)
class Question:
    """One field as the page shows it."""

    field: BoundField
    is_short: bool = False
    shows_help_line: bool = False


class TriedForm(forms.Form):
    """One treatment tried; left empty, it is no treatment."""

    def __init__(
        self,
        definitions: tuple[FactDefinition, ...],
        *,
        row: int,
        place: int,
        on: dt.date,
        **options: Any,
    ) -> None:
        super().__init__(prefix=f"{TRIED}-{row}", **options)
        self.row = row
        self.title = _("Treatment %(number)s") % {"number": place}
        self.on = on
        self.definitions = definitions
        for definition in definitions:
            self.fields[definition.name] = field_for(definition, as_select=True)
        if "drug" in self.fields:
            self.fields["drug"].widget.attrs["list"] = "medicines"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        ended_on = cleaned.get("ended_on")
        if isinstance(ended_on, dt.date) and ended_on > self.on:
            self.add_error("ended_on", _("This day has not come yet. Enter the day it ended."))
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
        label=_("Is this list complete?"),
        help_text=_(
            "Choose “Yes” when every treatment tried for this condition stands above, or when none "
            "was ever tried."
        ),
    )

    def __init__(self, **options: Any) -> None:
        super().__init__(prefix=TRIED, **options)


class ScoreForm(forms.Form):
    """The latest score on one scale; left empty, there is none."""

    score = NumberField(label=_("Score"))
    taken_on = DateField(label=_("Date of that score"))
    origin = radios(
        [("chart", _("It is in the chart")), ("self_completed", _("I filled it in by myself"))],
        label=_("Where does the score stand?"),
    )

    def __init__(self, scale: RatingScale, *, on: dt.date, **options: Any) -> None:
        super().__init__(prefix=f"{SCORES}-{scale.id}", **options)
        self.scale = scale
        self.title = said(scale.label)
        self.on = on
        if scale.range:
            self.fields["score"].help_text = _("From %(low)s to %(high)s.") % {
                "low": scale.range[0],
                "high": scale.range[1],
            }

    @property
    def is_open(self) -> bool:
        """Whether there is something in it to be seen."""
        return any(field.value() or field.errors for field in self)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        score, taken_on = cleaned.get("score"), cleaned.get("taken_on")
        if score is None and "score" not in self.errors and (taken_on or cleaned.get("origin")):
            self.add_error(
                "score",
                _("Enter the %(scale)s score, or clear what is below it.")
                % {"scale": said(self.scale.label)},
            )
        if score is not None and not cleaned.get("origin") and "origin" not in self.errors:
            self.add_error(
                "origin",
                _("Say whether the %(scale)s score is in the chart.")
                % {"scale": said(self.scale.label)},
            )
        if isinstance(taken_on, dt.date) and taken_on > self.on:
            self.add_error("taken_on", _("This day has not come yet. Enter the day of the score."))
        return cleaned


def medicine_names() -> list[str]:
    """The names to choose from while typing: generic names and brands."""
    return sorted(
        {name for one in terms.drugs().values() for name in (one.name, *one.brands)},
        key=str.casefold,
    )
