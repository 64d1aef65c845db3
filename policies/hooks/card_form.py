"""The form of a card, as clients read it: a summary under 140 letters, paragraphs and links."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from policies.catalogue import Document
from policies.language import said

INFO, WARNING = "info", "warning"
MOST_LETTERS = 139
NAME = "Ketamine Coverage"


def written(
    site: str, *, summary: str, indicator: str, detail: str, links: Iterable[tuple[str, str]]
) -> dict[str, Any]:
    """A card, with links that name documents and never anything of the patient."""
    addresses = [*links, ("Check coverage by hand", reverse("policies:check"))]
    return {
        "uuid": str(uuid.uuid4()),
        "summary": summary,
        "detail": detail,
        "indicator": indicator,
        "source": {"label": NAME, "url": f"{site}/"},
        "links": [
            {"label": label, "url": f"{site}{address}", "type": "absolute"}
            for label, address in addresses
        ],
    }


def summary_of(told: str, document: Document) -> str:
    """What is told and the document, by the longest of its names that stands there whole."""
    insurer, own = document.insurer.name, said(document.own_name)
    plain = insurer.split(" (")[0]
    names = (f"{insurer}, {own}", f"{plain}, {own}", insurer, plain)
    named = (f"{told} {one}" for one in names)
    return next((one for one in named if len(one) <= MOST_LETTERS), told)


def page_of(document: Document) -> str:
    return reverse("policies:detail", args=[document.insurer.slug, document.slug])


def paragraphs(*groups: Iterable[str]) -> str:
    return "\n\n".join(text for group in groups for text in group if text)
