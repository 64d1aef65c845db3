"""What was asked for, what it is for, and how the treatment stands."""

import datetime as dt
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appeals.forms.notice import NoticeForm
from appeals.law.plan_types import PlanType
from appeals.law.stages import Service
from policies.forms.choices import grouped_conditions
from policies.forms.fields import (
    DONT_KNOW,
    TREATMENTS,
    UNKNOWN,
    DateField,
    radios,
    select,
    yes_or_no,
)

# A day further off is a slip of the hand.
MOST_DAYS_AWAY = 732
SERVICES = [
    (Service.PRE_SERVICE, gettext_lazy("It was asked for, and not given yet")),
    (Service.POST_SERVICE, gettext_lazy("It was given, and this is about the claim or the bill")),
    (
        Service.CONCURRENT,
        gettext_lazy("It was going on with the plan's yes, and they cut or end it"),
    ),
]


class AskedForm(NoticeForm):
    """What was asked for, what it is for, and how it stands."""

    treatment = radios(
        [*TREATMENTS, DONT_KNOW], label=gettext_lazy("Which treatment did they refuse?")
    )
    condition = select(
        [],
        empty=gettext_lazy("Choose what it is for"),
        label=gettext_lazy("What is the treatment for?"),
        help_text=gettext_lazy("Some rights are only for mental health conditions."),
    )
    service = radios(
        [*((one.value, label) for one, label in SERVICES), DONT_KNOW],
        label=gettext_lazy("How does the treatment stand?"),
    )
    action_on = DateField(
        label=gettext_lazy("If care is cut or ends: on which day? (optional)"),
        help_text=gettext_lazy("The notice often calls it the effective date, or date of action."),
    )
    is_urgent = yes_or_no(
        label=gettext_lazy(
            "Does your clinician say that waiting the ordinary time could seriously harm you?"
        ),
        help_text=gettext_lazy(
            "There is a faster way for that. A clinician has to say it, and only if it is so."
        ),
    )

    def clean_action_on(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["action_on"]
        if day is not None and abs((day - self.on).days) > MOST_DAYS_AWAY:
            raise forms.ValidationError(_("That is years away. Is the year right?"))
        return day

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        condition = cast("forms.ChoiceField", self.fields["condition"])
        condition.choices = [*cast("list[Any]", condition.choices), *grouped_conditions()]

    @property
    def service_kind(self) -> Service | None:
        """How it stands; a drug that the clinic gives under Part B has times of its own."""
        told = self.cleaned_data.get("service")
        if told in (None, "", UNKNOWN):
            return None
        is_part_b = self.plan_types == (PlanType.MEDICARE_ADVANTAGE,)
        if is_part_b and told == Service.PRE_SERVICE:
            return Service.PART_B_DRUG
        return Service(told)
