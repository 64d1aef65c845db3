"""What stands in a field, what was typed there, and how the one becomes the other."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.http import QueryDict

from policies.admin.writing.specs import Input, Spec

QUOTED = re.compile(r'"([^"]*)"')
LISTED = re.compile(r'^- ("?)(.*)\1$')
BRACKETED = re.compile(r'\[(\s*"[^"]*"(?:\s*,\s*"[^"]*")*\s*)\]')
AMERICAN = re.compile(r"(\d{1,2})/(?:(\d{1,2})/)?(\d{4})")
NUMBER = re.compile(r"-?\d{1,9}(\.\d{1,6})?")
SPANISH = ".es"


def shown(spec: Spec, fields: Mapping[str, Any]) -> Any:
    """What the page shows of a field; typed back unchanged, it reads as the same."""
    value = value_at(fields, spec.name)
    if spec.name == "one_of" and value is None:
        value = fields.get("is")
    match spec.input:
        case Input.TICKS | Input.LINES | Input.WORDS:
            items = value if isinstance(value, list) else [value]
            found = [str(one) for one in items if one is not None and one != ""]
            # Boxes are sent in the order in which they stand.
            order = [one for one, _ in spec.choices]
            return sorted(found, key=lambda one: order.index(one) if one in order else len(order))
        case Input.FLAG:
            return value is True
        case Input.YES_NO:
            return value if isinstance(value, bool) else None
        case Input.NUMBER:
            return None if value is None else value
        case _:
            return "" if value is None else str(value).strip()


def read_number(raw: str) -> int | float | str | None:
    """A number as it was typed; what is none comes back as it is.

    >>> read_number("6"), read_number("8.5"), read_number("six"), read_number("")
    (6, 8.5, 'six', None)
    """
    if not raw:
        return None
    if not NUMBER.fullmatch(raw):
        return raw
    return float(raw) if "." in raw else int(raw)


def read_date(raw: str) -> str:
    """A date as it is kept, from either way of writing it; what is none comes back as it is.

    >>> read_date("1/31/2027"), read_date("1/2027"), read_date("2027-01"), read_date("soon")
    ('2027-01-31', '2027-01', '2027-01', 'soon')
    """
    found = AMERICAN.fullmatch(raw)
    if not found:
        return raw
    month, day, year = found.groups()
    return "-".join([year, *(f"{int(one):02}" for one in (month, day) if one)])


def read_lines(raw: str) -> list[str]:
    """The lines of a text; a list as research records hold it loses its signs.

    >>> read_lines("6 months\\n84 mg"), read_lines('["6 months", "84 mg"]')
    (['6 months', '84 mg'], ['6 months', '84 mg'])
    >>> read_lines('- "6 months"\\n- 84 mg')
    ['6 months', '84 mg']
    """
    found = BRACKETED.fullmatch(raw.strip())
    lines = QUOTED.findall(found[1]) if found else raw.splitlines()
    return [LISTED.sub(r"\2", line.strip()) for line in lines if line.strip()]


READ: Mapping[Input, Callable[[str], Any]] = {
    Input.LINES: read_lines,
    Input.WORDS: lambda raw: [one for one in re.split(r"[\s,;]+", raw.upper()) if one],
    Input.YES_NO: {"yes": True, "no": False}.get,
    Input.FLAG: bool,
    Input.NUMBER: read_number,
    Input.DATE: read_date,
    Input.PHRASE: lambda raw: " ".join(raw.split()),
}


def typed(spec: Spec, post: QueryDict) -> Any:
    """What was typed into a field; a number that is none stays as it was typed."""
    if spec.input is Input.TICKS:
        return [one for one in post.getlist(spec.name) if one]
    raw = post.get(spec.name, "").replace("\r\n", "\n").strip()
    return READ.get(spec.input, str)(raw)


def typed_spanish(spec: Spec, post: QueryDict) -> Any:
    """The Spanish beside a field; of a list, one line for each of its items."""
    raw = post.get(spec.name + SPANISH, "").replace("\r\n", "\n").strip()
    if spec.input is Input.PHRASE:
        return " ".join(raw.split())
    return [one.strip() for one in raw.split("\n")] if spec.input is Input.LINES and raw else raw


def value_at(fields: Mapping[str, Any], name: str) -> Any:
    """What stands at a place inside the fields; nothing where there is no such place."""
    value: Any = fields
    for step in name.split("."):
        if step.isdecimal():
            # Where a treatment counts in one way only, that way stands alone.
            value = value if isinstance(value, list) else [value]
            value = value[int(step)] if int(step) < len(value) else None
        else:
            value = value.get(step) if isinstance(value, Mapping) else None
    return value


def with_value(fields: Mapping[str, Any], name: str, value: Any) -> dict[str, Any]:
    """The fields with another value at a place; without it where it says nothing."""
    first, _, rest = name.partition(".")
    held = fields.get(first)
    if rest:
        value = _with_inner(held, rest, value)
    found = dict(fields)
    if _says_nothing(value, name):
        found.pop(first, None)
    else:
        found[first] = value
    return found


def _says_nothing(value: Any, name: str) -> bool:
    if isinstance(value, bool):
        return not value and name != "is"  # of a fact “no” is an answer
    return value is None or (isinstance(value, str | list | dict) and not value)


def _with_inner(held: Any, rest: str, value: Any) -> Any:
    step, _, inner = rest.partition(".")
    if not step.isdecimal():
        return with_value(held if isinstance(held, Mapping) else {}, rest, value)
    items = list(held) if isinstance(held, list) else [held]
    at = int(step)
    if at >= len(items):
        return held
    item = items[at] if isinstance(items[at], Mapping) else {}
    items[at] = with_value(item, inner, value)
    return items if isinstance(held, list) else items[0]
