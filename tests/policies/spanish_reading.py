"""Finds the English that is left on a Spanish page, save names and what is marked as quoted."""

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import override

from coverage_site.messages import current
from policies import guide
from policies.criteria import Source, walk
from policies.language import twins
from policies.wording.naming import short_name
from tests.factories import real_catalogue
from tests.policies.spanish_texts import SITE, spoken_texts, words_in

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

ENGLISH = re.compile(
    r"\b(the|and|your|you|with|of|is|are|be|was|not|this|that|these|which|for|from|by|or|to|we|it"
    r"|its|if|has|have|does|what|when|where|who|how|at least)\b",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"https?://\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:gov|com|org|net)\S*")
FILLED_IN = re.compile(r"%\(\w+\)[sd]|\{\w+\}|<[^>]+>")
WORD = re.compile(r"[^\W\d_]{3,}")
QUOTED = re.compile(r"“([^”]+)”|«([^»]+)»|\"([^\"]+)\"|\(([^():\"“«]+)\)")
NAME = re.compile(r"[A-Z][\w'-]*(?: (?:(?:of|for|and|the) )*[A-Z][\w'-]*)+")


def address(name: str, *args: str, language: str = "es") -> str:
    """Where a page stands in a language."""
    with override(language):
        return reverse(name, args=args)


def pairs() -> Iterator[tuple[str, str]]:
    """Every text in both languages: of the data, of code and templates, and of the guide."""
    yield from ((english, twin.text) for english, twin in twins().items())
    for message in current():
        if isinstance(message.id, str):
            yield FILLED_IN.sub(" ", message.id), FILLED_IN.sub(" ", str(message.string))
    yield from ((one.en, one.es) for one in words_in((guide.pages(), guide.facts())))


@cache
def names() -> re.Pattern[str]:
    """What keeps its English: insurers, documents, and what the Spanish of a text quotes."""
    catalogue = real_catalogue()
    found = {SITE}
    for insurer in catalogue.insurers.values():
        found |= {insurer.name, *insurer.also_known_as}
    for one in catalogue.documents:
        found |= {one.title, one.number}
    for english, spanish in pairs():
        told = english.casefold()
        found |= {text for text in NAME.findall(spanish) if text.casefold() in told}
        for quoted in QUOTED.finditer(spanish):
            text = next(group for group in quoted.groups() if group)
            if text.casefold() in told:
                # A word like "and" is a quote only with its marks.
                found.add(quoted[0] if ENGLISH.fullmatch(text) else text)
    longest_first = sorted((re.escape(one) for one in found if one), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)", re.IGNORECASE)


@cache
def quotes() -> frozenset[str]:
    """The words of documents, as a file to print quotes them."""

    def of(document: Any) -> Iterator[Source]:
        for position in (one for edition in document.editions for one in edition.positions):
            yield position.source
            for tree in (position.criteria, position.continuation, *position.priorities):
                yield from (node.source for node in walk(tree)) if tree is not None else ()

    return frozenset(
        " ".join(source.quote.split())
        for document in real_catalogue().documents
        for source in of(document)
        if source.quote
    )


@cache
def english_words() -> frozenset[str]:
    """The words of our English texts that no Spanish one uses."""
    english, spanish = (
        {word for text in texts for word in WORD.findall(text.casefold())}
        for texts in zip(*pairs(), strict=True)
    )
    return frozenset(english - spanish)


def english_in(texts: list[str]) -> list[str]:
    """The texts that are English, wholly or in part."""
    left = [(text, names().sub(" ", FILLED_IN.sub(" ", ADDRESS.sub(" ", text)))) for text in texts]
    return [
        text
        for text, words in left
        if ENGLISH.search(words) or english_words() & {*WORD.findall(words.casefold())}
    ]


@cache
def short_names() -> tuple[tuple[str, str], ...]:
    """What sentences call the documents that have a short title, in English and in Spanish."""
    with override("es"):
        return tuple(
            (one.short_name, short_name(one))
            for one in real_catalogue().documents
            if one.short_title
        )


def misnamed_in(page: str) -> list[str]:
    """The names of documents that stand in English, or are Spanish and marked as English."""
    whole, unmarked = (" ".join(spoken_texts(page, without=marks)) for marks in ((), ("en",)))
    return [
        *(name for name, _ in short_names() if name in whole),
        *(name for _, name in short_names() if whole.count(name) > unmarked.count(name)),
    ]


def english_of(response: "Response") -> list[str]:
    page = response.content.decode()
    return english_in(spoken_texts(page, without=("en",))) + misnamed_in(page)
