"""How a page of the clinic asks for the facts of a letter: whose they are, and what differs.

Both are done to a form before it is cleaned, for a field keeps its words from then on.
"""

import datetime as dt
from collections.abc import Mapping

from django.utils.html import format_html

from appeals.forms.letters import FactsForm
from appeals.letters.facts import FactType, letter_facts
from appeals.models import Clinician
from policies.wording.dates import date


def ask_of_clinic(form: FactsForm, clinician: Clinician | None) -> None:
    """Name whose number or day is meant: whoever fills in the page is seldom the clinician."""
    name = str(clinician) if clinician is not None else "the clinician"
    for one, field in form.fields.items():
        if letter_facts()[one].of_clinician:
            asked = letter_facts()[one].question
            asked = asked.replace("The clinician", f"{name[:1].upper()}{name[1:]}")
            field.label = asked.replace("the clinician", name)


def what_differs(form: FactsForm, of_notice: Mapping[str, str]) -> tuple[str, ...]:
    """The facts that stand in the form otherwise than on the notice."""
    return tuple(
        name
        for name, text in of_notice.items()
        if name in form.fields
        and _flat(str(form.data.get(form.add_prefix(name), ""))) != _flat(text)
    )


def tell_what_differs(form: FactsForm, of_notice: Mapping[str, str]) -> None:
    """Say at each such field what the notice has."""
    for name in what_differs(form, of_notice):
        field, text = form.fields[name], of_notice[name]
        is_day = letter_facts()[name].type is FactType.DATE
        said = date(dt.date.fromisoformat(text)) if is_day else ", ".join(text.splitlines())
        field.help_text = format_html(
            "{}<strong>The newest notice says otherwise:</strong> {}",
            format_html("{} ", field.help_text) if field.help_text else "",
            said,
        )


def _flat(text: str) -> str:
    return " ".join(text.split()).casefold()
