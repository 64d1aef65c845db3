"""What has to stand in Spanish: texts of the records and rules, and whatever a template says."""

import dataclasses
import re
from collections.abc import Collection, Iterator, Mapping, Set
from enum import StrEnum
from html.parser import HTMLParser

from django.template.base import Lexer, TokenType

from policies import terms, vocabulary
from policies.asked import TREATMENTS, Question
from policies.catalogue import PrintedDate
from policies.guide.words import Words
from policies.wording.phrases import spaced
from tests.factories import real_catalogue

# The fields of records that hold names, keys and quotes. All others are texts for a reader.
NAMES = {
    "Insurer": {"slug", "name", "states", "parent", "also_known_as"},
    "Document": {"slug", "title", "number", "states", "url"},
    "SourceReading": {"key", "url"},
    "Position": {"indications"},
    "BillingCodes": {"hcpcs", "cpt", "icd10"},
    "Source": {"origin", "section", "quote"},
    "FactCriterion": {"id", "fact", "equals", "one_of", "includes"},
    "TrialDefinition": {"kind", "drug", "drug_class", "route", "outcome", "outcome_unclear"},
    "CountCriterion": {"id"},
    "ScaleCriterion": {"id", "scales"},
    "CodeCriterion": {"id", "icd10"},
    "Judgement": {"id"},
    "Unread": {"id"},
    "Group": {"id"},
    # A scale's or a drug's own notes, and the advice on codes, are for editors and letters.
    "Condition": {
        *("id", "within", "perhaps_within", "overlaps", "icd10", "too_vague_for_appeal"),
        "coding_note",
    },
    "RatingScale": {"id", "measures", "rater", "loinc", "source", "note"},
    "DrugClass": {"id", "kind"},
    "Drug": {"brands", "also", "route", "rxnorm_ingredient", "note"},
    "FactDefinition": {"name", "group", "code", "why_kept"},
}


def texts_of(record: object, names: Mapping[str, Set[str]] = NAMES) -> Iterator[str]:
    """Every text for a reader in a record and in all that it holds, but for fields of `names`."""
    match record:
        case StrEnum() | PrintedDate() | None:
            return
        case str():
            yield record
        case Mapping():
            for one in record.values():
                yield from texts_of(one, names)
        case tuple() | list() | frozenset():
            for one in record:
                yield from texts_of(one, names)
        case _ if dataclasses.is_dataclass(record):
            left_out = names.get(type(record).__name__, frozenset())
            for field in dataclasses.fields(record):
                if field.name not in left_out:
                    yield from texts_of(getattr(record, field.name), names)


def words_in(record: object) -> Iterator[Words]:
    """Every text that a record of the guide holds in both languages."""
    match record:
        case Words():
            yield record
        case Mapping():
            yield from words_in(tuple(record.values()))
        case tuple():
            for one in record:
                yield from words_in(one)
        case _ if dataclasses.is_dataclass(record):
            yield from words_in(
                tuple(getattr(record, one.name) for one in dataclasses.fields(record))
            )


def texts_of_documents() -> set[str]:
    """The texts of the insurers and documents that we hold."""
    catalogue = real_catalogue()
    found = {text for one in catalogue.insurers.values() for text in texts_of(one)}
    for document in catalogue.documents:
        found |= set(texts_of(document))
        found |= {spaced(one.key) for edition in document.editions for one in edition.readings}
    return found - {""}


def texts_of_terms() -> set[str]:
    """The texts of the vocabulary, and the questions of a check."""
    held = (
        terms.conditions(),
        terms.rating_scales(),
        terms.drug_classes(),
        terms.drugs(),
        terms.states(),
        vocabulary.facts(),
        vocabulary.treatment_fields(),
        vocabulary.score_fields(),
    )
    asked = [
        *(Question(name) for name in (*vocabulary.facts(), TREATMENTS)),
        *(Question(name, is_scale=True) for name in terms.rating_scales()),
    ]
    found = {text for one in held for text in texts_of(one)}
    return (found | {one.text for one in asked} | {terms.ICD10_RELEASE}) - {""}


def labels_of_rules() -> set[str]:
    """What the enumerations of the rules are called, by their own properties."""
    return {
        said
        for kind in StrEnum.__subclasses__()
        if kind.__module__.startswith("policies.")
        for name, value in vars(kind).items()
        if isinstance(value, property)
        for member in kind
        if type(said := getattr(member, name)) is str
    }


# Templates

SITE = "Ketamine Coverage"
SPOKEN = {"alt", "aria-label", "aria-description", "placeholder", "title"}
_LITERAL = re.compile(r'(?<!_\()"([^"]*)"')
_WORD = re.compile(r"[^\W\d_]{2}")


def bare_texts(template: str) -> list[str]:
    """The texts of a template that no translation reaches."""
    markup, found = [], []
    closing = ""
    for token in Lexer(template).tokenize():
        name, *_ = token.contents.split() or [""]
        if token.token_type is TokenType.TEXT and not closing:
            markup.append(token.contents)
        elif token.token_type is TokenType.VAR or name in ("include", "with", "firstof"):
            quoted = _LITERAL.findall(token.contents)
            found += [one for one in quoted if re.search(r"[A-Za-z]+ |^[A-Z]", one)]
        elif closing:
            closing = "" if name == closing else closing
        elif name in ("blocktranslate", "comment"):
            closing = f"end{name}"
    texts = spoken_texts("".join(markup), without=("en", "es"))
    return found + [text for text in texts if _WORD.search(text.replace(SITE, ""))]


def spoken_texts(markup: str, *, without: Collection[str]) -> list[str]:
    """What is seen or read out, but for what is marked as one of some languages."""
    reader = Reader(without=without)
    reader.feed(markup)
    reader.close()
    return reader.texts


class Reader(HTMLParser):
    """Collects what is seen or read out, but for what is marked as one of some languages."""

    VOID = {"br", "img", "input", "link", "meta"}

    def __init__(self, *, without: Collection[str]) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._without = without
        self._open: list[tuple[str, str]] = []

    @property
    def language(self) -> str:
        return self._open[-1][1] if self._open else ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        marks = {name: value or "" for name, value in attrs}
        language = marks.get("lang", self.language)
        if language not in self._without:
            self.texts += [text for name, text in marks.items() if is_spoken(tag, name, marks)]
        if tag not in self.VOID:
            self._open.append((tag, language))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A shape of a picture holds no text."""

    def handle_endtag(self, tag: str) -> None:
        if any(tag == one for one, _ in self._open):
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self.cdata_elem and self.language not in self._without and data.strip():
            self.texts.append(" ".join(data.split()))


def is_spoken(tag: str, name: str, marks: Mapping[str, str]) -> bool:
    """Whether an attribute of a tag holds words for a person."""
    if tag == "meta":
        return name == "content" and marks.get("name") == "description"
    return name in SPOKEN or (name.startswith("data-") and " " in marks[name])
