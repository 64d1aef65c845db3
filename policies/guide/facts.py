"""The facts of the guide: one dated, sourced and graded sentence or two for each."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from policies.catalogue import PrintedDate
from policies.guide.grades import Grade
from policies.guide.reading import GuideReader, read_file
from policies.guide.words import Review, Words


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact was read; `url` is empty where no address was kept."""

    label: Words
    url: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing we say is so; `dated` is the source's own date, where it prints one.

    `figures` are the numbers of the text by name, for a drawing or a sum beside it.
    """

    id: str
    text: Words
    sources: tuple[Source, ...]
    dated: PrintedDate | None
    read_on: PrintedDate
    grade: Grade
    es_review: Review
    figures: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Helper:
    """Someone who helps for free or nearly: who, for whom, and how to reach them."""

    id: str
    who: Words
    for_whom: Words
    how: Words
    sources: tuple[Source, ...]
    read_on: PrintedDate
    grade: Grade
    es_review: Review
    phone: str = ""


def fact(id: str) -> Fact:  # noqa: A002 -- it is the name in the file
    """The fact of this name; KeyError says that there is none."""
    return facts()[id]


@cache
def facts() -> Mapping[str, Fact]:
    """Every fact by its id, in the order of the file."""
    return {one.id: one for one in read_file("facts.yaml", read_facts)}


@cache
def people_who_help() -> tuple[Helper, ...]:
    """Those who help, in the order to name them."""
    return read_file("people_who_help.yaml", read_people)


def read_facts(data: object) -> tuple[Fact, ...]:
    """Read the list of facts; InputError names every fault by place."""
    reader = FactReader()
    return reader.whole_list(data, reader.fact)


def read_people(data: object) -> tuple[Helper, ...]:
    """Read the list of those who help; InputError names every fault by place."""
    reader = FactReader()
    return reader.whole_list(data, reader.helper)


class FactReader(GuideReader):
    """Reads facts, and those who help."""

    def fact(self, data: object, place: str) -> Fact:
        known = ("id", "text", "sources", "dated", "read_on", "grade", "es_review", "figures")
        entries = self.mapping(data, place, known)
        return Fact(
            id=self.text(entries, "id", place, wanted="a name, as ketamine_approved_for"),
            text=self.words(entries, "text", place),
            sources=self.listed(entries, "sources", place, self.source),
            dated=self.date(entries, "dated", place),
            read_on=self.required_date(entries, "read_on", place),
            grade=self.choice(entries, "grade", place, Grade),
            es_review=self.choice(entries, "es_review", place, Review),
            figures=self.figures(entries, place),
        )

    def helper(self, data: object, place: str) -> Helper:
        known = (
            "id",
            "who",
            "for_whom",
            "how",
            "phone",
            "sources",
            "read_on",
            "grade",
            "es_review",
        )
        entries = self.mapping(data, place, known)
        return Helper(
            id=self.text(entries, "id", place, wanted="a name, as ship"),
            who=self.words(entries, "who", place),
            for_whom=self.words(entries, "for_whom", place),
            how=self.words(entries, "how", place),
            phone=self.text(entries, "phone", place),
            sources=self.listed(entries, "sources", place, self.source),
            read_on=self.required_date(entries, "read_on", place),
            grade=self.choice(entries, "grade", place, Grade),
            es_review=self.choice(entries, "es_review", place, Review),
        )

    def source(self, data: object, place: str) -> Source:
        entries = self.mapping(data, place, ("label", "url"))
        if "url" not in entries:
            self.add(f"{place}.url", "missing: give the address where it was read, or null")
        return Source(
            label=self.words(entries, "label", place), url=self.url(entries, "url", place)
        )

    def figures(self, entries: Mapping[str, object], place: str) -> Mapping[str, float]:
        raw = entries.get("figures", {})
        if isinstance(raw, Mapping) and all(
            isinstance(one, int | float) and not isinstance(one, bool) for one in raw.values()
        ):
            return {str(name): number for name, number in raw.items()}
        self.add(f"{place}.figures", "expected numbers by name")
        return {}
