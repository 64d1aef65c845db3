"""The PHQ-9, to be filled in here: its one product is a score that is called self-completed."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from policies import terms
from policies.forms.fields import radios

PREFIX = "phq9"
SCALE = "phq9"
ITEMS = range(1, 10)
# The item that asks about thoughts of death and self-harm.
SUICIDE_ITEM = 9


@cache
def wordings() -> dict[str, Any]:
    """The published wordings by language, with their source."""
    path = Path(terms.__file__).with_name("phq9.yaml")
    found: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return found


class Phq9Form(forms.Form):
    """The nine items of the PHQ-9 in the words they were published in."""

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, prefix=PREFIX, use_required_attribute=False, **options)
        self.words = wordings()[get_language() or "en"]
        answers = [(str(points), text) for points, text in enumerate(self.words["answers"])]
        for number in ITEMS:
            self.fields[str(number)] = radios(
                answers,
                label=self.words["items"][number - 1],
                required=True,
                error_messages={"required": _("Choose an answer, or go back without a score.")},
            )

    @property
    def score(self) -> int:
        """The sum of the nine answers, from 0 to 27."""
        return sum(int(self.cleaned_data[str(number)]) for number in ITEMS)


def names_thoughts_of_suicide(data: Any) -> bool:
    """Whether the ninth item was answered with anything but "not at all"."""
    return data.get(f"{PREFIX}-{SUICIDE_ITEM}", "0") not in ("", "0")
