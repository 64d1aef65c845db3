"""What becomes of each fact of a record: used, corrected or left out, as a person decides."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import StrEnum
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from policies import terms, vocabulary
from policies.catalogue import Catalogue
from policies.fhir import Found, Kind, Record, Sureness
from policies.fhir.listing import is_used
from policies.fhir.review import Proposed, apply, corrected, proposal
from policies.forms.choices import NOT_LISTED, grouped_conditions, grouped_insurers
from policies.forms.fields import (
    CHOOSE_ONE,
    TREATMENTS,
    UNKNOWN,
    answered,
    field_for,
    radios,
    select,
)
from policies.forms.history import ScoreForm, TriedForm
from policies.forms.plan import PREFIX as PLAN
from policies.forms.plan import dotted
from policies.forms.questions import MOST_ROWS
from policies.situation import ScaleScore, Situation, Treatment, TreatmentTried

FIND = "find"
# Of each scale; the check asks for the latest alone, and older ones are told beneath.
MOST_SCORES = 3
# What is asked of a treatment here; the documents of a plan may ask for more.
ROW_FIELDS = (
    *("kind", "drug", "weeks", "highest_dose_mg", "adequate_dose"),
    *("outcome", "this_episode", "ended_on"),
)


class Decision(StrEnum):
    """What a person does with one find."""

    USE = "use"
    CORRECT = "correct"
    LEAVE = "leave"


CHOICES = {
    Decision.USE: _("Use it"),
    Decision.CORRECT: _("Correct it"),
    Decision.LEAVE: _("Leave it out"),
}
BESIDE_AN_ANSWER = {
    Decision.USE: _("Take what the record says"),
    Decision.CORRECT: _("Enter something else"),
    Decision.LEAVE: _("Keep what I answered"),
}
OF_A_TREATMENT = CHOICES | {Decision.CORRECT: _("Correct it, or add what is missing")}


class DecisionForm(forms.Form):
    """The choice between the three."""

    take = radios([])

    def __init__(self, choices: Mapping[Decision, Any], **options: Any) -> None:
        super().__init__(**options)
        field = self.fields["take"]
        field.required = True
        field.error_messages["required"] = _("Choose what to do with this.")
        field.choices = [(one.value, label) for one, label in choices.items()]  # type: ignore[attr-defined]


class ValueForm(forms.Form):
    """One value, asked for as the check asks for it."""

    def __init__(self, field: forms.Field, **options: Any) -> None:
        super().__init__(**options)
        self.fields["value"] = field

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not answered(cleaned):
            self.add_error("value", _("Enter what is right, or choose “Leave it out”."))
        return cleaned


class PayerForm(forms.Form):
    """The insurer, by the list or by its name."""

    insurer_name = forms.CharField(
        required=False, max_length=200, label=_("If it is not in the list: the insurer's name")
    )

    def __init__(self, catalogue: Catalogue, **options: Any) -> None:
        super().__init__(**options)
        field = select(
            grouped_insurers(catalogue), label=_("Which company or program insures the patient?")
        )
        self.fields = {"insurer": field, **self.fields}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        chosen = cleaned.get("insurer")
        if chosen in ("", UNKNOWN, NOT_LISTED) and not cleaned.get("insurer_name"):
            self.add_error("insurer_name", _("Type the insurer's name, or choose “Leave it out”."))
        return cleaned


class FindForms:
    """One find: what becomes of it, and the field or fields that correct it."""

    def __init__(
        self,
        number: int,
        proposed: Proposed,
        *,
        preset: Decision | None,
        on: dt.date,
        catalogue: Catalogue,
        data: Any = None,
    ) -> None:
        self.proposed = proposed
        self.preset = preset
        prefix = f"{FIND}-{number}"
        self.decision = DecisionForm(
            _choices(proposed), data=data, prefix=prefix, initial={"take": preset}
        )
        self.correction = _correction(proposed.found, on=on, catalogue=catalogue, data=data)
        self.correction.prefix = f"{prefix}-as"

    @property
    def found(self) -> Found:
        return self.proposed.found

    @property
    def decided(self) -> str:
        """What is chosen in the form, right or wrong."""
        return str(self.decision["take"].value() or "")

    @property
    def faulty(self) -> list[forms.Form]:
        """The forms of this find in which something is to be put right, once checked."""
        corrects = self.decided == Decision.CORRECT
        checked = [self.decision, *([self.correction] if corrects else [])]
        return [form for form in checked if form.errors]

    def is_valid(self) -> bool:
        return not self.faulty

    @property
    def accepted(self) -> Found | None:
        """The find as it is to be used; None where it is left out."""
        match self.decided:
            case Decision.USE:
                return sure_part(self.found)
            case Decision.CORRECT:
                return _with(self.found, answered(self.correction.cleaned_data))
        return None

    @property
    def replaces(self) -> bool:
        """Whether the person took this in the place of their own answer."""
        is_other = self.proposed.conflicts or self.decided == Decision.CORRECT
        return is_other and self.proposed.held is not None


class TreatmentForm(forms.Form):
    """Which treatment is asked for, which no record can say."""

    treatment = radios(
        TREATMENTS,
        label=_("Which treatment do you ask about?"),
        required=True,
        error_messages={"required": _("Choose a treatment.")},
    )

    def __init__(self, **options: Any) -> None:
        super().__init__(prefix=PLAN, use_required_attribute=False, **options)


class RecordForms:
    """Every find of a record beside what a person answered; checked where `data` was sent."""

    def __init__(
        self,
        record: Record,
        person: Situation,
        *,
        on: dt.date,
        catalogue: Catalogue,
        asks_treatment: bool = False,
        data: Any = None,
    ) -> None:
        self.person = person
        self.treatment = TreatmentForm(data=data) if asks_treatment else None
        proposed = proposal(record, person)
        scores = _latest_first(record.found)
        offered = {key for keys in scores.values() for key in keys[:MOST_SCORES]}
        latest = {keys[0] for keys in scores.values()}
        self.finds = [
            FindForms(
                number,
                one,
                preset=preset_of(one, is_latest=one.found.key in latest),
                on=on,
                catalogue=catalogue,
                data=data,
            )
            for number, one in enumerate(proposed)
            if one.found.kind is not Kind.SCORE or one.found.key in offered
        ]
        shown = {one.found.key for one in self.finds}
        self.older = [one for one in record.found if one.key not in shown]

    @property
    def to_correct(self) -> list[forms.Form]:
        """The forms in which something is to be put right, in the order of the page."""
        of_finds = [form for one in self.finds for form in one.faulty]
        return [*of_finds, *([self.treatment] if self.treatment and self.treatment.errors else [])]

    def is_valid(self) -> bool:
        """Check each find, and then all of them together; once."""
        return self._is_valid

    @cached_property
    def _is_valid(self) -> bool:
        are_valid = [one.is_valid() for one in self.finds]
        if not all(are_valid) or (self.treatment is not None and not self.treatment.is_valid()):
            return False
        self._refuse_two_scores()
        self._refuse_what_does_not_fit()
        return not self.to_correct

    @property
    def taken(self) -> int:
        """How many finds are used, as they are or corrected."""
        return sum(one.accepted is not None for one in self.finds)

    @cached_property
    def situation(self) -> Situation:
        """What the person answered, with what they took from the record."""
        return self._situation(one for one in self.finds)

    @property
    def preset_situation(self) -> Situation:
        """The same with what is chosen before anyone has looked."""
        used = [one.found for one in self.finds if one.preset is Decision.USE]
        return apply(self.person, map(sure_part, used))

    def _situation(self, finds: Iterable[FindForms]) -> Situation:
        taken = [(one, found) for one in finds if (found := one.accepted) is not None]
        chosen = {found.key for one, found in taken if one.replaces}
        situation = apply(self.person, (found for _one, found in taken), chosen=chosen)
        if self.treatment is not None:
            treatment = Treatment(self.treatment.cleaned_data["treatment"])
            situation = replace(situation, treatment=treatment)
        return situation

    def _refuse_two_scores(self) -> None:
        used: set[str] = set()
        for one in self.finds:
            if one.found.kind is Kind.SCORE and one.accepted is not None:
                if one.found.name in used:
                    one.decision.add_error("take", _("Use one score of a scale: the latest."))
                used.add(one.found.name)

    def _refuse_what_does_not_fit(self) -> None:
        if self.to_correct:
            return
        for one in self.finds:
            found = one.accepted
            if found is not None and not is_used(found, self.situation):
                one.decision.add_error(
                    "take",
                    _(
                        "This does not go together with another answer, or with something else "
                        "that you use from the record. Leave one of them out."
                    ),
                )
        rows = self.situation.treatments_tried or ()
        if len(rows) > MOST_ROWS:
            last = [one for one in self.finds if one.found.kind is Kind.TREATMENT][-1]
            message = _("More than %(most)d treatments. Leave some out.") % {"most": MOST_ROWS}
            last.decision.add_error("take", message)


def sure_part(found: Found) -> Found:
    """A find without the fields of a treatment that a person must confirm first."""
    if not isinstance(found.value, TreatmentTried) or not found.unsure:
        return found
    return corrected(found, dict.fromkeys(found.unsure))


def preset_of(proposed: Proposed, *, is_latest: bool = True) -> Decision | None:
    """What is chosen before anyone has looked; nothing for what is sensitive or in doubt.

    What was answered stays, and of the scores on one scale the latest is used.
    """
    found = proposed.found
    is_older = found.kind is Kind.SCORE and not is_latest
    if proposed.conflicts or is_older:
        return Decision.LEAVE
    if found.sureness is Sureness.TO_CONFIRM or is_sensitive(found):
        return None
    return Decision.USE


def is_sensitive(found: Found) -> bool:
    """Whether a find tells a fact that is asked with care, or brings one along."""
    facts = vocabulary.facts()
    if found.kind is Kind.ANSWER:
        return facts[found.name].sensitive
    if found.kind not in (Kind.CONDITION, Kind.CODE):
        return False
    is_code = found.kind is Kind.CODE
    codes = (found.name,) if is_code else ()
    conditions = terms.conditions_of_code(found.name) if is_code else frozenset({found.name})
    return any(
        facts[one.fact].sensitive and one.carried_by(conditions, codes, {})
        for one in terms.implied_facts()
    )


def _latest_first(found: Iterable[Found]) -> dict[str, list[str]]:
    """The scores of each scale by their keys, the latest first and those without a day last."""
    scores: dict[str, list[tuple[dt.date, str]]] = {}
    for one in found:
        if isinstance(one.value, ScaleScore):
            day = one.value.taken_on or dt.date.min
            scores.setdefault(one.name, []).append((day, one.key))
    return {name: [key for _day, key in sorted(held, reverse=True)] for name, held in scores.items()}


def _choices(proposed: Proposed) -> Mapping[Decision, Any]:
    if proposed.conflicts and proposed.held is not None:
        return BESIDE_AN_ANSWER
    return OF_A_TREATMENT if proposed.found.kind is Kind.TREATMENT else CHOICES


def _correction(found: Found, *, on: dt.date, catalogue: Catalogue, data: Any) -> Any:
    """The form that corrects a find, filled with what the record says."""
    value = found.value
    if isinstance(value, TreatmentTried):
        known = vocabulary.treatment_fields()
        initial = {name: _typed(getattr(value, name)) for name in ROW_FIELDS}
        fields = tuple(known[name] for name in ROW_FIELDS)
        return TriedForm(fields, row=0, place=0, on=on, data=data, initial=initial)
    if isinstance(value, ScaleScore):
        initial = {name: _typed(getattr(value, name)) for name in ("score", "taken_on", "origin")}
        return ScoreForm(terms.rating_scales()[value.scale], on=on, data=data, initial=initial)
    match found.kind:
        case Kind.PLAN:
            named = {"insurer": NOT_LISTED} if found.name == "insurer_name" else {}
            return PayerForm(catalogue, data=data, initial={**named, found.name: value})
        case Kind.CONDITION:
            field: forms.Field = select(
                _conditions(), empty=CHOOSE_ONE, label=_("What is the treatment for?")
            )
        case Kind.CODE:
            field = forms.CharField(required=False, max_length=10, label=_("Diagnosis code"))
        case _:
            field = field_for(vocabulary.fact(found.name))
    return ValueForm(field, data=data, initial={"value": _typed(value)})


def _conditions() -> list[Any]:
    return [
        (title, [one for one in group if one[0] != UNKNOWN])
        for title, group in grouped_conditions()
    ]


def _typed(value: Any) -> Any:
    """A value as its field shows it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else value


def _with(found: Found, told: Mapping[str, Any]) -> Found:
    """A find as it was corrected; of a treatment or a score what was cleared is open."""
    if isinstance(found.value, TreatmentTried):
        return corrected(found, {name: told.get(name) for name in ROW_FIELDS})
    if isinstance(found.value, ScaleScore):
        fields = ("score", "taken_on", "origin")
        return corrected(found, {name: told.get(name) for name in fields})
    sure = replace(found, sureness=Sureness.STATED)
    if found.kind is Kind.PLAN:
        chosen = told.get("insurer", NOT_LISTED)
        if chosen == NOT_LISTED:
            return replace(sure, name="insurer_name", value=told["insurer_name"])
        return replace(sure, name="insurer", value=chosen)
    value = told["value"]
    if found.kind is Kind.CODE:
        value = dotted(value)
    is_named_by_value = found.kind in (Kind.CODE, Kind.CONDITION)
    return replace(sure, name=value if is_named_by_value else found.name, value=value)
