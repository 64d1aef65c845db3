"""A draft in lines: the outline of the whole, with the tools of the part that is open."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from policies.admin.writing.editor import field_name
from policies.admin.writing.pasting import PasteView, paste_view
from policies.admin.writing.tools import Tool, foot_tools, line_tools, part_tools
from policies.catalogue import CoveragePosition
from policies.outline import (
    EDITION,
    Line,
    Working,
    WorkingPosition,
    WorkingSource,
    find_spot,
)
from policies.outline.data import WITH_LIST
from policies.outline.faulty import PartFault
from policies.outline.in_short import in_short
from policies.outline.naming import name_of
from policies.situation import Treatment
from policies.wording import conditions_named
from policies.wording.phrases import POSITIONS, spaced

JOIN_WORDS = {
    "all_of": "All of",
    "any_of": "Any one of",
    "at_least": "At least {}",
    "none_of": "None of",
}
LIST_TITLES = {
    "criteria": "What it asks",
    "continuation": "To continue treatment",
    "applies_if": "For which plans it holds",
    "priorities": "What the plan prefers first (never a bar)",
}
NO_LIST_YET = (
    f"“{LIST_TITLES['criteria']}” and the other lists stand here once “What the document says” is "
    f"“{POSITIONS[CoveragePosition.COVERED_WITH_CRITERIA]}”."
)
ORDER = ("criteria", "continuation", "priorities", "applies_if")


@dataclass(frozen=True, slots=True)
class RowView:
    """A line of the outline; its editor and its tools where it is open.

    `still` tells what is yet to be filled in, `faults` what is wrong.
    """

    key: str
    kind: str
    label: str
    short: str
    quote: str
    faults: tuple[str, ...]
    still: tuple[str, ...]
    members: tuple["RowView", ...]
    is_group: bool
    is_open: bool
    tools: tuple[Tool, ...]
    foot: tuple[Tool, ...]
    has_focus: bool


@dataclass(frozen=True, slots=True)
class ListView:
    """One list of a position; `is_unread` where it was said that it could not be read."""

    name: str
    title: str
    rows: tuple[RowView, ...]
    is_unread: bool
    may_begin: bool
    paste: PasteView | None


@dataclass(frozen=True, slots=True)
class PartRow:
    """The edition, a source or a position, in one line."""

    key: str
    label: str
    short: str
    faults: tuple[str, ...]
    still: tuple[str, ...]
    is_open: bool
    tools: tuple[Tool, ...]
    has_focus: bool
    lists: tuple[ListView, ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True)
class FaultLine:
    """A fault in the list on top, with the button that leads to its line."""

    do: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Outline:
    """The whole draft in lines."""

    edition: PartRow
    sources: tuple[PartRow, ...]
    positions: tuple[PartRow, ...]


def fault_lines(working: Working, faults: Iterable[PartFault]) -> tuple[FaultLine, ...]:
    """Every fault with what it is about, in words."""
    lines = []
    for fault in faults:
        name = name_of(working, fault.key)
        spot = find_spot(working, fault.key)
        if spot is not None:
            name = f"{name_of(working, spot.position.key)}, {name}"
        do = f"open:{fault.key}:{field_name(fault.field)}"
        lines.append(FaultLine(do, name[:1].upper() + name[1:], fault.text))
    return tuple(lines)


def outline_of(
    working: Working,
    faults: Iterable[PartFault],
    *,
    opened: str,
    focus: str,
    texts: Mapping[str, str],
) -> Outline:
    """The draft in lines; `focus` names the row or the button on which it is to land.

    `texts` are what was pasted and not taken.
    """
    rows = _Rows(working, faults, opened, focus, texts)
    return Outline(
        rows.edition(),
        tuple(rows.source(one) for one in working.sources),
        tuple(rows.position(one) for one in working.positions),
    )


def find_open(outline: Outline) -> RowView | PartRow | None:
    """The row of the part that is open."""
    parts = (outline.edition, *outline.sources, *outline.positions)
    rows = [row for part in parts for each in part.lists for top in each.rows for row in _all(top)]
    everything: list[RowView | PartRow] = [*parts, *rows]
    return next((one for one in everything if one.is_open), None)


def _all(row: RowView) -> list[RowView]:
    return [row, *(inner for member in row.members for inner in _all(member))]


class _Rows:
    """Makes the rows, each with its faults."""

    def __init__(
        self,
        working: Working,
        faults: Iterable[PartFault],
        opened: str,
        focus: str,
        texts: Mapping[str, str],
    ) -> None:
        self.working, self.opened, self.focus, self.texts = working, opened, focus, texts
        self.faults: dict[str, list[str]] = defaultdict(list)
        self.still: dict[str, list[str]] = defaultdict(list)
        for fault in faults:
            told = self.still if fault.is_still_to_say else self.faults
            told[fault.key].append(fault.text)

    def edition(self) -> PartRow:
        fields = self.working.fields
        dated, notes = fields.get("effective"), fields.get("notes")
        number = len(notes) if isinstance(notes, list) else 0
        parts = [
            f"In effect from {dated}" if dated else "No date yet",
            f"revision {fields['revision']}" if fields.get("revision") not in (None, 1) else "",
            "withdrawn" if fields.get("status") == "withdrawn" else "",
            "read whole" if fields.get("is_read_whole") else "not read whole",
            f"{number} note{'s' if number > 1 else ''}" if number else "",
        ]
        return self._part(EDITION, "Dates and notes", ", ".join(one for one in parts if one), ())

    def source(self, source: WorkingSource) -> PartRow:
        fields = source.fields
        parts = [spaced(str(fields.get("kind") or "")), str(fields.get("read_on") or "")]
        summary = ", ".join(one for one in parts if one)
        return self._part(
            source.key,
            source.name or "A source without a name",
            summary.capitalize(),
            self._part_tools(source.key, self.working.sources.index(source), "sources"),
        )

    def position(self, position: WorkingPosition) -> PartRow:
        fields = position.fields
        treatments = {one.value: one.label for one in Treatment}
        treatment = treatments.get(str(fields.get("treatment")), "Treatment not chosen")
        conditions = fields.get("indications")
        named = (
            f" for {conditions_named(tuple(map(str, conditions)), most=2)}"
            if isinstance(conditions, list) and conditions
            else ""
        )
        coverage = fields.get("coverage")
        said = POSITIONS[CoveragePosition(coverage)] if coverage in list(CoveragePosition) else ""
        tools = self._part_tools(position.key, self.working.positions.index(position), "positions")
        lists = tuple(self._list(position, name) for name in ORDER)
        return self._part(
            position.key,
            f"{self.working.positions.index(position) + 1}. {treatment}{named}",
            said or "What it says is not chosen",
            tools,
            tuple(one for one in lists if one.rows or one.may_begin or one.is_unread),
            hint="" if said else NO_LIST_YET,
        )

    def _part(
        self,
        key: str,
        title: str,
        summary: str,
        tools: tuple[Tool, ...],
        lists: tuple[ListView, ...] = (),
        *,
        hint: str = "",
    ) -> PartRow:
        return PartRow(
            key,
            title,
            summary,
            tuple(self.faults[key]),
            tuple(self.still[key]),
            is_open=key == self.opened,
            tools=tools if key == self.opened else (),
            has_focus=self.focus == f"row:{key}",
            lists=lists,
            hint=hint,
        )

    def _part_tools(self, key: str, index: int, name: str) -> tuple[Tool, ...]:
        number = len(getattr(self.working, name))
        return part_tools(key, self.focus, is_first=index == 0, is_last=index == number - 1)

    def _list(self, position: WorkingPosition, name: str) -> ListView:
        lines = position.lists.get(name, ())
        wants_list = position.fields.get("coverage") in WITH_LIST or name == "applies_if"
        return ListView(
            name,
            LIST_TITLES[name],
            tuple(self.row(one) for one in lines),
            is_unread=name == "criteria" and position.lists.get(name) == (),
            may_begin=wants_list and (not lines or name == "priorities"),
            paste=paste_view(position.key, name, self.texts) if wants_list or lines else None,
        )

    def row(self, line: Line) -> RowView:
        """One line with those inside it."""
        is_open = line.key == self.opened
        spot = find_spot(self.working, line.key) if is_open else None
        source = line.fields.get("source")
        return RowView(
            line.key,
            _joined(line) if line.is_group else "",
            str(line.fields.get("label") or ""),
            in_short(line),
            str(source.get("quote") or "") if isinstance(source, dict) else "",
            tuple(self.faults[line.key]),
            tuple(self.still[line.key]),
            tuple(self.row(one) for one in line.members),
            is_group=line.is_group,
            is_open=is_open,
            tools=line_tools(spot, self.focus) if spot else (),
            foot=foot_tools(spot) if spot else (),
            has_focus=self.focus == f"row:{line.key}",
        )


def _joined(line: Line) -> str:
    needed = line.fields.get("at_least")
    return JOIN_WORDS[line.kind].format("…" if needed is None else needed)
