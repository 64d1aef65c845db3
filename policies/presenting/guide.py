"""The guide's pages in the reader's language, each block with the template that shows it."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import get_language, gettext

from policies import guide, language
from policies.catalogue import Catalogue
from policies.guide.facts import Helper, Source
from policies.guide.grades import Grade
from policies.guide.limits import written_limits
from policies.guide.pages import Bars, Block, Group, Link, Listing, Part, PartName, Say, ShowFact
from policies.presenting.sources import SurenessView, present_sureness
from policies.situation import Treatment
from policies.sureness import Sureness, sureness_of
from policies.wording import conditions_named, edition_date
from policies.wording.dates import printed_date

TEMPLATES = "policies/guide"
LONG = 5  # sections from which a page opens with a list of them
WIDTH = 100  # of a bar's track, in units of its drawing


@dataclass(frozen=True, slots=True)
class FactView:
    """A fact, and the small line under it."""

    text: str
    sources: tuple[tuple[str, str], ...]
    dated: str
    read_on: str
    grade: str


@dataclass(frozen=True, slots=True)
class BarView:
    """One bar: its words, its length in units of the drawing, and the same as figures."""

    label: str
    value: str
    of: str
    length: float


@dataclass(frozen=True, slots=True)
class BarsView:
    bars: tuple[BarView, ...]
    unit: str
    width: int = WIDTH


@dataclass(frozen=True, slots=True)
class LinkView:
    text: str
    url: str
    is_outside: bool


@dataclass(frozen=True, slots=True)
class ListView:
    items: tuple[str, ...]
    is_ordered: bool


@dataclass(frozen=True, slots=True)
class HelperView:
    """Someone who helps; `phone` can be dialed as it stands."""

    who: str
    for_whom: str
    how: str
    phone: str
    sources: tuple[tuple[str, str], ...]
    read_on: str
    grade: str


@dataclass(frozen=True, slots=True)
class LimitView:
    """What one document allows, as (conditions, lines), and where that stands.

    Each line is (text, language): a record that nobody has put into Spanish stays in English.
    """

    insurer: str
    insurer_slug: str
    slug: str
    date: str
    sureness: SurenessView
    rules: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True, slots=True)
class BlockView:
    template: str
    content: object


@dataclass(frozen=True, slots=True)
class SectionView:
    id: str
    title: str
    blocks: tuple[BlockView, ...]


@dataclass(frozen=True, slots=True)
class GuidePageView:
    """A page; `is_unreviewed` where it is read in Spanish that nobody has checked.

    One that `names_suicide` can be left quickly.
    """

    title: str
    description: str
    sections: tuple[SectionView, ...]
    is_unreviewed: bool
    names_suicide: bool
    is_long: bool


@dataclass(frozen=True, slots=True)
class GuideEntry:
    """A page in the list of pages."""

    title: str
    description: str
    url: str


@dataclass(frozen=True, slots=True)
class GuideGroup:
    """The pages under one heading of the list."""

    title: str
    pages: tuple[GuideEntry, ...]


def present_guide() -> tuple[GuideGroup, ...]:
    """The list of pages."""
    titles = {
        Group.TREATMENT: gettext("The treatment"),
        Group.COVERAGE: gettext("Coverage"),
        Group.REFUSED: gettext("When a plan says no"),
        Group.SITE: gettext("About this site"),
    }
    return tuple(
        GuideGroup(
            title,
            tuple(
                GuideEntry(said(page.title), said(page.description), reverse(f"guide:{page.slug}"))
                for page in guide.pages().values()
                if page.group is group
            ),
        )
        for group, title in titles.items()
    )


def present_page(
    page: guide.Page, *, catalogue: Callable[[], Catalogue], on: dt.date
) -> GuidePageView:
    """A page in the reader's language; the catalogue is fetched only where a part needs it."""
    parts: Mapping[PartName, Callable[[], object]] = {
        PartName.GRADES: _grades,
        PartName.LIMITS: lambda: _limits(catalogue(), on),
        PartName.PEOPLE: _people,
        PartName.SURENESS: lambda: tuple(present_sureness(one) for one in Sureness),
    }

    def block_view(block: Block) -> BlockView:
        match block:
            case Part(name):
                return _block(name, parts[name]() if name in parts else None)
            case Say(words):
                return _block("say", said(words))
            case ShowFact(fact):
                return _block("fact", present_fact(fact))
            case Listing(items, is_ordered):
                return _block("list", ListView(tuple(said(one) for one in items), is_ordered))
            case Link():
                return _block("link", _link(block))
            case Bars():
                return _block("bars", _bars(block))

    return GuidePageView(
        title=said(page.title),
        description=said(page.description),
        sections=tuple(
            SectionView(one.id, said(one.title), tuple(block_view(block) for block in one.blocks))
            for one in page.sections
        ),
        is_unreviewed=_language() == "es" and not page.is_reviewed,
        names_suicide=page.has_part(PartName.HELP_NOTE),
        is_long=len(page.sections) >= LONG,
    )


def present_fact(fact: guide.Fact) -> FactView:
    """A fact in the reader's language."""
    return FactView(
        text=said(fact.text),
        sources=_sources(fact.sources),
        dated=printed_date(fact.dated) if fact.dated else "",
        read_on=printed_date(fact.read_on),
        grade=said(fact.grade.label),
    )


def said(words: guide.Words) -> str:
    """The words in the reader's language."""
    return words.in_language(_language())


def _language() -> str:
    return "es" if (get_language() or "en").startswith("es") else "en"


def _block(name: str, content: object) -> BlockView:
    return BlockView(f"{TEMPLATES}/_{name}.html", content)


def _sources(sources: tuple[Source, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((said(one.label), one.url) for one in sources)


def _link(link: Link) -> LinkView:
    is_outside = link.to.startswith("https://")
    is_address = is_outside or link.to.startswith("#")
    return LinkView(said(link.words), link.to if is_address else reverse(link.to), is_outside)


def _bars(bars: Bars) -> BarsView:
    return BarsView(
        tuple(
            BarView(said(label), f"{value:g}", f"{bars.of:g}", round(WIDTH * value / bars.of, 1))
            for label, value in bars.rows
        ),
        said(bars.unit),
    )


def _grades() -> tuple[tuple[str, str], ...]:
    return tuple((said(one.label), said(one.explanation)) for one in Grade)


def present_helper(one: Helper) -> HelperView:
    """Someone who helps, in the reader's language."""
    return HelperView(
        who=said(one.who),
        for_whom=said(one.for_whom),
        how=said(one.how),
        phone=one.phone,
        sources=_sources(one.sources),
        read_on=printed_date(one.read_on),
        grade=said(one.grade.label),
    )


def _people() -> tuple[HelperView, ...]:
    return tuple(present_helper(one) for one in guide.people_who_help())


def _limits(catalogue: Catalogue, on: dt.date) -> tuple[tuple[str, tuple[LimitView, ...]], ...]:
    """The written limits under each treatment that has any."""
    found: dict[Treatment, list[LimitView]] = {}
    for one in written_limits(catalogue, on=on):
        found.setdefault(one.treatment, []).append(
            LimitView(
                insurer=one.document.insurer.name,
                insurer_slug=one.document.insurer.slug,
                slug=one.document.slug,
                date=edition_date(one.edition),
                sureness=present_sureness(sureness_of(one.edition, on=on)),
                rules=tuple(
                    (conditions_named(named), tuple(_in_reader_language(line) for line in lines))
                    for named, lines in one.rules
                ),
            )
        )
    return tuple(
        (language.said(treatment.label), tuple(views)) for treatment, views in found.items()
    )


def _in_reader_language(text: str) -> tuple[str, str]:
    said_now = language.said(text)
    return said_now, _language() if said_now != text else "en"
