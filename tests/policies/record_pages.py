"""Sends a health record to the check and its review back, as a person and a browser do."""

import json
import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.policies.fhir.bundles import (
    ICD10CM,
    MINE,
    bundle,
    condition,
    observation,
    order,
    supply,
)
from tests.policies.html import CHECK, WHO, fields_of, post

REVIEW, ANSWERS = "What the record says", "Check your answers"
PSYCHOTIC = "15193003"
RECORD = bundle(
    condition(ICD10CM, "F33.2"),
    order("36437", "sertraline"),
    supply("36437", "2026-09-01", 60),
    observation("44261-6", valueInteger=21),
    observation("44261-6", valueInteger=14, effectiveDateTime="2026-08-01"),
    {
        "resourceType": "Coverage",
        "status": "active",
        "beneficiary": MINE,
        "subscriberId": "MARKED-1",
        "payor": [{"display": "Blue Cross Blue Shield of Massachusetts"}],
    },
)


def chosen(content: object, name: str = "record.json") -> SimpleUploadedFile:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    return SimpleUploadedFile(name, raw)


def upload(client: Client, content: object = RECORD, **answers: Any) -> Any:
    file = {} if content is None else {"health_record": chosen(content)}
    return client.post(CHECK, WHO | answers | {"go": "record"} | file)


def take(client: Client, page: Any, **changed: Any) -> Any:
    """Press the button of the review, with some fields otherwise than they stood."""
    fields = fields_of(page) | {"plan-treatment": "iv_ketamine", "go": "take"}
    return post(client, fields | {name.replace("__", "-"): one for name, one in changed.items()})


def number_of(page: Any, title: str) -> str:
    """The number of the find under a title."""
    shown = rf'find__title">\s*{re.escape(title)}.*?name="find-(\d+)-take"'
    found = re.search(shown, page.content.decode(), re.DOTALL)
    assert found, title
    return found[1]


def the_rest(page: Any, decision: str) -> dict[str, str]:
    """One decision for each find for which nothing was chosen beforehand."""
    names = dict.fromkeys(re.findall(r'name="(find-\d+-take)"', page.content.decode()))
    return dict.fromkeys([one for one in names if one not in fields_of(page)], decision)


def choice(page: Any, title: str, decision: str, **correction: str) -> dict[str, str]:
    number = number_of(page, title)
    fields = {f"find-{number}-take": decision}
    return fields | {f"find-{number}-as-{name}": one for name, one in correction.items()}
