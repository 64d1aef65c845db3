"""An edition as one text: read when it is saved, with every fault at its line."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import format_html

from policies.catalogue import Edition
from policies.catalogue.reading import read_edition
from policies.catalogue.writing import write_edition
from policies.catalogue.yaml_text import read_yaml, write_yaml
from policies.draft_states import last_step, working_of
from policies.faults import InputError
from policies.models import Policy, PolicyVersion
from policies.outline.data import to_edition_data
from policies.publishing import fill_version

EXAMPLE = """\
effective: 2026-01-01      # as printed: a day, a month (2026-01), or leave the line out
last_reviewed: 2025-11
is_read_whole: false       # true only when the whole document was read
sources:
  page:
    kind: live_document    # or stored_copy, second_hand
    read_on: 2026-11-25
    read_by: your name     # everyone sees it
    description: What was read, in your words.
    url: https://example.org/policy
positions:
  - treatment: iv_ketamine
    indications: [treatment_resistant_depression]
    coverage: covered_with_criteria
    prior_authorization: required
    criteria:
      label: All of the following
      all_of:
        - label: 18 years or older
          fact: age
          min: 18
          source: {from: page, section: Criteria 1}
"""

# Said with what was typed meanwhile.
IN_REVIEW = (
    "This edition is in review, where nothing changes. Your text is still here: take the edition "
    "back at “Review”, then save."
)


def text_of(edition: Edition) -> str:
    """An edition as the text that an editor sees."""
    return write_yaml(write_edition(edition))


def text_of_draft(version: PolicyVersion) -> str:
    """A draft as text, faults and all."""
    data = to_edition_data(working_of(version))
    try:
        return text_of(read_edition(data))
    except InputError:
        return write_yaml(data)


class PolicyVersionForm(forms.ModelForm[PolicyVersion]):
    """One text holds the edition: dates, sources, positions and notes."""

    text = forms.CharField(
        label="Edition",
        widget=forms.Textarea(attrs={"rows": 40, "cols": 110, "spellcheck": "false"}),
        strip=False,
        help_text="Its dates, what was read, and its positions with their criteria. "
        "Every fault is named with its line when you save, and nothing you typed is lost.",
    )
    # How often the draft had been saved when the page was made.
    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False)
    edition: Edition | None = None
    is_stale = False

    class Meta:
        model = PolicyVersion
        fields = ["policy"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_held = self.instance.pk is not None
        self.initial["text"] = text_of_draft(self.instance) if is_held else ""
        self.initial["based_on"] = self.instance.counter
        if not is_held:
            self.fields["text"].required = False
            self.fields["text"].help_text = format_html(
                "An edition as text looks like this:<pre>{}</pre>", EXAMPLE
            )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if not text.strip():
            return ""  # a new draft, to be written line by line
        try:
            held = read_yaml(text)
        except InputError as error:
            raise ValidationError([str(fault) for fault in error.faults]) from error
        try:
            self.edition = read_edition(held.data)
        except InputError as error:
            lines = [f"Line {held.line_of(fault.place)}: {fault}" for fault in error.faults]
            raise ValidationError(lines) from error
        return text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        chosen: Policy | None = cleaned.get("policy")
        # Only a new version has its policy in the form; that of a held one stays.
        is_held = self.instance.pk is not None
        if self.instance.submitted_at is not None:
            raise ValidationError(IN_REVIEW)
        if is_held and cleaned.get("based_on") not in (None, self.instance.counter):
            self.is_stale = self.edition is not None
            raise ValidationError(self._said_meanwhile())
        if self.edition is not None and (chosen is not None or is_held):
            if chosen is not None:
                self.instance.policy = chosen
            fill_version(self.instance, self.edition)
            try:
                self.instance.full_clean()
            except ValidationError as error:
                # The columns are not fields of this form, so their faults stand above it.
                raise ValidationError(error.messages) from error
        return cleaned

    def _said_meanwhile(self) -> str:
        step = last_step(self.instance)
        who = step.by if step and step.by else "Someone else"
        at = f" at {timezone.localtime(step.at):%H:%M}" if step else ""
        return (
            f"{who} saved this draft{at}, while you were writing. Your text is still here: press "
            "“Join the two texts” to keep what both of you changed."
        )
