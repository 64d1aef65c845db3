"""Answers kept as a file by the person they belong to: written, and read back into the page."""

import json
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from policies.forms.choices import NOT_LISTED
from policies.forms.fields import UNKNOWN, in_language
from policies.forms.history import SCORES, TRIED
from policies.forms.plan import PREFIX as PLAN
from policies.forms.questions import FACTS, MOST_ROWS
from policies.screens.memory import AT, Step
from policies.situation import Situation, SituationError

# As many treatments as the check takes, with every detail, take less than this.
MOST_BYTES = 200_000
WORDS = {True: "yes", False: "no"}


class SavedAnswersError(Exception):
    """A file that holds no answers of this site; `faults` says why, for its owner."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__(" ".join(faults))
        self.faults = faults


def read_saved(raw: bytes) -> QueryDict:
    """The fields of the check, as if everything in the file had just been typed."""
    if len(raw) > MOST_BYTES:
        raise SavedAnswersError((_("The file is too large to hold saved answers."),))
    try:
        data = json.loads(raw.decode("utf-8-sig"))
        # Half of a character is text for JSON, and for no page.
        json.dumps(data, ensure_ascii=False).encode()
    # ValueError: bytes, characters, JSON, or a number of thousands of digits.
    except (ValueError, RecursionError) as error:
        raise SavedAnswersError(
            (_("The file holds no saved answers. Choose the file that “Save my answers” made."),)
        ) from error
    if isinstance(data, dict) and "resourceType" in data:
        raise SavedAnswersError(
            (
                _(
                    "This is a health record. Choose it under “Start from your health record” "
                    "instead."
                ),
            )
        )
    try:
        situation = Situation.from_json(data)
    except SituationError as error:
        raise SavedAnswersError(tuple(str(in_language(fault)) for fault in error.faults)) from error
    if len(situation.treatments_tried or ()) > MOST_ROWS:
        raise SavedAnswersError(
            (_("More than %(most)d treatments. Leave some out.") % {"most": MOST_ROWS},)
        )
    if len({one.scale for one in situation.scores}) < len(situation.scores):
        raise SavedAnswersError((_("It holds two scores on one scale. Keep the latest."),))
    return fields_from(situation)


def fields_from(situation: Situation) -> QueryDict:
    """A situation as the fields of the check carry it."""
    data = QueryDict(mutable=True)
    told = situation.to_json()
    plan = told["plan"]
    data[AT] = Step.REVIEW
    data[f"{PLAN}-asker"] = told["asker"] or ""
    data[f"{PLAN}-treatment"] = told["treatment"]
    data[f"{PLAN}-icd10_codes"] = ", ".join(told["icd10_codes"])
    for name in (
        "insurer_name",
        "administrator_name",
        "residence_state",
        "issue_state",
    ):
        data[f"{PLAN}-{name}"] = plan.get(name, "")
    data[f"{PLAN}-line_of_business"] = plan.get("line_of_business", UNKNOWN)
    data[f"{PLAN}-funding"] = plan.get("funding", "")
    is_named = NOT_LISTED if plan.get("insurer_name") else UNKNOWN
    data[f"{PLAN}-insurer"] = plan.get("insurer", is_named)
    first, *others = told["answers"].pop("conditions", None) or [UNKNOWN]
    data[f"{PLAN}-condition"] = first
    data.setlist(f"{PLAN}-other_conditions", others)
    for name, value in told["answers"].items():
        data.setlist(f"{FACTS}-{name}", _typed(value))
    for number, row in enumerate(told["treatments_tried"] or ()):
        for name, value in row.items():
            data.setlist(f"{TRIED}-{number}-{name}", _typed(value))
    if told["treatments_complete"] is not None:
        data[f"{TRIED}-complete"] = WORDS[told["treatments_complete"]]
    for score in told["scores"]:
        scale = score.pop("scale")
        for name, value in score.items():
            data.setlist(f"{SCORES}-{scale}-{name}", _typed(value))
    return data


def _typed(value: Any) -> list[str]:
    if isinstance(value, bool):
        return [WORDS[value]]
    if isinstance(value, list):
        return [str(one) for one in value]
    is_whole = isinstance(value, float) and value.is_integer()
    return [str(int(value) if is_whole else value)]
