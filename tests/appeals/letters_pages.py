"""What a browser sends to the pages of a letter."""

import html
import io
import re
from typing import TYPE_CHECKING, Any

from django.test import Client
from pypdf import PdfReader

from tests.appeals.denied_pages import WHOLE
from tests.policies.html import FULL, PLAN, fields_in, heading_of, single

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

LETTERS = "/letters/"
CHECKED = PLAN | FULL
# The check goes along where a denial was begun from it.
DENIED = WHOLE | CHECKED
APPEAL = {"write-kind": "internal_appeal", "write-voice": "patient"}
NAME = {"told-patient_name": "Sample Patient"}
PRIOR = {"write-kind": "prior_authorization", "told-clinician_name": "Alex Sample, MD"}
WHOLE_APPEAL = DENIED | APPEAL | NAME


def post(client: Client, data: dict[str, Any], **options: Any) -> "Response":
    return client.post(LETTERS, data, **options)


def made(client: Client, paper: str, data: dict[str, Any]) -> "Response":
    """A paper that is taken away."""
    return client.post(f"{LETTERS}{paper}", data)


def fields_of(response: "Response", form_id: str = "screen") -> dict[str, Any]:
    """What a browser would send from the screen's own form, without pressing any named button."""
    body = response.content.decode()
    start = body.index("<form", body.rindex("<form", 0, body.index(f'id="{form_id}"')))
    return single(fields_in(body[start:]))


def walk(
    client: Client, response: "Response", told: dict[str, Any]
) -> tuple["Response", list[str]]:
    """Press Continue until the letter can be taken away, telling what each screen asks for."""
    found = []
    for _ in range(20):
        fields = fields_of(response)
        # A field that is not on the screen travels as it is.
        shown = {name for name in told if f'name="{name}"' in response.content.decode()}
        fields |= {name: told[name] for name in shown}
        response = post(client, fields | {"go": "next"})
        assert response.status_code == 200, response.content.decode()
        found.append(heading_of(response))
        if fields_of(response)["at"] == "finish":
            break
    return response, found


def letter(client: Client, data: dict[str, Any], **more: Any) -> "Response":
    """The letter part by part, as it stands after all that was told."""
    return post(client, data | {"at": "papers", "go": "next"} | more)


def text_in(response: Any) -> str:
    """The words of a PDF."""
    pages = PdfReader(io.BytesIO(response.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def hidden_fields(response: Any) -> dict[str, Any]:
    """What a page carries, whatever form of it."""
    hidden = r'<input type="hidden" name="([^"]+)" value="([^"]*)">'
    pairs = re.findall(hidden, response.content.decode())
    return {name: html.unescape(value) for name, value in pairs}
