"""The calculator's form: what a course may cost, and what a plan may pay back of it."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from policies import guide
from policies.forms.fields import NumberField
from policies.guide.costs import Course, Dollars, PlanTerms

MOST_SESSIONS = 60
_DOLLARS = re.compile(r"\$? ?(\d{1,6}|\d{1,3},\d{3})(\.\d{1,2})?")
_OF_THE_PLAN = ("allowed", "deductible_left", "share_percent")


class DollarsField(forms.CharField):
    """An amount of money as people write it: 400, $1,250 or 99.50."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(widget=widget, required=False, max_length=12, **options)

    def clean(self, value: object) -> Decimal | None:
        text = super().clean(value)
        if not text:
            return None
        if not _DOLLARS.fullmatch(text):
            raise forms.ValidationError(gettext("Enter dollars in figures, for example 450."))
        return Decimal(text.strip("$ ").replace(",", ""))


class CountField(NumberField):
    """A whole number up to `most`."""

    def __init__(self, *, most: int, **options: Any) -> None:
        self.most = most
        super().__init__(**options)

    def clean(self, value: object) -> int | None:
        number = super().clean(value)
        if number is not None and (number != int(number) or not 0 <= number <= self.most):
            raise forms.ValidationError(
                gettext("Enter a whole number from 0 to %(most)s.") % {"most": self.most}
            )
        return None if number is None else int(number)


class CostForm(forms.Form):
    """A course of infusions, and the terms of a plan that pays back; its products are both."""

    sessions = CountField(most=MOST_SESSIONS, label=_("How many infusions?"))
    session_price = DollarsField(
        label=_("What does one infusion cost, in dollars?"),
        help_text=_("Leave it empty if you don't know. We then use what is often advertised."),
    )
    visits = CountField(most=MOST_SESSIONS, label=_("How many other visits, such as a first one?"))
    visit_price = DollarsField(label=_("What does one such visit cost, in dollars?"))
    allowed = DollarsField(
        label=_("How much does the plan count for one infusion, in dollars?"),
        help_text=_("Ask the plan for its allowed amount out of network."),
    )
    deductible_left = DollarsField(
        label=_("How much of your deductible is left, in dollars?"),
        help_text=_("Care outside the network often has one of its own."),
    )
    share_percent = CountField(
        most=100,
        label=_("Which share do you pay after that, in percent?"),
        help_text=_("The plan calls it coinsurance."),
    )

    def clean_sessions(self) -> int:
        sessions: int | None = self.cleaned_data["sessions"]
        if not sessions:
            raise forms.ValidationError(
                gettext("Enter how many infusions, for example 6."), code="required"
            )
        return sessions

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("visits") and cleaned.get("visit_price") is None:
            self._ask_for("visit_price", gettext("Enter what one visit costs, or 0."))
        given = [name for name in _OF_THE_PLAN if cleaned.get(name) is not None]
        if given and len(given) < len(_OF_THE_PLAN):
            for name in _OF_THE_PLAN:
                if name not in given:
                    self._ask_for(
                        name,
                        gettext(
                            "Fill in all three answers on your plan, or leave all three empty."
                        ),
                    )
        return cleaned

    def _ask_for(self, name: str, message: str) -> None:
        if name not in self.errors:
            self.add_error(name, message)

    @property
    def uses_advertised_price(self) -> bool:
        return self.cleaned_data["session_price"] is None

    def course(self) -> Course:
        price: Decimal | None = self.cleaned_data["session_price"]
        advertised = guide.fact("ketamine_cost").figures
        return Course(
            sessions=self.cleaned_data["sessions"],
            session_price=Dollars(Decimal(advertised["low"]), Decimal(advertised["high"]))
            if price is None
            else Dollars.exactly(price),
            visits=self.cleaned_data["visits"] or 0,
            visit_price=self.cleaned_data["visit_price"] or Decimal(0),
        )

    def plan_terms(self) -> PlanTerms | None:
        """What was told of the plan; None where it was left empty."""
        if self.cleaned_data["allowed"] is None:
            return None
        return PlanTerms(
            allowed=self.cleaned_data["allowed"],
            deductible_left=self.cleaned_data["deductible_left"],
            share_percent=Decimal(self.cleaned_data["share_percent"]),
        )
