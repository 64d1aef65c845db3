"""Form fields for facts of the vocabulary, and the way from a fault back to its field."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.formats import get_format
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from policies import vocabulary
from policies.faults import Fault
from policies.language import said, said_lazy
from policies.situation import LineOfBusiness, Treatment
from policies.vocabulary import FactDefinition, FactType

UNKNOWN = "unknown"
DONT_KNOW = (UNKNOWN, _("I don't know"))
YES_NO = [("yes", _("Yes")), ("no", _("No")), DONT_KNOW]
NOT_IN_LIST = {"invalid_choice": _("Choose one of the answers in the list.")}
LINES = [(one.value, said_lazy(one.label)) for one in LineOfBusiness]
TREATMENTS = [(one.value, said_lazy(one.label)) for one in Treatment]
CHOOSE_ONE = _("Choose one")
# A unit behind the number is what the label asks for, written once more.
NUMBER = re.compile(r"(-?\d{1,6}(?:\.\d{1,3})?)\s*(?:mg|%|weeks?|years?|semanas?|años?)?\.?")


class NumberField(forms.CharField):
    """A number in a text field, so that a slip of the hand is told and not swallowed."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(widget=widget, required=False, max_length=20, **options)

    def clean(self, value: object) -> int | float | None:
        text = super().clean(value)
        if not text:
            return None
        found = NUMBER.fullmatch(text.casefold())
        if found is None:
            raise forms.ValidationError(_("Enter a number in figures, for example 12."))
        return float(found[1]) if "." in found[1] else int(found[1])


class DateField(forms.DateField):
    """A day, by the browser's own picker."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        message = {"invalid": _("Enter a date like 3/14/2026.")}
        super().__init__(
            widget=widget,
            required=False,
            error_messages=message,
            # In the United States a date starts with the month, in Spanish too.
            input_formats=get_format("DATE_INPUT_FORMATS", lang="en"),
            **options,
        )


def as_typed(data: QueryDict, prefix: str) -> dict[str, Any]:
    """What was sent for one form, to be shown again as it was typed; of one sent twice the last."""
    inner = f"{prefix}-"
    lists = {one.name for one in vocabulary.facts().values() if one.type is FactType.SET}
    return {
        field: values if field in lists | {"other_conditions"} else values[-1]
        for name, values in data.lists()
        if name.startswith(inner) and values
        for field in [name.removeprefix(inner)]
    }


def radios(choices: Iterable[Any], **options: Any) -> forms.ChoiceField:
    """A choice with every answer in view; none chosen is no answer."""
    options.setdefault("required", False)
    messages = NOT_IN_LIST | options.pop("error_messages", {})
    return forms.ChoiceField(
        choices=list(choices), widget=forms.RadioSelect, error_messages=messages, **options
    )


def yes_or_no(**options: Any) -> forms.TypedChoiceField:
    """Yes, no and "I don't know", which is no answer."""
    return forms.TypedChoiceField(
        choices=YES_NO,
        coerce={"yes": True, "no": False}.get,
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
        error_messages=NOT_IN_LIST,
        **options,
    )


def select(
    choices: Iterable[Any] | Callable[[], Iterable[Any]], *, empty: Any = CHOOSE_ONE, **options: Any
) -> forms.ChoiceField:
    """A choice from a long list, or from one that is made anew for each page."""
    options.setdefault("required", False)
    messages = NOT_IN_LIST | options.pop("error_messages", {})

    def listed() -> list[Any]:
        return [("", empty), *(choices() if callable(choices) else choices)]

    return forms.ChoiceField(
        choices=listed if callable(choices) else listed(), error_messages=messages, **options
    )


def field_for(definition: FactDefinition, *, as_select: bool = False) -> forms.Field:
    """The field that asks for a fact, in the patient's words."""
    # Help may carry markup of its own in this form library; the vocabulary's is plain text.
    help_text: SafeString = conditional_escape(said(definition.help))
    options: dict[str, Any] = {"label": said(definition.question), "help_text": help_text}
    match definition.type:
        case FactType.BOOLEAN:
            return yes_or_no(**options)
        case FactType.NUMBER:
            return NumberField(**options)
        case FactType.DATE:
            return DateField(**options)
        case FactType.TEXT:
            widget = forms.TextInput(attrs={"autocomplete": "off"})
            return forms.CharField(required=False, max_length=200, widget=widget, **options)
        case FactType.SET:
            return forms.MultipleChoiceField(
                choices=_choices(definition),
                widget=forms.CheckboxSelectMultiple,
                required=False,
                error_messages=NOT_IN_LIST,
                **options,
            )
        case FactType.CHOICE:
            choices = [*_choices(definition), DONT_KNOW]
            return select(choices, **options) if as_select else radios(choices, **options)


def _choices(definition: FactDefinition) -> list[tuple[str, str]]:
    return [(value, said(label)) for value, label in (definition.choices or {}).items()]


def answered(values: Mapping[str, Any]) -> dict[str, Any]:
    """The cleaned answers without those that were not given.

    >>> answered({"age": 41, "dementia": False, "prescriber": "unknown", "dose": ""})
    {'age': 41, 'dementia': False}
    """
    return {name: value for name, value in values.items() if value not in (None, "", [], UNKNOWN)}


def in_language(fault: Fault) -> Fault:
    """The same fault in the language of the page."""
    values = {
        name: said(value) if isinstance(value, str) else value
        for name, value in fault.values.items()
    }
    text = said(fault.text)
    return Fault(fault.place, text.format(**values) if values else text)


def show(form: forms.Form, name: str | None, fault: Fault) -> None:
    """Put a fault beside its field, as a sentence."""
    message = in_language(fault).message
    message = message[:1].upper() + message[1:]
    form.add_error(name if name in form.fields else None, message.rstrip(".") + ".")
