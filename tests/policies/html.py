"""Sends the check's form and reads a page, as a person and a browser do."""

import html
import re
from typing import TYPE_CHECKING, Any

from django.test import Client

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response


CHECK = "/check/"
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 -- the name of a field
HTMX = {"HX-Request": "true"}
WHO = {"at": "who", "plan-asker": "patient"}
PLAN = {
    "plan-asker": "patient",
    "plan-line_of_business": "commercial",
    "plan-insurer": "bcbs-ma",
    "plan-funding": "insured",
    "plan-residence_state": "MA",
    "plan-issue_state": "MA",
    "plan-treatment": "iv_ketamine",
    "plan-condition": "treatment_resistant_depression",
}
FULL = {
    "answers-age": "41",
    "answers-structured_interview": "yes",
    "answers-concurrent_antidepressant": "oral",
    "answers-request_phase": "first",
    "scores-madrs-score": "30",
    "scores-madrs-taken_on": "2026-10-01",
    "scores-madrs-origin": "chart",
    "tried-4-kind": "augmentation",
    "tried-4-drug": "lithium",
    "tried-4-outcome": "no_response",
    "tried-complete": "yes",
}
for row, medicine in enumerate(["Zoloft", "Lexapro", "Effexor", "Wellbutrin"]):
    FULL |= {
        f"tried-{row}-kind": "antidepressant",
        f"tried-{row}-drug": medicine,
        f"tried-{row}-weeks": "8",
        f"tried-{row}-adequate_dose": "yes",
        f"tried-{row}-outcome": "no_response",
    }


def post(client: Client, data: dict[str, Any], **options: Any) -> "Response":
    return client.post(CHECK, data, **options)


def text_of(response: "Response") -> str:
    """The words of a page, as they are read."""
    body = re.sub(r"<script.*?</script>", "", response.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def heading_of(response: "Response") -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", response.content.decode(), flags=re.DOTALL)
    assert found
    return " ".join(html.unescape(found[1]).split())


def fields_of(response: "Response") -> dict[str, Any]:
    """What a browser would send from the check's own form, without pressing any named button.

    A name that stands there more than once has a list of values.
    """
    return single(fields_in(response.content.decode().partition("<form")[2]))


def single(fields: dict[str, list[str]]) -> dict[str, Any]:
    """The fields without the token of the session, and with one value where there is one."""
    told = {name: values for name, values in fields.items() if name != TOKEN}
    return {name: values if len(values) > 1 else values[0] for name, values in told.items()}


def fields_in(body: str) -> dict[str, list[str]]:
    """What stands in the form that a text begins with, as it would be sent."""
    form = body.partition("</form>")[0]
    fields: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        marks = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        is_chosen = marks.get("type") not in ("radio", "checkbox") or " checked" in tag
        if "name" in marks and is_chosen and marks.get("type") != "file":
            fields.setdefault(marks["name"], []).append(html.unescape(marks.get("value", "")))
    for name, text in re.findall(
        r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form, flags=re.DOTALL
    ):
        fields.setdefault(name, []).append(html.unescape(text).removeprefix("\n"))
    for name, options in re.findall(
        r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, flags=re.DOTALL
    ):
        chosen = re.search(r'value="([^"]*)" selected', options)
        fields.setdefault(name, []).append(html.unescape(chosen[1]) if chosen else "")
    return fields
