"""The dates on a notice, what it answers, and the last day it names."""

import datetime as dt
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as N_

from appeals.denial import Notice, printed
from appeals.denied import FIRST_DECISION, LATER_DECISION
from appeals.forms.notice import NoticeForm
from appeals.law.spans import Span, Unit
from appeals.law.stages import Stage
from appeals.notice_days import Slip, can_be_printed, slips
from appeals.routes import SECOND_INTERNAL
from policies.forms.fields import DateField, NumberField, radios, select
from policies.language import said

UNITS = [("days", gettext_lazy("days")), ("months", gettext_lazy("months"))]
# Where the kind of plan is open, so are its steps.
FIRST = (FIRST_DECISION, gettext_lazy("The first decision"))
LATER = (LATER_DECISION, gettext_lazy("The answer to an appeal, or to a later step"))
SLIPS = {
    Slip.NOT_YET: gettext_lazy("Enter a day up to today."),
    Slip.LONG_AGO: gettext_lazy("That is many years ago. Is the year right?"),
    Slip.CAME_BEFORE_NOTICE: gettext_lazy("It can't have come before the date printed on it."),
    Slip.ENDS_BEFORE_NOTICE: gettext_lazy("The last day can't be before the date of the notice."),
    Slip.YEARS_AHEAD: gettext_lazy("That is years ahead. Is the year right?"),
    Slip.NO_SECOND_APPEAL: gettext_lazy(
        "This is only for the answer to a second appeal. Choose that, or empty it."
    ),
    Slip.FINAL_AFTER_NOTICE: gettext_lazy(
        "The answer to the first appeal came before this notice."
    ),
}


class DatesForm(NoticeForm):
    """The dates on the notice, what it answers, and the last day it names."""

    folded = ("printed_again_on", "printed_for", "received_on", "asked_on")
    fold_title = N_("More about these dates, which few need")

    notice_on = DateField(
        label=gettext_lazy("Which date is printed on the notice?"),
        help_text=gettext_lazy(
            "The date of the notice itself, often near the top. Not your birthday, the day of "
            "treatment, the day they got the request, or the day it came in the mail."
        ),
    )
    is_date_checked = forms.BooleanField(
        required=False,
        label=gettext_lazy("I looked at the notice, and this is the date printed on it."),
    )
    has_no_date = forms.BooleanField(
        required=False, label=gettext_lazy("The notice has no date on it")
    )
    answers = radios(
        [],
        required=True,
        label=gettext_lazy("What is this notice?"),
        help_text=gettext_lazy("The first no, or the answer to an appeal you already made?"),
        error_messages={"required": gettext_lazy("Choose what this notice is.")},
    )
    first_final_on = DateField(
        label=gettext_lazy(
            "Only if it answers a second appeal: the date on the answer to the first"
        ),
        help_text=gettext_lazy(
            "The time for an outside review may run from that answer, so we count from it."
        ),
    )
    printed_on = DateField(
        label=gettext_lazy("Does it print a last day to appeal? (optional)"),
        help_text=gettext_lazy(
            "Only a day that it prints, for example “no later than June 3, 2026”."
        ),
    )
    printed_again_on = DateField(
        label=gettext_lazy("The last day it prints, typed once more from the notice"),
        help_text=gettext_lazy(
            "Only if it is later than the day we count. A later day stands first only if you "
            "typed it twice."
        ),
    )
    printed_amount = NumberField(
        label=gettext_lazy("Or does it name a number of days or months? (optional)"),
        help_text=gettext_lazy("For example 180, where it says “within 180 days”."),
    )
    printed_unit = radios(UNITS, label=gettext_lazy("Days or months?"))
    printed_for = select(
        [],
        empty=gettext_lazy("The next step"),
        label=gettext_lazy("Which step is that last day for?"),
    )
    received_on = DateField(
        label=gettext_lazy("The day it came, if you can prove it (optional)"),
        help_text=gettext_lazy("For example by a delivery receipt. It never moves the safe date."),
    )
    asked_on = DateField(
        label=gettext_lazy("If an appeal was never answered: the day you asked"),
        help_text=gettext_lazy("Then say that the notice has no date, for there is none."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        is_read: bool = False,
        knows_every_step: bool = True,
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        self.is_read = is_read
        if not is_read:
            del self.fields["is_date_checked"]
        answers = cast("forms.ChoiceField", self.fields["answers"])
        answers.choices = [(one.step, _answer_label(one)) for one in self.stages]
        if not knows_every_step:
            answers.choices = [*(answers.choices or [FIRST]), LATER]
        later = cast("forms.ChoiceField", self.fields["printed_for"])
        later.choices = [
            *cast("list[Any]", later.choices),
            *((one.step, said(one.name)) for one in self.stages if not one.is_decision),
        ]
        if SECOND_INTERNAL not in {one.step for one in self.stages}:
            del self.fields["first_final_on"]
        if not self.stages:
            del self.fields["printed_for"]
        if not any(one.filing.if_silent for one in self.stages):
            del self.fields["asked_on"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self._check_notice_date(cleaned)
        self._check_printed(cleaned)
        self._check_step(cleaned)
        for name, slip in slips(cleaned, answers=cleaned.get("answers"), on=self.on):
            self.add_error(name, SLIPS[slip])
        return cleaned

    def _check_notice_date(self, cleaned: dict[str, Any]) -> None:
        if "notice_on" in self.errors:
            return
        if cleaned.get("notice_on") is None:
            if not cleaned.get("has_no_date"):
                self.add_error(
                    "notice_on",
                    _("Enter the date printed on the notice, or say that it has none."),
                )
        elif cleaned.get("has_no_date"):
            self.add_error("has_no_date", _("Take away the date, or this mark."))
        elif self.is_read and not cleaned.get("is_date_checked"):
            self.add_error(
                "is_date_checked",
                _("Look at the notice, put the date right if it is wrong, and mark this."),
            )

    def _check_printed(self, cleaned: dict[str, Any]) -> None:
        again = cleaned.get("printed_again_on")
        if again and cleaned.get("printed_on") != again:
            self.add_error(
                "printed_again_on",
                _("The two last days differ. Look at the notice and type both again."),
            )
        amount = cleaned.get("printed_amount")
        if amount is None:
            return
        unit = cleaned.get("printed_unit")
        if not unit:
            self.add_error("printed_unit", _("Choose days or months."))
        elif not isinstance(amount, int) or not can_be_printed(Span(amount, Unit(unit))):
            self.add_error("printed_amount", _("Enter a whole number, for example 180."))

    def _check_step(self, cleaned: dict[str, Any]) -> None:
        steps = [one.step for one in self.stages]
        wanted, answers = cleaned.get("printed_for"), cleaned.get("answers")
        if wanted and answers in steps and steps.index(wanted) <= steps.index(answers):
            self.add_error("printed_for", _("That step is over. Choose one that is still to come."))

    def notice(self, *, action_on: dt.date | None) -> Notice:
        """The days as told; a printed length of time is counted from the date of the notice."""
        told = self.cleaned_data
        notice_on, limit = told.get("notice_on"), None
        if told.get("printed_amount"):
            limit = Span(told["printed_amount"], Unit(told["printed_unit"]))
        printed_on, limit = printed(notice_on, told.get("printed_on"), limit)
        return Notice(
            notice_on=notice_on,
            received_on=told.get("received_on"),
            printed_on=printed_on,
            printed_limit=limit,
            is_printed_twice=told.get("printed_again_on") is not None,
            first_final_on=told.get("first_final_on"),
            action_on=action_on,
            asked_on=told.get("asked_on"),
        )


def _answer_label(stage: Stage) -> str:
    if stage.is_decision:
        return _("The first decision")
    return _("The answer to: %(step)s") % {"step": said(stage.name)}
