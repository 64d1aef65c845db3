"""What a browser sends to the pages of a denial."""

from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

DENIED = "/denied/"
SELF_FUNDED = {"kind-source": "job", "kind-payer": "employer", "kind-grandfathered": "no"}
DATES = {"notice-notice_on": "2026-03-14", "notice-answers": "initial_claim"}
ASKED = {"notice-treatment": "iv_ketamine", "notice-condition": "mdd"}
REASONS = {"notice-reasons": ["not_medically_necessary"]}
WHOLE = SELF_FUNDED | DATES | ASKED | REASONS


def post(client: Client, data: dict[str, Any]) -> "Response":
    return client.post(DENIED, data)


def send(client: Client, raw: bytes, name: str = "notice.pdf", **data: Any) -> "Response":
    file = SimpleUploadedFile(name, raw, content_type="application/pdf")
    return client.post(DENIED, SELF_FUNDED | data | {"at": "letter", "go": "read", "file": file})
