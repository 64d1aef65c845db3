"""What was typed into the open part of a draft, put into its working form."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict

from policies import vocabulary
from policies.admin.writing.line_specs import TESTS, line_groups
from policies.admin.writing.specs import EDITION, SOURCE, Spec, SpecGroup, position_groups
from policies.admin.writing.values import (
    read_number,
    shown,
    typed,
    typed_spanish,
    value_at,
    with_value,
)
from policies.faults import WrongValueError
from policies.outline import EDITION as EDITION_KEY
from policies.outline import (
    Line,
    Working,
    find_position,
    find_source,
    find_spot,
    part_fields,
)
from policies.outline.operations import BLANK, change_kind, regroup
from policies.outline.parts import set_part, set_source
from policies.vocabulary import FactType

NUMBERS = re.compile(r"\d+(?:\.\d+)?")
# Words by which a number is the most, not the least.
MOST = re.compile(
    r"\b(?:less|fewer|under|below|younger|most|up to|no more|not more|maximum|within|before)\b",
    re.IGNORECASE,
)


def groups_of(working: Working, key: str) -> tuple[SpecGroup, ...]:
    """The fields of a part; none where there is no such part."""
    if key == EDITION_KEY:
        return EDITION
    if find_source(working, key):
        return SOURCE
    if find_position(working, key):
        return position_groups(working)
    spot = find_spot(working, key)
    return line_groups(spot.line, working, spot.list_name) if spot else ()


def fields_of(working: Working, key: str) -> dict[str, Any]:
    """The fields of a part as the page asks them: what tells a line's kind is one of them."""
    found = part_fields(working, key)
    fields = dict(found[0]) if found else {}
    source, spot = find_source(working, key), find_spot(working, key)
    if source:
        fields["name"] = source.name
    if spot:
        fields["kind"] = spot.line.kind
    return fields


def with_typed(working: Working, key: str, post: QueryDict) -> Working:
    """The working form with what was typed into a part; what was left alone stays as it stands."""
    spot = find_spot(working, key)
    kind = post.get("kind", "")
    if spot and kind and kind != spot.line.kind:
        # What it asked before is no longer asked.
        working = _with_words(working, key, post)
        change = regroup if spot.line.is_group else change_kind
        return change(working, key, kind)
    if not groups_of(working, key):
        return working
    specs = [one for group in groups_of(working, key) for one in group.specs]
    fields, spanish = part_fields(working, key) or ({}, {})
    if spot and spot.line.kind == "fact" and post.get("fact", "") != fields.get("fact"):
        fields = {name: one for name, one in fields.items() if name not in TESTS}
        specs = [one for one in specs if one.name not in TESTS]
        return _with_number(_set(working, key, specs, (fields, spanish), post), key)
    return _set(working, key, specs, (fields, spanish), post)


def _with_number(working: Working, key: str) -> Working:
    """With the one number of a line's words as the least, where its fact was just chosen."""
    spot = find_spot(working, key)
    fields = dict(spot.line.fields) if spot else {}
    definition = vocabulary.facts().get(str(fields.get("fact")))
    label = str(fields.get("label") or "")
    numbers = NUMBERS.findall(label)
    is_number = definition is not None and definition.type is FactType.NUMBER
    if spot is None or definition is None or not is_number or len(numbers) != 1:
        return working
    number = read_number(numbers[0])
    try:
        definition.read(number)
    except WrongValueError:
        return working
    if MOST.search(label):
        return working
    return set_part(working, key, {**fields, "min": number}, spot.line.spanish)


def _with_words(working: Working, key: str, post: QueryDict) -> Working:
    """With what a line of every kind has."""
    specs = [
        one
        for group in groups_of(working, key)
        for one in group.specs
        if one.name in ("label", "note", "id") or one.name.startswith("source.")
    ]
    return _set(working, key, specs, part_fields(working, key) or ({}, {}), post)


def _set(
    working: Working,
    key: str,
    specs: Iterable[Spec],
    held: tuple[Mapping[str, Any], Mapping[str, Any]],
    post: QueryDict,
) -> Working:
    fields, spanish = held
    source, spot = find_source(working, key), find_spot(working, key)
    for spec in specs:
        if (spec.name == "kind" and spot) or (spec.name == "name" and source):
            continue
        value = typed(spec, post)
        if value != shown(spec, fields):
            fields = _with(fields, spec, value, spot.line if spot else None)
        if spec.has_spanish:
            spanish = with_value(spanish, spec.name, typed_spanish(spec, post))
    if source:
        return set_source(working, key, post.get("name", "").strip(), fields)
    return set_part(working, key, fields, spanish)


def _with(
    fields: Mapping[str, Any], spec: Spec, value: Any, line: Line | None
) -> Mapping[str, Any]:
    blank = BLANK.get(line.kind, {}) if line else {}
    if spec.name == "one_of":
        # One choice is what the answer must be; of several any one will do.
        bare = {name: one for name, one in fields.items() if name not in ("is", "one_of")}
        if len(value) == 1 and "one_of" not in fields:
            return {**bare, "is": value[0]}
        return {**bare, "one_of": value} if value else bare
    found = with_value(fields, spec.name, value)
    first = spec.name.partition(".")[0]
    # A line of its kind keeps the field that tells its kind, though nothing stands in it.
    return {**found, first: blank[first]} if first in blank and first not in found else found


# The ways in which a treatment counts


def add_definition(working: Working, key: str) -> Working:
    """One more way in which a treatment counts; it begins as the one before it."""
    return _with_where(working, key, lambda ways: [*ways, ways[-1]])


def remove_definition(working: Working, key: str, at: int) -> Working:
    """One way less; the last one stays."""
    return _with_where(
        working, key, lambda ways: ways[:at] + ways[at + 1 :] if len(ways) > 1 else ways
    )


def _with_where(working: Working, key: str, change: Any) -> Working:
    spot = find_spot(working, key)
    if spot is None or spot.line.kind != "count":
        return working
    where = value_at(spot.line.fields, "where")
    ways = change(where if isinstance(where, list) else [where or {}])
    fields = {**spot.line.fields, "where": ways[0] if len(ways) == 1 else ways}
    return set_part(working, key, fields, spot.line.spanish)
