"""The coverage map: what each insurer says of a treatment, by condition, as a table."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_stubs_ext import StrPromise

from policies.catalogue import Insurer, InsurerKind
from policies.coverage_map import HEADS, Cell, Entry, Held, Row, Side
from policies.language import said
from policies.presenting.map_words import COLUMNS, STANCES, how_sure, named, tone
from policies.presenting.positions import anchor_of
from policies.situation import LineOfBusiness, Treatment
from policies.state_names import state_name
from policies.wording.naming import short_name


class GroupName(StrEnum):
    """The groups of rows, in the order shown."""

    MEDICAID = "medicaid"
    HERE = "here"
    INSURERS = "insurers"
    FEDERAL = "federal"
    WORKERS = "workers"
    VENDORS = "vendors"


GROUPS: Mapping[GroupName, StrPromise] = {
    GroupName.MEDICAID: gettext_lazy("Medicaid programs and health plans"),
    GroupName.HERE: gettext_lazy("Insurers in {state}"),
    GroupName.INSURERS: gettext_lazy("Insurers"),
    GroupName.FEDERAL: gettext_lazy("Medicare, TRICARE, VA, and federal rules"),
    GroupName.WORKERS: gettext_lazy("Workers' compensation"),
    GroupName.VENDORS: gettext_lazy("Companies that review requests for insurers"),
}
OF_KIND = {
    InsurerKind.MEDICAID_PROGRAM: GroupName.MEDICAID,
    InsurerKind.MEDICAID_PLAN: GroupName.MEDICAID,
    InsurerKind.FEDERAL_PROGRAM: GroupName.FEDERAL,
    InsurerKind.REGIONAL_CONTRACTOR: GroupName.FEDERAL,
    InsurerKind.RULE_MAKER: GroupName.FEDERAL,
    InsurerKind.WORKERS_COMPENSATION: GroupName.WORKERS,
    InsurerKind.VENDOR: GroupName.VENDORS,
}


@dataclass(frozen=True, slots=True)
class SourceLink:
    """The document behind a word, at the position that says it."""

    url: str
    document: str
    how_sure: str


@dataclass(frozen=True, slots=True)
class EntryView:
    """One thing said in a cell; `named` holds conditions where they are not the whole column."""

    label: str
    icon: str
    tone: str
    named: str
    links: tuple[SourceLink, ...]


@dataclass(frozen=True, slots=True)
class CellView:
    """What is said of one column, or of several side by side."""

    columns: tuple[str, ...]
    tone: str
    entries: tuple[EntryView, ...]


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of the map, with the page that its head leads to, if any."""

    name: str
    url: str
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True)
class GroupView:
    """Rows under a heading of their own, with its address on the page; both may be empty."""

    title: str
    anchor: str
    rows: tuple[RowView, ...]


@dataclass(frozen=True, slots=True)
class NamedLink:
    """A name and the page that it leads to."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class LegendLine:
    """A word of the map and what it means."""

    label: str
    icon: str
    meaning: str


@dataclass(frozen=True, slots=True)
class MapView:
    """The map of one treatment; `silent` are insurers of which we hold nothing on it."""

    treatment: str
    columns: tuple[str, ...]
    groups: tuple[GroupView, ...]
    silent: tuple[NamedLink, ...]
    total: int
    counts: tuple[tuple[int, str], ...]
    legend: tuple[LegendLine, ...]


def present_map(rows: Sequence[Row], treatment: Treatment, *, state: str | None = None) -> MapView:
    """The map of a treatment, its rows in groups; in a state, by what belongs to it."""
    speaking = [row for row in rows if row.side is not Side.NOTHING_HELD]
    grouped: dict[GroupName, list[RowView]] = {}
    for row in speaking:
        grouped.setdefault(_group_of(row, state), []).append(
            RowView(row.insurer.name, insurer_url(row.insurer), _present_cells(row))
        )
    return MapView(
        treatment=said(treatment.label),
        columns=column_titles(),
        groups=tuple(
            GroupView(_group_title(name, state), f"group-{name}", tuple(grouped[name]))
            for name in GroupName
            if name in grouped
        ),
        silent=tuple(
            NamedLink(row.insurer.name, insurer_url(row.insurer))
            for row in rows
            if row.side is Side.NOTHING_HELD
        ),
        total=len(rows),
        counts=tuple(_counts(rows)),
        legend=legend_of(speaking),
    )


def present_insurer_rows(rows: Iterable[Row]) -> tuple[GroupView, ...]:
    """One insurer's rows, a treatment each, in one group without a heading, if there are any."""
    found = tuple(RowView(said(row.treatment.label), "", _present_cells(row)) for row in rows)
    return (GroupView("", "", found),) if found else ()


def column_titles() -> tuple[str, ...]:
    return tuple(str(COLUMNS[head]) for head in HEADS)


def insurer_url(insurer: Insurer) -> str:
    return reverse("policies:insurer", args=[insurer.slug])


def legend_of(rows: Iterable[Row]) -> tuple[LegendLine, ...]:
    """What the words in these rows mean."""
    used = {entry.stance for row in rows for cell in row.cells for entry in cell.entries}
    return tuple(
        LegendLine(str(words.label), words.icon, str(words.meaning))
        for stance, words in STANCES.items()
        if stance in used
    )


def _present_cells(row: Row) -> tuple[CellView, ...]:
    return tuple(_present_cell(cell) for cell in row.cells)


def _present_cell(cell: Cell) -> CellView:
    tones = {tone(entry.stance) for entry in cell.entries}
    return CellView(
        columns=tuple(str(COLUMNS[head]) for head in cell.heads),
        tone=tones.pop() if len(tones) == 1 else "open",
        entries=tuple(_present_entry(entry) for entry in cell.entries),
    )


def _present_entry(entry: Entry) -> EntryView:
    words = STANCES[entry.stance]
    return EntryView(
        label=str(words.label),
        icon=words.icon,
        tone=tone(entry.stance),
        named=named(entry),
        links=tuple(_present_link(held) for held in entry.held),
    )


def _present_link(held: Held) -> SourceLink:
    document = held.document
    page = reverse("policies:detail", args=[document.insurer.slug, document.slug])
    position = held.position
    anchor = f"#{anchor_of(position, held.number)}" if position is not None else ""
    return SourceLink(page + anchor, short_name(document), how_sure(held))


def _group_of(row: Row, state: str | None) -> GroupName:
    documents = [
        held.document for cell in row.cells for entry in cell.entries for held in entry.held
    ]
    if all(one.lines_of_business == (LineOfBusiness.WORKERS_COMPENSATION,) for one in documents):
        return GroupName.WORKERS
    group = OF_KIND.get(row.insurer.kind, GroupName.INSURERS)
    is_here = state is not None and (
        state in row.insurer.states or any(state in one.states for one in documents)
    )
    return GroupName.HERE if group is GroupName.INSURERS and is_here else group


def _group_title(name: GroupName, state: str | None) -> str:
    if name is GroupName.INSURERS and state is not None:
        return _("Insurers in many states")
    return str(GROUPS[name]).format(state=state_name(state) if state else "")


def _counts(rows: Iterable[Row]) -> Iterable[tuple[int, str]]:
    """How many insurers stand on each side, with what that side is."""
    rows = list(rows)
    sides = Counter(row.side for row in rows)
    hearsay = sum(row.side is Side.COVERS and row.covers_by_hearsay for row in rows)
    for side, words in SIDES.items():
        number = sides[side]
        if number:
            yield number, words(number).format(hearsay=hearsay)


SIDES: Mapping[Side, Callable[[int], str]] = {
    Side.COVERS: lambda number: ngettext(
        "covers it, with criteria or without, for at least one of these conditions "
        "({hearsay} by second-hand accounts alone)",
        "cover it, with criteria or without, for at least one of these conditions "
        "({hearsay} by second-hand accounts alone)",
        number,
    ),
    Side.CASE_BY_CASE: lambda number: ngettext(
        "leaves it to be decided case by case", "leave it to be decided case by case", number
    ),
    Side.REFUSES: lambda number: ngettext(
        "refuses it for at least one of these conditions, and covers it for none that we could "
        "read",
        "refuse it for at least one of these conditions, and cover it for none that we could read",
        number,
    ),
    Side.OPEN: lambda number: ngettext(
        "has a document that gives no clear answer, or one that we could not read",
        "have a document that gives no clear answer, or one that we could not read",
        number,
    ),
    Side.NOTHING_HELD: lambda number: ngettext(
        "has no document on it that we hold, which is not a no",
        "have no document on it that we hold, which is not a no",
        number,
    ),
}
