"""One question of the interview that finds the kind of plan."""

from typing import Any

from django import forms
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from appeals.law.finder_data import Question
from policies.forms.fields import radios, select
from policies.language import said

PREFIX = "kind"
# More than these are looked up in a list.
MOST_RADIOS = 14


class FinderForm(forms.Form):
    """The question, with its choices in the patient's words."""

    def __init__(self, data: Any = None, *, question: Question, initial: Any = None) -> None:
        super().__init__(data, prefix=PREFIX, initial=initial, use_required_attribute=False)
        self.question = question
        choices = [(one.id, said(one.label)) for one in question.choices]
        # Help may carry markup of its own in this form library; the interview's is plain text.
        help_text: SafeString = conditional_escape(said(question.help))
        options: dict[str, Any] = {
            "label": said(question.text),
            "help_text": help_text,
            "required": True,
            "error_messages": {"required": _("Choose an answer, or “I don't know”.")},
        }
        is_long = len(choices) > MOST_RADIOS
        self.fields[question.id] = (
            select(choices, **options) if is_long else radios(choices, **options)
        )
