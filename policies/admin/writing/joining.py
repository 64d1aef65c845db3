"""Two people at one draft: what both changed stands side by side, and is chosen part by part."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from policies.admin.writing.fields import groups_of
from policies.catalogue.yaml_text import write_yaml
from policies.outline import Line, Working, WorkingPosition, WorkingSource
from policies.outline.data import to_edition_data
from policies.outline.in_short import in_short
from policies.outline.merging import PRESENCE, SPANISH, TEST, Difference, Merged, merge
from policies.outline.naming import name_of
from policies.outline.stored import StoredError, read_working, write_working
from policies.wording.phrases import lower_first, spaced

FACETS = {
    TEST: "what it asks",
    SPANISH: "the Spanish",
    PRESENCE: "whether it stays",
    "source": "where it was read",
    "label": "its words",
    "id": "its name in worked cases",
}
CHOICE = "choose-"


@dataclass(frozen=True, slots=True)
class Side:
    """One part that two people changed otherwise, in words."""

    name: str
    title: str
    mine: str
    theirs: str
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class Joining:
    """What a page for choosing shows, and what it carries until the choice is made."""

    sides: tuple[Side, ...]
    mine: str
    base: int
    seen: int


def join(base: Working, mine: Working, theirs: Working, post: QueryDict) -> Merged | None:
    """What came of joining; nothing while some difference waits for a choice."""
    merged = merge(base, mine, theirs)
    chosen = {one.name: post.get(CHOICE + one.name, "") for one in merged.differences}
    if any(choice not in ("mine", "theirs") for choice in chosen.values()):
        return None
    return merge(base, mine, theirs, [name for name, one in chosen.items() if one == "mine"])


def joining(
    base: Working, mine: Working, theirs: Working, post: QueryDict, counters: tuple[int, int]
) -> Joining:
    """The differences side by side; `counters` are those of the base and of theirs."""
    found = merge(base, mine, theirs).differences
    return Joining(
        tuple(_side(one, mine, theirs, post) for one in found),
        json.dumps(write_working(mine)),
        *counters,
    )


def carried_working(post: QueryDict) -> Working | None:
    """The working form that the page for choosing carried; nothing where it carried none."""
    try:
        # A text with a zero byte can be kept in no database.
        return read_working(json.loads(post.get("mine", "").replace("\\u0000", "")))
    except (StoredError, ValueError, TypeError, RecursionError):
        return None


def _side(one: Difference, mine: Working, theirs: Working, post: QueryDict) -> Side:
    part = name_of(theirs, one.key)
    if part == name_of(theirs, ""):
        part = name_of(mine, one.key)
    specs = (spec for group in groups_of(mine, one.key) for spec in group.specs)
    labels = {spec.name: lower_first(spec.label) for spec in specs}
    facet = FACETS.get(one.facet) or labels.get(one.facet) or spaced(one.facet)
    name = CHOICE + one.name
    return Side(
        name,
        f"{part[:1].upper()}{part[1:]}: {facet}",
        _in_words(one.mine, one.facet),
        _in_words(one.theirs, one.facet),
        post.get(name, ""),
    )


def _in_words(value: Any, facet: str) -> str:
    if value is None:
        return "Deleted" if facet in (PRESENCE, "source") else "Nothing"
    if facet == TEST:
        kind, own = value
        return in_short(Line("", kind, own)) or "Nothing yet"
    match value:
        case Line():
            short = in_short(value)
            text = f"{value.fields.get('label', '')}{f' ({short})' if short else ''}"
        case WorkingSource():
            text = write_yaml({value.name: dict(value.fields)})
        case WorkingPosition():
            text = write_yaml(to_edition_data(Working(positions=(value,)))["positions"][0])
        case Mapping() | list():
            text = write_yaml(value) if value else "Nothing"
        case _:
            text = str(value)
    return text.strip()
