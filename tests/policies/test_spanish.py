"""Every text has its Spanish: of the code, the templates, the documents and the rules."""

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from babel.messages.catalog import Message

from coverage_site.messages import ENGLISH, PO, ROOT, compiled, current, extracted
from policies.language import twins
from tests.factories import real_catalogue
from tests.policies.spanish_texts import (
    bare_texts,
    labels_of_rules,
    texts_of_documents,
    texts_of_terms,
)

TWINS = ROOT / "policies" / "spanish"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%%")
TAG = re.compile(r"<[^>]+>")
NUMBER = re.compile(r"\d+")
TEMPLATES = sorted(
    path for path in (ROOT / "templates").rglob("*.html") if not ENGLISH & set(path.parts)
)


def messages() -> list[Message]:
    return [one for one in current() if one.id]


def forms(text: str | list[str] | tuple[str, ...] | None) -> list[str]:
    return list(text) if isinstance(text, list | tuple) else [text or ""]


# Code and templates


def test_the_spanish_file_holds_the_texts_of_today_and_no_others() -> None:
    assert {one.id for one in messages()} == {one.id for one in extracted() if one.id}


def test_every_text_of_code_and_templates_has_its_spanish() -> None:
    open_ones = [one.id for one in messages() if one.fuzzy or not all(forms(one.string))]
    assert open_ones == []


def test_the_compiled_file_is_the_one_that_is_read() -> None:
    assert PO.with_suffix(".mo").read_bytes() == compiled(current())


@pytest.mark.parametrize("parts", [PLACEHOLDER, TAG], ids=["placeholders", "tags"])
def test_a_translation_keeps_what_is_filled_in_and_marked(parts: re.Pattern[str]) -> None:
    differing = [
        (english, spanish)
        for one in messages()
        for english, spanish in zip(forms(one.id), forms(one.string), strict=True)
        if Counter(parts.findall(english)) != Counter(parts.findall(spanish))
    ]
    assert differing == []


@pytest.mark.parametrize(
    "path", TEMPLATES, ids=lambda path: path.relative_to(ROOT / "templates").as_posix()
)
def test_a_template_holds_no_text_that_is_not_translated(path: Path) -> None:
    assert bare_texts(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "template",
    [
        pytest.param("<p>{{ a }} covered</p>", id="a text"),
        pytest.param('<nav aria-label="Main"></nav>', id="a name that is read out"),
        pytest.param('{% include "a.html" with title="What to do" %}', id="a text handed on"),
        pytest.param('{{ day|date:"F j, Y" }}', id="a date in one language's order"),
        pytest.param("{% translate 'Yes' %} or {% translate 'No' %}", id="a text between two"),
    ],
)
def test_a_bare_text_is_found(template: str) -> None:
    assert len(bare_texts(template)) == 1


# Documents, vocabulary and rules


@pytest.mark.parametrize("texts", [texts_of_documents, texts_of_terms, labels_of_rules])
def test_every_text_of_the_data_has_a_twin(texts: Callable[[], set[str]]) -> None:
    found = texts()
    assert found
    assert sorted(found - set(twins())) == []


def test_a_twin_keeps_the_numbers() -> None:
    differing = [
        (english, twin.text)
        for english, twin in twins().items()
        # A quote that is kept, with its meaning beside it, names its numbers twice.
        if set(NUMBER.findall(english)) != set(NUMBER.findall(twin.text))
    ]
    assert differing == []


def test_a_twin_of_a_document_goes_with_its_text() -> None:
    files = (TWINS / "policies").glob("*.yaml")
    texts = {text for path in files for text in yaml.safe_load(path.read_text("utf-8"))["texts"]}
    assert texts
    assert texts - texts_of_documents() == set()


def test_the_twins_of_short_titles_are_those_of_the_documents() -> None:
    titles = yaml.safe_load((TWINS / "titles.yaml").read_text("utf-8"))["texts"]
    assert set(titles) == {one.short_title for one in real_catalogue().documents} - {""}
    assert len(set(titles.values())) == len(titles)


def test_numbers_of_documents_stay_as_they_are() -> None:
    numbers = {one.number for one in real_catalogue().documents} - {""}
    spoken = texts_of_documents() | texts_of_terms() | labels_of_rules()
    assert numbers
    assert (numbers - spoken) & set(twins()) == set()
