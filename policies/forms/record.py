"""What becomes of each fact of a record: used, corrected or left out, as a person decides."""

import datetime as dt
from dataclasses import replace
from functools import cached_property
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from policies.catalogue import Catalogue
from policies.fhir import Found, Kind, Record
from policies.fhir.listing import is_used
from policies.fhir.review import Proposed, apply, proposal
from policies.forms.choosing import DecisionForm, choices_for
from policies.forms.corrections import (
    as_corrected,
    correction_form,
    follows_the_rules,
    recorded,
    show_unsure,
)
from policies.forms.decisions import (
    GROUPS,
    Decision,
    group_of,
    is_asked_about,
    latest_first,
    other_age,
    preset_of,
    sure_part,
)
from policies.forms.fields import (
    TREATMENTS,
    answered,
    as_typed,
    radios,
)
from policies.forms.plan import PREFIX as PLAN
from policies.forms.questions import MOST_ROWS
from policies.forms.taking import is_their_course, over_theirs
from policies.situation import (
    Situation,
    Treatment,
)

FIND = "find"
# Of each scale; the check asks for the latest alone, and older ones are told beneath.
MOST_SCORES = 3


class FindForms:
    """One find: what becomes of it, and the field or fields that correct it.

    `is_older` tells of a score that a later one stands beside. Checked, it holds what was sent to
    the rules; unchecked, it only shows it again.
    """

    def __init__(
        self,
        number: int,
        proposed: Proposed,
        *,
        preset: Decision | None,
        is_older: bool = False,
        on: dt.date,
        catalogue: Catalogue,
        data: QueryDict | None = None,
        is_checked: bool = False,
        keeps_answers: bool = False,
    ) -> None:
        self.proposed = proposed
        self.preset = preset
        self.is_older = is_older
        prefix = f"{FIND}-{number}"
        # What became another answer since it was chosen is no longer what was chosen.
        sent = {} if keeps_answers and proposed.conflicts else _sent(data, prefix)
        self.decision = DecisionForm(
            choices_for(proposed),
            prefix=prefix,
            use_required_attribute=False,
            **({"data": data} if is_checked else {"initial": {"take": preset} | sent}),
        )
        self.corrects = self.decision["take"].value() == Decision.CORRECT
        inner = f"{prefix}-as"
        # What waits for a person's word stands beside its field, and never in it.
        shown = over_theirs(proposed, keeps_judged=True)
        initial = _sent(data, inner) or recorded(shown)
        # What was typed and then not chosen is shown again, and held to nothing.
        filled = {"data": data} if is_checked and self.corrects else {"initial": initial}
        self.correction = correction_form(proposed.found, on=on, catalogue=catalogue, **filled)
        self.correction.prefix = inner
        show_unsure(self.correction, proposed.found)

    @property
    def found(self) -> Found:
        return self.proposed.found

    def name_in_summary(self, title: str) -> None:
        """Put the find's own words before what is wrong with it, in the list of all faults."""
        for form in (self.decision, self.correction):
            form.title = title  # type: ignore[attr-defined]

    @property
    def faulty(self) -> list[forms.Form]:
        """The forms of this find in which something is to be put right."""
        return [form for form in (self.decision, self.correction) if form.errors]

    def is_valid(self) -> bool:
        """Check the choice, and what was typed where it corrects."""
        if not self.decision.is_valid() or not self.corrects:
            return not self.decision.errors
        return self.correction.is_valid() and follows_the_rules(self.correction, self.found)

    @cached_property
    def accepted(self) -> Found | None:
        """The find as it is to be used; None where it is left out."""
        match self.decision.cleaned_data.get("take"):
            case Decision.USE:
                return over_theirs(self.proposed)
            case Decision.CORRECT:
                told = answered(self.correction.cleaned_data)
                # What no field here shows is kept for their own course alone.
                keeps = is_their_course(self.proposed, told)
                return as_corrected(over_theirs(self.proposed, keeps_judged=keeps), told)
        return None

    @property
    def replaces(self) -> bool:
        """Whether the person took this in the place of their own answer."""
        return self.proposed.conflicts or (self.corrects and self.proposed.held is not None)


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
        presets: bool = True,
        knows_whose: bool = False,
        keeps_by_default: bool = True,
        data: QueryDict | None = None,
        is_checked: bool = False,
        keeps_answers: bool = False,
    ) -> None:
        self.person = person
        # Cards that were chosen upon stay, though by now the answers may say the same.
        chosen = {} if data is None else data
        filled = {"data": data} if is_checked else {"initial": _sent(data, PLAN)}
        self.treatment = TreatmentForm(**filled) if asks_treatment else None
        proposed = proposal(record, person)
        # Of another age than was answered, it may be somebody else's.
        self.other_age = None if knows_whose else other_age(proposed)
        scores = latest_first(record.found)
        offered = {key for keys in scores.values() for key in keys[:MOST_SCORES]}
        older = {key for keys in scores.values() for key in keys[1:]}
        self.finds = [
            FindForms(
                number,
                one,
                is_older=one.found.key in older,
                preset=preset_of(
                    one,
                    is_latest=one.found.key not in older,
                    keeps_by_default=keeps_by_default,
                    is_doubted=self.other_age is not None,
                )
                if presets
                else None,
                on=on,
                catalogue=catalogue,
                data=data,
                is_checked=is_checked,
                keeps_answers=keeps_answers,
            )
            for number, one in enumerate(proposed)
            if (one.found.kind is not Kind.SCORE or one.found.key in offered)
            and (f"{FIND}-{number}-take" in chosen or not one.is_answered)
            and is_asked_about(one.found)
        ]
        # What a diagnosis brings along stands after all diagnoses, so that these can be compared.
        self.finds.sort(
            key=lambda one: (GROUPS.index(group_of(one.found)), one.found.kind is Kind.ANSWER)
        )
        shown = {one.found.key for one in self.finds}
        hidden = [one for one in proposed if one.found.key not in shown]
        self.answered = [
            one.found for one in hidden if one.is_answered and is_asked_about(one.found)
        ]
        self.unasked = [one.found for one in hidden if not is_asked_about(one.found)]
        self.older = [one.found for one in hidden if one.found.kind is Kind.SCORE]

    @property
    def to_correct(self) -> list[forms.Form]:
        """The forms in which something is to be put right, in the order of the page."""
        asked = [self.treatment] if self.treatment and self.treatment.errors else []
        return [*asked, *(form for one in self.finds for form in one.faulty)]

    def is_valid(self) -> bool:
        """Check each find, and then all of them together; once."""
        return self._is_valid

    @cached_property
    def _is_valid(self) -> bool:
        are_valid = [one.is_valid() for one in self.finds]
        is_asked_well = self.treatment is None or self.treatment.is_valid()
        if not all(are_valid) or not is_asked_well:
            return False
        self._refuse_two_scores()
        self._refuse_what_does_not_fit()
        return not self.to_correct

    @cached_property
    def taken(self) -> tuple["FindForms", ...]:
        """The finds that are used, as they are or corrected, and change an answer."""
        return tuple(
            one
            for one in self.finds
            if one.accepted is not None and _changes(self.person, one, one.accepted)
        )

    @property
    def stayed_out(self) -> tuple["FindForms", ...]:
        """The finds that were left out."""
        return tuple(one for one in self.finds if one.accepted is None)

    @cached_property
    def situation(self) -> Situation:
        """What the person answered, with what they took from the record."""
        taken = [(one, found) for one in self.finds if (found := one.accepted) is not None]
        chosen = {found.key for one, found in taken if one.replaces}
        situation = apply(self.person, (found for _one, found in taken), chosen=chosen)
        if self.treatment is None:
            return situation
        return replace(situation, treatment=Treatment(self.treatment.cleaned_data["treatment"]))

    @property
    def preset_situation(self) -> Situation:
        """The same with what is chosen before anyone has looked."""
        used = [one.found for one in self.finds if one.preset is Decision.USE]
        return apply(self.person, map(sure_part, used))

    def _refuse_two_scores(self) -> None:
        used = {one.found.key: one for one in self.finds if one.accepted is not None}
        for keys in latest_first(one.found for one in used.values()).values():
            for older in keys[1:]:
                used[older].decision.add_error("take", _("Use one score of a scale: the latest."))

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


def _changes(person: Situation, one: FindForms, found: Found) -> bool:
    chosen = {found.key} if one.replaces else set()
    return apply(person, [found], chosen=chosen) != person


def _sent(data: QueryDict | None, prefix: str) -> dict[str, Any]:
    """What was sent for one form, to be shown again."""
    return {} if data is None else as_typed(data, prefix)
