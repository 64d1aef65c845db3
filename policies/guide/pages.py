"""The pages of the guide: sections of blocks, each block a paragraph, a fact, a list or a part."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, TypeAlias

from policies.faults import join
from policies.guide.facts import Fact, Helper, facts, people_who_help
from policies.guide.reading import HERE, GuideReader, read_file
from policies.guide.words import Review, Words


class Group(StrEnum):
    """The headings that the list of pages stands under."""

    TREATMENT = "treatment"
    COVERAGE = "coverage"
    REFUSED = "refused"
    SITE = "site"


class PartName(StrEnum):
    """A named part that the page's template fills."""

    CALCULATOR = "calculator"
    GRADES = "grades"
    HELP_NOTE = "help_note"
    LIMITS = "limits"
    PEOPLE = "people"
    SURENESS = "sureness"


@dataclass(frozen=True, slots=True)
class Say:
    """A paragraph of our own explanation."""

    words: Words


@dataclass(frozen=True, slots=True)
class ShowFact:
    """A fact, to be shown with its source and date."""

    fact: Fact


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of our own words; one that is ordered is numbered."""

    items: tuple[Words, ...]
    is_ordered: bool


@dataclass(frozen=True, slots=True)
class Link:
    """A way on: `to` names a page of the site (as guide:appeals), a #section or a web address."""

    to: str
    words: Words


@dataclass(frozen=True, slots=True)
class Part:
    """The place of a named part."""

    name: PartName


@dataclass(frozen=True, slots=True)
class Bars:
    """A drawing of a fact's figures, each out of the same whole."""

    fact: Fact
    of: float
    unit: Words
    rows: tuple[tuple[Words, float], ...]


Block: TypeAlias = Say | ShowFact | Listing | Link | Part | Bars


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it."""

    id: str
    title: Words
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the guide."""

    slug: str
    group: Group
    title: Words
    description: Words
    sections: tuple[Section, ...]
    es_review: Review

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(block for section in self.sections for block in section.blocks)

    @property
    def words(self) -> tuple[Words, ...]:
        """Every text of the page, its facts' too, in the order they stand."""
        found = [self.title, self.description]
        for section in self.sections:
            found.append(section.title)
            for block in section.blocks:
                found.extend(_words_of(block))
        return tuple(found)

    @property
    def is_reviewed(self) -> bool:
        """Whether someone has checked all of the Spanish, that of its facts too."""
        shown: list[Fact | Helper] = [one.fact for one in self.blocks if isinstance(one, ShowFact)]
        if self.has_part(PartName.PEOPLE):
            shown.extend(people_who_help())
        reviews = {self.es_review, *(one.es_review for one in shown)}
        return reviews == {Review.REVIEWED}

    def has_part(self, name: PartName) -> bool:
        return Part(name) in self.blocks


@cache
def pages() -> Mapping[str, Page]:
    """Every page by its slug, in the order of the files."""
    files = sorted((HERE / "pages").glob("*.yaml"))
    return {
        page.slug: page for page in (read_file(f"pages/{file.name}", read_page) for file in files)
    }


def read_page(data: object) -> Page:
    """Read a page; InputError names every fault by place."""
    reader = PageReader()
    page = reader.page(data)
    reader.raise_faults()
    return page


class PageReader(GuideReader):
    """Reads pages."""

    def page(self, data: object) -> Page:
        known = ("slug", "group", "title", "description", "es_review", "sections")
        entries = self.mapping(data, "", known)
        return Page(
            slug=self.slug(entries, "slug", ""),
            group=self.choice(entries, "group", "", Group),
            title=self.words(entries, "title", ""),
            description=self.words(entries, "description", ""),
            sections=self.listed(entries, "sections", "", self.section),
            es_review=self.choice(entries, "es_review", "", Review),
        )

    def section(self, data: object, place: str) -> Section:
        entries = self.mapping(data, place, ("id", "title", "blocks"))
        return Section(
            id=self.slug(entries, "id", place),
            title=self.words(entries, "title", place),
            blocks=self.listed(entries, "blocks", place, self.block),
        )

    def block(self, data: object, place: str) -> Block:
        kinds = ("say", "fact", "list", "steps", "link", "part", "bars")
        entries = self.mapping(data, place, kinds)
        if len(entries) != 1:
            self.add(place, f"expected one of: {', '.join(kinds)}")
            return Say(Words("", ""))
        kind = next(iter(entries))
        readers: Mapping[str, Callable[[], Block]] = {
            "say": lambda: Say(self.words(entries, kind, place)),
            "fact": lambda: ShowFact(self.known_fact(entries, kind, place)),
            "list": lambda: Listing(self.listed(entries, kind, place, self.item), False),
            "steps": lambda: Listing(self.listed(entries, kind, place, self.item), True),
            "link": lambda: self.link(entries[kind], join(place, kind)),
            "part": lambda: Part(self.choice(entries, kind, place, PartName)),
            "bars": lambda: self.bars(entries[kind], join(place, kind)),
        }
        return readers[kind]()

    def link(self, data: object, place: str) -> Link:
        entries = self.mapping(data, place, ("to", "text"))
        to = self.text(entries, "to", place, wanted="guide:slug, a page's name or an address")
        return Link(to, self.words(entries, "text", place))

    def item(self, data: object, place: str) -> Words:
        return self.words({place: data}, place, "")

    def bars(self, data: object, place: str) -> Bars:
        entries = self.mapping(data, place, ("fact", "of", "unit", "rows"))
        fact = self.known_fact(entries, "fact", place)

        def row(data: object, place: str) -> tuple[Words, float]:
            inner = self.mapping(data, place, ("figure", "label"))
            return self.words(inner, "label", place), self.figure(inner, "figure", place, fact)

        return Bars(
            fact=fact,
            of=self.figure(entries, "of", place, fact),
            unit=self.words(entries, "unit", place),
            rows=self.listed(entries, "rows", place, row),
        )

    def known_fact(self, entries: Mapping[str, Any], name: str, place: str) -> Fact:
        raw = self.text(entries, name, place, wanted="the id of a fact")
        if raw and raw not in facts():
            self.add(join(place, name), f"there is no fact {raw!r} in facts.yaml")
        return facts().get(raw) or next(iter(facts().values()))

    def figure(self, entries: Mapping[str, Any], name: str, place: str, fact: Fact) -> float:
        raw = self.text(entries, name, place, wanted="the name of a figure of the fact")
        if raw not in fact.figures:
            self.add(join(place, name), f"{raw!r} is no figure of {fact.id}")
        return fact.figures.get(raw, 1)


def _words_of(block: Block) -> tuple[Words, ...]:
    match block:
        case Say(words) | Link(_, words):
            return (words,)
        case ShowFact(fact):
            return (fact.text,)
        case Listing(items, _):
            return items
        case Bars(_, _, unit, rows):
            return (unit, *(label for label, _ in rows))
        case Part():
            return ()
