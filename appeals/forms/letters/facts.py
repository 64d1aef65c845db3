"""The facts of a letter, a few on a screen; what stays empty becomes a marked gap."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appeals.forms.letters.numbers import wrong_number
from appeals.letters.case import Value
from appeals.letters.facts import FactType, LetterFact, letter_facts
from policies.faults import printable
from policies.forms.fields import DONT_KNOW, UNKNOWN, DateField, radios
from policies.language import said

PREFIX = "told"
MOST = {FactType.TEXT: 200, FactType.LINES: 2_000}
MOST_LINES = 60
EARLIEST_YEAR, MOST_YEARS_AHEAD = 1900, 3
# What lies behind whoever writes.
PAST = frozenset({"patient_born_on", "clinician_examined_on", "notice_on"})
# What a browser may fill in for the person who signs.
PURPOSES = {
    "name": "name",
    "address": "street-address",
    "phone": "tel",
    "born_on": "bday",
}


class _Text(forms.CharField):
    """A text whose length is told and not cut by the browser."""

    def __init__(self, *, most: int, **options: Any) -> None:
        super().__init__(
            required=False,
            max_length=most,
            error_messages={
                "max_length": gettext_lazy(
                    "That is %(show_value)d characters. Shorten it to %(limit_value)d."
                )
            },
            **options,
        )

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}

    def to_python(self, value: Any) -> str:
        return super().to_python(printable(str(value)) if value else "") or ""

    def validate(self, value: str) -> None:
        super().validate(value)
        lines = sum(1 for line in value.split("\n") if line.strip())
        if lines > MOST_LINES:
            raise ValidationError(
                _("That is %(length)d lines. Shorten it to %(most)d."),
                params={"length": lines, "most": MOST_LINES},
            )


class FactsForm(forms.Form):
    """The facts named, in the words of the page; `signer` is whose name can't be left out."""

    def __init__(
        self,
        data: Any = None,
        *,
        names: Iterable[str],
        signer: str,
        on: dt.date,
        is_denied: bool = True,
        initial: Any = None,
        aim: str = "",
    ) -> None:
        super().__init__(data, prefix=PREFIX, initial=initial, use_required_attribute=False)
        self.on = on
        self.signer = signer
        for name in names:
            self.fields[name] = _field_for(
                letter_facts()[name],
                is_denied=is_denied,
                is_clinician=signer == "clinician_name",
            )
            purpose = _purpose(name, signer)
            self.fields[name].widget.attrs.setdefault("autocomplete", purpose)
        if aim in self.fields:
            self.fields[aim].widget.attrs["autofocus"] = True
        if signer in self.fields:
            self.fields[signer].required = True
            self.fields[signer].error_messages["required"] = _(
                "Enter the name: it is the one thing that a letter can't do without."
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for name, value in [*cleaned.items()]:
            if isinstance(value, str) and (wrong := wrong_number(name, value)):
                self.add_error(name, wrong)
            if not isinstance(value, dt.date):
                continue
            if name in PAST and value > self.on:
                self.add_error(name, _("Enter a day up to today."))
            elif not EARLIEST_YEAR <= value.year <= self.on.year + MOST_YEARS_AHEAD:
                self.add_error(name, _("Is the year right?"))
        return cleaned

    @property
    def told(self) -> Mapping[str, Value]:
        """What was told and is right."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if value and value != UNKNOWN and name not in self.errors
        }


def _field_for(fact: LetterFact, *, is_denied: bool, is_clinician: bool) -> forms.Field:
    # Help may carry markup of its own in this form library; that of the facts is plain text.
    help_text: SafeString = conditional_escape(said(fact.help_for(is_clinician=is_clinician)))
    question = fact.question_for(is_denied=is_denied, is_clinician=is_clinician)
    options: dict[str, Any] = {"label": said(question), "help_text": help_text}
    match fact.type:
        case FactType.DATE:
            return DateField(**options)
        case FactType.CHOICE:
            choices = [(value, said(label)) for value, label in fact.choices.items()]
            return radios([*choices, DONT_KNOW], **options)
        case FactType.LINES:
            return _Text(most=MOST[fact.type], widget=forms.Textarea(attrs={"rows": 4}), **options)
        case FactType.TEXT:
            return _Text(most=MOST[fact.type], widget=forms.TextInput(), **options)


def _purpose(name: str, signer: str) -> str:
    """The browser knows the name and address of who sits before it, and of nobody else."""
    whose = signer.removesuffix("name")
    return PURPOSES.get(name.removeprefix(whose), "off") if name.startswith(whose) else "off"
