"""Every address that the site has, found by itself, with something in each of its places."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter, UUIDConverter
from django.urls.resolvers import RoutePattern

NOBODY = uuid.UUID("00000000-0000-4000-8000-000000000000")
# Addresses written as regular expressions -> one that each of them takes.
BY_EXPRESSION = {
    r"^password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": "password/1-abc-def/",
    r"(?P<url>.*)$": "nowhere/",
}


@dataclass(frozen=True)
class Place:
    """One address of the site: how it is written, its full name, and the view behind it."""

    address: str
    name: str
    view: Any

    def __str__(self) -> str:
        return self.name or self.address


def every_place(
    patterns: list[URLPattern | URLResolver] | None = None,
    before: str = "/",
    names: tuple[str, ...] = (),
) -> Iterator[Place]:
    """Every address in English; the Spanish ones have the same views."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        address = before + filled(one)
        if isinstance(one, URLResolver):
            inner = (*names, one.namespace) if one.namespace else names
            yield from every_place(one.url_patterns, address, inner)
        else:
            yield Place(address, ":".join((*names, one.name)) if one.name else "", one.callback)


def filled(one: URLPattern | URLResolver) -> str:
    """What a pattern takes, with a word, a number or an id of nobody in its places."""
    pattern = one.pattern
    if not isinstance(pattern, RoutePattern):
        text = str(pattern)
        is_list = text.startswith("^(?P<app_label>")  # its apps stand in no order
        return "policies/" if is_list else BY_EXPRESSION.get(text, text)
    text = str(pattern)
    for name, converter in pattern.converters.items():
        kind = text.partition(f":{name}>")[0].rpartition("<")[2]
        value = "1" if isinstance(converter, IntConverter) else "x"
        value = str(NOBODY) if isinstance(converter, UUIDConverter) else value
        text = text.replace(f"<{kind}:{name}>", value)
    return text


PLACES = list(every_place())
ONE_OF_EACH = list({place.view.__module__: place for place in PLACES}.values())
"""One address for each module of views, for what no view decides by itself."""
