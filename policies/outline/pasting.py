"""A list of criteria as it was pasted: one on each line, groups by indentation."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from textwrap import shorten

from policies.outline import Line, OutlineError, Working, find_position
from policies.outline.operations import (
    GROUP_LABELS,
    add_inside,
    begin_list,
    blank_line,
    wrap,
)
from policies.outline.starting import started

MOST_LINES = 150
MOST_LETTERS = 300  # of one line
TAB = 4
MARK = re.compile(
    r"^(?:[-*•◦▪‣·\u2013\u2014o]\s+|[•◦▪‣·]|\(?(?:\d{1,2}|[A-Za-z]|[ivxIVX]{1,4})[.)]\s+)"
)
# A line of a research record: its words stand in braces, beside a name for it.
RECORD = re.compile(
    r"""^\{.*?\b(?:text|label):\s*(?:"([^"]*)"|'([^']*)'|([^,{}]*)).*\}$""",
)
NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
NUMBER = rf"(\d{{1,2}}|{'|'.join(NUMBERS)})"
AT_LEAST = re.compile(rf"\bat least {NUMBER}\b|\b{NUMBER} or more of\b", re.IGNORECASE)
SO_MANY_TRIED = re.compile(
    rf"\b{NUMBER}(?: or more)? (?:[a-z-]+ ){{0,3}}"
    r"(?:antidepressants|treatments|medications|medicines|drugs|trials)\b",
    re.IGNORECASE,
)
# By the first of them that occurs in the words that begin a group.
KINDS = (
    ("none_of", re.compile(r"\b(?:none|neither|not any) of\b", re.IGNORECASE)),
    ("any_of", re.compile(r"\b(?:any|one|either) of\b|^(?:any|any_of):?$", re.IGNORECASE)),
    ("all_of", re.compile(r"\b(?:all|each|both) of\b|^(?:all|all_of):?$", re.IGNORECASE)),
)
# Such words only say how a group is joined, and name it no better than ours do.
ONLY_JOINS = re.compile(
    rf"^(?:any|any one|one|either|all|each|both|none|at least {NUMBER})(?:[ _]of)?"
    r"(?: (?:these|the following))?$",
    re.IGNORECASE,
)


class PastedError(OutlineError):
    """A pasted text that is no list; `faults` says at which lines, and what to do."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("Nothing was pasted yet: the text stands below with what to mend in it.")
        self.faults = faults


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    indent: int
    words: str


def read_list(text: str, keys: Iterator[str]) -> tuple[Line, ...]:
    """The lines of a pasted text; PastedError says what keeps it from being a list."""
    rows = _rows(text)
    faults = tuple(_faults(rows))
    if faults:
        raise PastedError(faults)
    return _lines(rows, keys)


def _rows(text: str) -> tuple[_Row, ...]:
    rows = []
    for number, raw in enumerate(text.replace("\xa0", " ").splitlines(), 1):
        line = raw.expandtabs(TAB)
        words = _said(" ".join(MARK.sub("", line.strip() + " ").split()))
        if words:
            rows.append(_Row(number, len(line) - len(line.lstrip()), words))
    return tuple(rows)


def _said(words: str) -> str:
    """The words of a line without what a research record puts around them.

    >>> _said('{id: age, text: "18 years or older"}'), _said("An adult")
    ('18 years or older', 'An adult')
    """
    found = RECORD.match(words)
    return next(one for one in found.groups() if one is not None).strip() if found else words


def _faults(rows: tuple[_Row, ...]) -> Iterator[str]:
    if not rows:
        yield "There is no line in it: paste one criterion on each line."
    if len(rows) > MOST_LINES:
        yield f"It has {len(rows)} lines, and {MOST_LINES} at most fit: paste it in parts."
    for row in rows:
        if len(row.words) > MOST_LETTERS:
            yield _at(row, f"It has {len(row.words)} letters, and {MOST_LETTERS} at most fit.")
    yield from _odd_indents(rows)


def _odd_indents(rows: tuple[_Row, ...]) -> Iterator[str]:
    around = [rows[0].indent] if rows else []
    for row, after in pairwise((*rows, _Row(0, -1, ""))):
        is_begun = after.indent > row.indent
        if is_begun and not _begins_group(row.words):
            yield _at(
                after,
                f"It is indented, but line {row.number} begins no group: end that with a colon, or "
                "take the indent away.",
            )
        if row.words.endswith(":") and not is_begun:
            yield _at(
                row,
                "It begins a group, but the line below it is not indented: indent what belongs to "
                "it, or take its colon away.",
            )
        around = [one for one in around if one <= after.indent]
        if is_begun:
            around.append(after.indent)
        elif after.number and after.indent not in around:
            yield _at(after, "Its indent is that of no line above it.")
            around.append(after.indent)


def _at(row: _Row, text: str) -> str:
    return f"Line {row.number}, “{shorten(row.words, 40, placeholder='…')}”: {text}"


def _begins_group(words: str) -> bool:
    """Whether lines below may belong to a line.

    >>> _begins_group("He has:"), _begins_group("At least 2 of these"), _begins_group("An adult")
    (True, True, False)
    """
    return (
        words.endswith(":")
        or AT_LEAST.search(words) is not None
        or any(one.search(words) for _, one in KINDS)
    )


def _lines(rows: tuple[_Row, ...], keys: Iterator[str]) -> tuple[Line, ...]:
    found: list[Line] = []
    while rows:
        first, rest = rows[0], rows[1:]
        inside = _inside(first, rest)
        rows = rest[len(inside) :]
        found.append(_group(first, inside, keys) if inside else _leaf(first, keys))
    return tuple(found)


def _inside(row: _Row, rest: tuple[_Row, ...]) -> tuple[_Row, ...]:
    return tuple(takewhile(lambda one: one.indent > row.indent, rest))


def _leaf(row: _Row, keys: Iterator[str]) -> Line:
    found = SO_MANY_TRIED.search(row.words)
    line = blank_line(next(keys), "count" if found else "fact")
    # How many is proposed, and stands there to be changed, as the kind of line does.
    least = {"min": _number(found[1])} if found else {}
    return replace(line, fields={**line.fields, "label": row.words, **least})


def _number(word: str) -> int:
    return int(word) if word.isdecimal() else NUMBERS[word.lower()]


def _group(row: _Row, inside: tuple[_Row, ...], keys: Iterator[str]) -> Line:
    kind, needed = _joined(row.words)
    line = blank_line(next(keys), kind)
    fields = {**line.fields, "label": _name_of(row.words.rstrip(": "), kind, needed)}
    if needed:
        fields["at_least"] = needed
    return replace(line, fields=fields, members=_lines(inside, keys))


def _name_of(words: str, kind: str, needed: int) -> str:
    """What readers meet above a group.

    >>> _name_of("any of", "any_of", 0), _name_of("Tried at least 2 of these", "at_least", 2)
    ('Any one of the following', 'Tried at least 2 of these')
    """
    if words and not ONLY_JOINS.match(words):
        return words
    return f"At least {needed} of the following" if needed else GROUP_LABELS[kind]


def _joined(words: str) -> tuple[str, int]:
    """How the words of a group join its lines, and how many it wants where it names a number.

    >>> _joined("At least two of these:"), _joined("At least one of:"), _joined("He has:")
    (('at_least', 2), ('any_of', 0), ('all_of', 0))
    """
    found = AT_LEAST.search(words)
    if found:
        needed = _number(found[1] or found[2])
        return ("at_least", needed) if needed > 1 else ("any_of", 0)
    return next((kind for kind, one in KINDS if one.search(words)), "all_of"), 0


# Into the draft


def paste_list(
    working: Working, position_key: str, name: str, lines: tuple[Line, ...], around: Line
) -> Working:
    """Put pasted lines at the end of a list, or begin it; `around` joins them where none does."""
    position = find_position(working, position_key)
    if position is None:
        raise OutlineError("This position is no longer there.")
    held = position.lists.get(name, ())
    begun = started(working, around, held[0].key if held else position_key, is_inside=bool(held))
    source = begun.fields.get("source")
    lines = tuple(_with_source(one, source) for one in lines)
    if name == "priorities":
        for line in lines:
            working = begin_list(working, position_key, name, line)
        return working
    if not held:
        is_one_group = len(lines) == 1 and lines[0].is_group
        top = lines[0] if is_one_group else replace(begun, members=lines)
        return begin_list(working, position_key, name, top)
    top = held[0]
    if top.kind != "all_of":
        working, top = wrap(working, top.key, begun), begun
    for line in lines:
        working = add_inside(working, top.key, line)
    return working


def _with_source(line: Line, source: object) -> Line:
    fields = {**line.fields, "source": source} if source else line.fields
    members = tuple(_with_source(one, source) for one in line.members)
    return replace(line, fields=fields, members=members)
