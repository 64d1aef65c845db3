"""The kind of plan that a coverage is: by its codes where they tell one, else by its words."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from policies import terms
from policies.catalogue.names import name_words
from policies.fhir.elements import Coding, Resource, code_of, codings, object_of, objects, text_of
from policies.situation import LineOfBusiness

_V3 = ("http://terminology.hl7.org/CodeSystem/v3-ActCode", "http://hl7.org/fhir/v3/ActCode")


@dataclass(frozen=True, slots=True)
class KindTold:
    """What a coverage tells of its kind; no line where it tells none, or several."""

    line: LineOfBusiness | None
    words: str = ""
    codings: tuple[Coding, ...] = ()
    not_understood: tuple[Coding, ...] = ()
    words_not_understood: str = ""

    @property
    def is_silent(self) -> bool:
        """Whether neither the type nor the payer's name says a word of it."""
        return not (self.line or self.words or self.codings)


def kind_of_plan(coverage: Resource, payer: str, *, is_company: bool) -> KindTold:
    """Read the type, the classes and the payer's name; `is_company` settles a wide kind."""
    listed = codings(coverage.get("type"))
    coded = {one for one in map(_kind_of_code, listed) if one}
    kinds = coded or set(_kinds_in(" | ".join((*_texts(coverage, listed), payer))))
    is_branded = is_company or _is_brand_of_medicare(payer)
    lines = {
        _line(one, is_company=is_branded if one == "medicare" else is_company) for one in kinds
    }
    text = text_of(object_of(coverage.get("type")).get("text"))
    is_told = len(lines) == 1
    unknown = tuple(one for one in listed if not _kind_of_code(one) and not _names_a_kind(one))
    return KindTold(
        line=next(iter(lines)) if is_told else None,
        words=text,
        codings=listed,
        not_understood=unknown if is_told else listed,
        words_not_understood="" if is_told or listed else text,
    )


def is_not_medical(coverage: Resource, payer: str) -> bool:
    """Whether it pays for teeth, eyes or such alone, by a code, its type's words or its payer."""
    listed, told = codings(coverage.get("type")), _data()["not_medical"]
    codes = {*(("v3", one) for one in told["v3"]), *(("sopt", one) for one in told["sopt"])}
    if any((_system(one), one.code) in codes for one in listed):
        return True
    named, beside = re.compile(told["words"]), re.compile(told["beside"])
    texts = [text.casefold() for text in (*_names_of_plan(coverage, listed), payer)]
    return any(named.search(one) and not beside.search(one) for one in texts)


def _system(coding: Coding) -> str:
    if coding.system in _data()["systems"]:
        return "sopt"
    return "v3" if coding.system in _V3 else ""


def _names_of_plan(coverage: Resource, listed: tuple[Coding, ...]) -> Iterator[str]:
    yield text_of(object_of(coverage.get("type")).get("text"))
    yield from (one.display for one in listed)
    for one in objects(coverage.get("class")):
        if code_of(one.get("type")) == "plan":
            yield text_of(one.get("name"))


def _is_brand_of_medicare(payer: str) -> bool:
    """Whether a payer's name puts a brand beside Medicare, as a private plan's does.

    Original Medicare goes by its own name, its parts and agency, a state, or its contractors.
    """
    words = name_words(payer)
    if "medicare" not in words:
        return False
    states = {part for one in terms.states().values() for part in one.casefold().split()}
    return not set(words) <= {*_data()["words_of_original_medicare"], *states}


def _texts(coverage: Resource, listed: tuple[Coding, ...]) -> Iterator[str]:
    yield text_of(object_of(coverage.get("type")).get("text"))
    # A known typology's words are longer than what its code says ("self-pay, Medicaid applicants").
    yield from (one.display for one in listed if one.system not in _data()["systems"])
    for one in objects(coverage.get("class")):
        yield text_of(one.get("name"))
        yield text_of(one.get("value"))


def _kind_of_code(coding: Coding) -> str:
    return _codes().get(coding.code, "") if coding.system in _data()["systems"] else ""


def _names_a_kind(coding: Coding) -> bool:
    return coding.system not in _data()["systems"] and any(_kinds_in(coding.display))


def _kinds_in(text: str) -> Iterator[str]:
    small = text.casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    yield from (kind for kind, pattern in _words().items() if pattern.search(small))


def _line(kind: str, *, is_company: bool) -> LineOfBusiness:
    wide = _data()["wide"].get(kind)
    return LineOfBusiness(wide["company" if is_company else "program"] if wide else kind)


@cache
def _data() -> Any:
    file = Path(__file__).with_name("coverages.yaml")
    return yaml.safe_load(file.read_text(encoding="utf-8"))


@cache
def _codes() -> Mapping[str, str]:
    return {code: kind for kind, codes in _data()["codes"].items() for code in codes}


@cache
def _words() -> Mapping[str, re.Pattern[str]]:
    return {kind: re.compile(pattern) for kind, pattern in _data()["words"].items()}
