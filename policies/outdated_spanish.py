"""Which Spanish of a draft was written for English that has changed since."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from policies.faults import join
from policies.models import DraftStep, PolicyVersion
from policies.outline import EDITION, Line, Working, WorkingPosition, lines_of
from policies.outline.data import write
from policies.outline.stored import read_working


@dataclass(frozen=True, slots=True)
class _Said:
    """A text of a part with its Spanish; `item` is its rank in a list of texts."""

    key: str
    name: str
    item: int | None
    english: str
    spanish: str


def outdated(version: PolicyVersion, working: Working) -> dict[str, str]:
    """The English for which the Spanish of a draft was written, by place, where it is another.

    `working` is how the draft stands, or as much of it as can be read.
    """
    first = _written_for(version, working)
    places = {key: place for place, key in write(working).keys.items()} | {EDITION: ""}
    found = {}
    for one in _said(working):
        then = first.get((one.key, one.name, one.spanish), one.english)
        if then != one.english and one.english:
            at = join(places[one.key], one.name)
            found[at if one.item is None else f"{at}[{one.item}]"] = then
    return found


def _written_for(version: PolicyVersion, working: Working) -> dict[tuple[str, str, str], str]:
    """The English beside each Spanish text when it stood in the draft for the first time."""
    steps = DraftStep.objects.filter(version=version).order_by("counter")
    held = (read_working(one) for one in steps.values_list("working", flat=True).iterator())
    first: dict[tuple[str, str, str], str] = {}
    for state in (*held, working):
        for one in _said(state):
            if one.english:
                first.setdefault((one.key, one.name, one.spanish), one.english)
    return first


def _said(working: Working) -> Iterator[_Said]:
    yield from _of_part(EDITION, working.fields, working.spanish)
    parts: Iterable[WorkingPosition | Line] = (*working.positions, *lines_of(working))
    for part in parts:
        yield from _of_part(part.key, part.fields, part.spanish)


def _of_part(key: str, fields: Mapping[str, Any], spanish: Mapping[str, Any]) -> Iterator[_Said]:
    for name, words in spanish.items():
        english = fields.get(name)
        if isinstance(words, str):
            pairs: Iterable[tuple[int | None, Any, str]] = [(None, english, words)]
        else:
            texts = english if isinstance(english, list) else []
            pairs = [(at, *both) for at, both in enumerate(zip(texts, words, strict=False))]
        for item, text, said in pairs:
            if said:
                yield _Said(key, name, item, str(text or ""), said)
