"""What a browser sends to the pages of a letter."""

from typing import TYPE_CHECKING, Any

from django.test import Client

from tests.appeals.denied_pages import WHOLE
from tests.policies.html import FULL, PLAN

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

LETTERS = "/letters/"
CHECKED = PLAN | FULL
# The check goes along where a denial was begun from it.
DENIED = WHOLE | CHECKED
APPEAL = {"write-kind": "internal_appeal", "write-voice": "patient"}
NAME = {"told-patient_name": "Sample Patient"}


def post(client: Client, data: dict[str, Any], **options: Any) -> "Response":
    return client.post(LETTERS, data, **options)


def made(client: Client, paper: str, data: dict[str, Any]) -> "Response":
    """A paper that is taken away."""
    return client.post(f"{LETTERS}{paper}", data)
