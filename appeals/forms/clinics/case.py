"""The form of a case: plan, situation, law and request on one page, in the clinic's words."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict

from appeals.clinics.casework import Heading
from appeals.clinics.content import CaseContent
from appeals.forms import FinderForm
from appeals.forms.finder import PREFIX as KIND
from appeals.forms.letters.facts import PREFIX as TOLD
from appeals.forms.letters.facts import FactsForm
from appeals.law.finder import Outcome, answers_from
from appeals.models import Clinic, Clinician
from appeals.screens.posted import Posted
from policies import terms, vocabulary
from policies.applicability import insurer_of
from policies.asked import TREATMENTS, Questions
from policies.catalogue import Catalogue
from policies.forms import PlanForm, QuestionForms
from policies.forms.history import ScoreForm
from policies.forms.plan import PREFIX as PLAN
from policies.forms.questions import FACT_GROUPS, FACTS
from policies.models import Insurer
from policies.questions import questions_for
from policies.screens.main_condition import keep_main_condition, main_condition_in
from policies.screens.memory import answers_in
from policies.screens.saved import fields_from
from policies.situation import Asker, LineOfBusiness, Situation

HEAD = "head"
ALWAYS = ("request_phase",)
"""Asked of every case, whatever the plan's documents want."""
REQUEST = (
    *("dose", "frequency", "sessions", "starts_on", "site_name", "codes", "diagnosis"),
    "benefit_side",
)
"""What is asked for, as letters name it."""
REQUEST_LABELS = {
    "dose": "Dose, with its unit",
    "frequency": "How often",
    "sessions": "Sessions asked for",
    "starts_on": "From which day",
    "site_name": "Where it is given",
    "codes": "Procedure and drug codes",
    "diagnosis": "Diagnosis with its code, as charted",
    "benefit_side": "Billed under",
}
PLAN_LABELS = {
    "line_of_business": "Line of business",
    "insurer": "Insurer",
    "insurer_name": "Insurer, if not in the list",
    "administrator_name": "Another company that decides",
    "funding": "Funding",
    "residence_state": "Patient lives in",
    "issue_state": "Issued in (its law binds)",
    "treatment": "Treatment",
    "condition": "Main condition",
    "other_conditions": "Other conditions",
    "icd10_codes": "ICD-10-CM codes",
}
FIRST_CHOICES = {"treatment": "Choose"}
MEDICAID = (LineOfBusiness.MEDICAID, LineOfBusiness.MEDICAID_MANAGED_CARE)


class CasePlanForm(PlanForm):
    """The plan and the treatment, all at once."""

    def __init__(self, data: QueryDict, *, catalogue: Catalogue, is_sent: bool) -> None:
        super().__init__(data, catalogue=catalogue)
        # Before anybody typed, what is not chosen yet is no mistake.
        self.fields["treatment"].required = is_sent
        for name, label in PLAN_LABELS.items():
            self.fields[name].label = label
            self.fields[name].help_text = ""
        as_lists(self)

    def visible_fields(self) -> list[BoundField]:
        return [self[name] for name in PLAN_LABELS]


class HeadForm(forms.Form):
    """Who treats the patient here."""

    clinician = forms.ModelChoiceField(
        Clinician.objects.none(), required=False, empty_label="Not chosen yet", label="Clinician"
    )

    def __init__(self, data: Any, *, clinic: Clinic, chosen: Clinician | None) -> None:
        super().__init__(data, prefix=HEAD, use_required_attribute=False)
        clinicians = clinic.clinicians.filter(is_active=True)
        if chosen is not None:
            # Whoever has left the clinic since stays with the case.
            clinicians = clinicians | clinic.clinicians.filter(pk=chosen.pk)
        field = self.fields["clinician"]
        field.queryset = clinicians  # type: ignore[attr-defined]


def typed_of(
    content: CaseContent, clinician: Clinician | None, *, is_untouched: bool = False
) -> QueryDict:
    """What a case holds, as the fields of its form carry it.

    The treatment of one that was begun empty, and that nobody touched since, is still to be chosen.
    """
    data = fields_from(content.situation)
    keep_main_condition(data, content.main_condition)
    if is_untouched and content.situation == Situation(asker=Asker.CLINIC):
        data[f"{PLAN}-treatment"] = ""
    for name, value in content.finder.items():
        data[f"{KIND}-{name}"] = value
    for name, value in content.told.items():
        if name in REQUEST:
            data[f"{TOLD}-{name}"] = value
    data[f"{HEAD}-clinician"] = str(clinician.pk) if clinician else ""
    return data


class CaseForms:
    """All forms of one case, checked; `typed` is what stands in them."""

    def __init__(
        self,
        typed: QueryDict,
        *,
        clinic: Clinic,
        content: CaseContent,
        clinician: Clinician | None,
        catalogue: Catalogue,
        on: dt.date,
        is_sent: bool = True,
    ) -> None:
        data = typed.copy()
        data[f"{PLAN}-asker"] = Asker.CLINIC
        self.data = data
        self.before = content
        self.catalogue = catalogue
        self.on = on
        self.plan = CasePlanForm(data, catalogue=catalogue, is_sent=is_sent)
        self.head = HeadForm(data, clinic=clinic, chosen=clinician)
        self.request = FactsForm(data, names=REQUEST, signer="", on=on)
        for name, label in REQUEST_LABELS.items():
            self.request.fields[name].label = label
            self.request.fields[name].help_text = ""
        as_lists(self.request)

    @cached_property
    def wanted(self) -> Questions:
        """What the plan's documents may want to know; nothing while the plan can't be read."""
        if not self.plan.is_valid():
            return Questions()
        return questions_for(self.plan.situation(), catalogue=self.catalogue, on=self.on)

    @cached_property
    def questions(self) -> QuestionForms:
        """The situation, with one more row for a treatment."""
        self.plan.is_valid()
        known = vocabulary.facts()
        given = [name.removeprefix(f"{FACTS}-") for name in self.data if name.startswith(FACTS)]
        facts = [*ALWAYS, *(one.name for one in self.wanted.facts), *given]
        made = QuestionForms(
            [
                TREATMENTS,
                *dict.fromkeys(one for one in facts if one in known and one != "conditions"),
                *terms.rating_scales(),
            ],
            row_fields=self.wanted.treatment_fields or _least_of_a_row(),
            plan=self.plan,
            on=self.on,
            data=self.data,
            is_checked=True,
            adds_row=True,
        )
        _relabel(made)
        return made

    @property
    def scores(self) -> list[ScoreForm]:
        """The scales that were told or are wanted, and those of the time before the treatment."""
        asked = {one.id for one in self.wanted.scales} | {one.scale for one in self.before.baseline}
        return [one for one in self.questions.scores if one.is_open or one.scale.id in asked]

    @property
    def further_scores(self) -> list[ScoreForm]:
        """Every other scale: letters tell a score, whether the rule asks for it or not."""
        asked = {one.scale.id for one in self.scores}
        return [one for one in self.questions.scores if one.scale.id not in asked]

    @cached_property
    def law(self) -> Posted:
        """The interview that finds the plan's law, as far as it was answered."""
        data = QueryDict(mutable=True)
        for name, value in self.data.items():
            if name.startswith(f"{KIND}-"):
                data[name] = str(value)
        for name, value in self.of_plan.items():
            data[f"{KIND}-{name}"] = value
        return Posted(data, on=self.on)

    @cached_property
    def of_plan(self) -> Mapping[str, str]:
        """The answers of the interview that the plan's fields give."""
        return answers_from(self.plan.situation().plan) if self.plan.is_valid() else {}

    @property
    def interview(self) -> Iterator[FinderForm]:
        """The questions that the plan's fields don't answer, up to the one that is open."""
        still = self.law.open_question
        for one in (*self.law.asked, *([still] if still is not None else ())):
            if one.id not in self.of_plan:
                form = self.law.finder(one, is_checked=False)
                form.fields[one.id].required = False
                form.fields[one.id].help_text = ""
                as_lists(form)
                yield form

    @property
    def outcome(self) -> Outcome | None:
        return self.law.outcome

    @property
    def facts(self) -> list[BoundField]:
        """The facts that were told or are wanted, group by group."""
        shown = self.questions.facts
        order = list(FACT_GROUPS)
        asked = [one for one in shown.definitions if one.name in shown.shown]
        return [shown[one.name] for one in sorted(asked, key=lambda one: order.index(one.group))]

    @property
    def all(self) -> list[forms.Form]:
        return [self.head, self.plan, *self.questions.all, self.request]

    @cached_property
    def is_valid(self) -> bool:
        """Whether all of it can be written."""
        plan_is_right = self.plan.is_valid()
        are_right = [one.is_valid() for one in (self.head, self.request)]
        return plan_is_right and self.questions.is_valid() and all(are_right)

    @property
    def to_correct(self) -> list[forms.Form]:
        return [one for one in self.all if one.errors]

    @property
    def situation(self) -> Situation | None:
        """What was told, as far as it can be read; None where the plan can't."""
        if not self.plan.is_valid():
            return None
        return self.questions.situation() if self.questions.is_valid() else None

    def content(self) -> CaseContent:
        """What the case holds from now on; what stands on no field of the page stays."""
        told = {name: one for name, one in self.before.told.items() if name not in REQUEST}
        told |= {name: str(value) for name, value in self.request.told.items()}
        finder = {
            one.id: self.law.answers[one.id] for one in self.law.asked if one.id not in self.of_plan
        }
        situation = self.questions.situation()
        return replace(
            self.before,
            situation=situation,
            finder=finder,
            told=told,
            main_condition=main_condition_in(self.data),
        )

    def heading(self) -> Heading:
        """What stands in plain text; the payer of its line is known without being named."""
        plan = self.questions.situation().plan
        payer = insurer_of(self.catalogue, plan)
        of_residence = plan.residence_state if plan.line_of_business in MEDICAID else None
        return Heading(
            insurer=Insurer.objects.get(slug=payer.slug) if payer else None,
            payer_name=plan.insurer_name or "",
            issue_state=plan.issue_state or of_residence or "",
            clinician=self.head.cleaned_data["clinician"],
        )

    def field(self, name: str) -> BoundField | None:
        """A field of any of the forms, by the name it is sent under."""
        for form in (*self.all, *self.interview):
            for field in form.visible_fields():
                if field.html_name == name:
                    return field
        return None


def answers_of(data: QueryDict) -> QueryDict:
    """Of a POST what belongs to the case, without what stands beside it."""
    kept = QueryDict(mutable=True)
    for name, value in answers_in(data):
        kept.appendlist(name, value)
    for name, values in data.lists():
        if name.startswith((f"{KIND}-", f"{TOLD}-", f"{HEAD}-")):
            kept.setlist(name, [str(one) for one in values])
    return kept


def _least_of_a_row() -> Any:
    """What is asked of a treatment where no document says what it wants to know."""
    names = ("kind", "drug", "weeks", "outcome")
    return tuple(vocabulary.treatment_fields()[one] for one in names)


def _relabel(made: QuestionForms) -> None:
    """Give each field its short label; whoever charts needs no help with the question."""
    _short(made.facts, vocabulary.facts())
    for row in made.rows:
        _short(row, vocabulary.treatment_fields())
    for score in made.scores:
        low_and_high = score.scale.range
        fields = score.fields
        fields["origin"].choices = [  # type: ignore[attr-defined]
            ("chart", "In the chart"),
            ("self_completed", "Self-completed"),
        ]
        fields["origin"].label, fields["taken_on"].label = "Where it stands", "Date"
        if low_and_high:
            fields["score"].label = f"Score ({low_and_high[0]} to {low_and_high[1]})"
            fields["score"].help_text = ""
    complete = made.list.fields["complete"]
    complete.label, complete.help_text = "Is the list complete?", ""
    for form in made.all:
        as_lists(form)


def _short(form: forms.Form, definitions: Mapping[str, Any]) -> None:
    for name, field in form.fields.items():
        one = definitions[name]
        unit = f" ({one.unit})" if one.unit else ""
        field.label = f"{one.label[:1].upper()}{one.label[1:]}{unit}"
        field.help_text = ""


def as_lists(form: forms.Form) -> None:
    """Choices as lists to open, so that forty fields stand on one page."""
    for name, field in form.fields.items():
        # To Django, boxes to mark are a kind of radio buttons.
        is_of_one = not isinstance(field, forms.MultipleChoiceField)
        if is_of_one and isinstance(field.widget, forms.RadioSelect):
            choices = list(field.choices)  # type: ignore[attr-defined]
            field.widget = forms.Select()
            first = FIRST_CHOICES.get(name, "Not told")
            field.choices = [("", first), *choices]  # type: ignore[attr-defined]
