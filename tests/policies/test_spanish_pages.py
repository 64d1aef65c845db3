"""A Spanish page holds no English, save names and what is marked as quoted."""

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from coverage_site.messages import current
from policies import guide
from policies.criteria import Source, walk
from policies.language import twins
from policies.presenting.editions import edition_key
from policies.wording.naming import short_name
from tests.appeals.reading import letters, text_of
from tests.factories import real_catalogue
from tests.policies.html import FULL, PLAN, fields_of
from tests.policies.spanish_texts import SITE, spoken_texts, words_in

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_policies")]

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


def test_english_is_found() -> None:
    page = '<p title="How sure">Sí</p><p lang="en">The plan</p><p>Not met</p><b>It is covered.</b>'
    assert english_in(spoken_texts(page, without=("en",))) == [
        "How sure",
        "Not met",
        "It is covered.",
    ]


def test_a_name_in_english_is_found_and_one_that_is_marked_so() -> None:
    page = (
        "<p>Según Cigna, política sobre Spravato.</p><p>Según Cigna, Spravato policy.</p>"
        '<p lang="en">eviCore, criterios para Spravato</p>'
    )
    assert misnamed_in(page) == ["Cigna, Spravato policy", "eviCore, criterios para Spravato"]


# Pages to read


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("home", ()),
        ("policies:list", ()),
        ("policies:map", ()),
        ("policies:states", ()),
        ("policies:data", ()),
        ("guide:list", ()),
        ("policies:state", ("ma",)),
        ("policies:state", ("sd",)),
        ("policies:state", ("wy",)),
        ("policies:insurer", ("bcbs-ma",)),
        ("policies:insurer", ("medicare-ngs",)),
        ("policies:insurer", ("tricare-west",)),
        *((f"guide:{slug}", ()) for slug in guide.pages()),
        *(("policies:detail", (one.insurer.slug, one.slug)) for one in real_catalogue().documents),
    ],
)
def test_a_page_is_in_spanish(client: Client, name: str, args: tuple[str, ...]) -> None:
    response = client.get(address(name, *args))
    assert response.status_code == 200
    assert english_of(response) == []


@pytest.mark.parametrize(
    "query", ["treatment=esketamine_nasal", "line=medicaid&state=OH", "state=XX", "on=yesterday"]
)
@pytest.mark.parametrize("name", ["policies:map", "policies:list"])
def test_a_page_that_was_asked_for_something_is_in_spanish(
    client: Client, name: str, query: str
) -> None:
    assert english_of(client.get(f"{address(name)}?{query}")) == []


def test_a_comparison_of_editions_is_in_spanish(client: Client) -> None:
    compared = [one for one in real_catalogue().documents if len(one.editions) > 1]
    for one in compared:
        older, newer = sorted(one.editions, key=lambda edition: edition.order)[-2:]
        keys = (edition_key(older), edition_key(newer))
        response = client.get(address("policies:changes", one.insurer.slug, one.slug, *keys))
        assert response.status_code == 200
        assert english_of(response) == []
    assert compared


def test_a_page_that_is_not_there_says_so_in_spanish(client: Client) -> None:
    response = client.get(address("policies:detail", "bcbs-ma", "none"))
    assert response.status_code == 404
    assert english_of(response) == []


@pytest.mark.parametrize("name", ["home", "policies:check", "policies:list", "policies:map"])
def test_a_page_says_that_nobody_has_reviewed_its_spanish(client: Client, name: str) -> None:
    assert "Traducción sin revisar" in client.get(address(name)).content.decode()
    english = client.get(address(name, language="en"))
    assert 'class="unreviewed"' not in english.content.decode()


def test_texts_on_law_and_on_suicide_say_so_once_more(client: Client) -> None:
    _page, _, footer = client.get(address("home")).content.decode().partition("site-footer")
    help_line, _, legal = footer.partition("988lifeline.org")
    assert "(traducción sin revisar)" in help_line
    assert "(traducción sin revisar)" in legal


def test_a_page_of_which_every_text_was_reviewed_says_nothing_of_it(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("policies.language._is_reviewed", lambda: True)
    assert "sin revisar" not in client.get(address("home")).content.decode()


# The check

PLANS = {
    "Massachusetts, IV ketamine": PLAN | FULL,
    "Massachusetts, nothing told": PLAN,
    "CareFirst, esketamine": PLAN
    | FULL
    | {
        "plan-insurer": "carefirst",
        "plan-residence_state": "MD",
        "plan-issue_state": "MD",
        "plan-treatment": "esketamine_nasal",
        "answers-episode_severity": "severe",
        "answers-suicidal_ideation": "without_intent",
    },
    "Alabama": PLAN
    | {"plan-insurer": "bcbs-al", "plan-residence_state": "AL", "plan-issue_state": "AL"},
    "TRICARE West": PLAN
    | {
        "plan-line_of_business": "tricare",
        "plan-insurer": "tricare-west",
        "plan-residence_state": "CA",
    },
    "no document": PLAN | {"plan-insurer": "unknown"},
    "a name that is not held": PLAN | {"plan-insurer": "not-listed", "plan-insurer_name": "Acme"},
    "Medicare": PLAN | {"plan-line_of_business": "original_medicare", "plan-residence_state": "FL"},
    "Medicare, with two documents that ask the same": PLAN
    | FULL
    | {
        "plan-line_of_business": "original_medicare",
        "plan-residence_state": "FL",
        "plan-treatment": "esketamine_nasal",
        "scores-madrs-score": "10",
    },
    "Medicaid with a list, and what would change the answer": PLAN
    | {
        "plan-line_of_business": "medicaid",
        "plan-residence_state": "OH",
        "plan-treatment": "esketamine_nasal",
        "answers-age": "41",
        "tried-0-kind": "antidepressant",
        "tried-0-drug": "Zoloft",
    },
    "Medicaid that refuses, with a rule beside it": PLAN
    | {"plan-line_of_business": "medicaid", "plan-residence_state": "SD"},
    "Medicare Advantage, for a parent": PLAN
    | {"plan-line_of_business": "medicare_advantage", "plan-asker": "parent_or_guardian"},
    "VA, for a clinic": PLAN | FULL | {"plan-line_of_business": "va", "plan-asker": "clinic"},
    "Medicaid, for a carer": PLAN
    | {"plan-line_of_business": "medicaid", "plan-residence_state": "WI", "plan-asker": "carer"},
    "workers' compensation": PLAN | {"plan-line_of_business": "workers_compensation"},
}
of_a_plan = pytest.mark.parametrize("fields", PLANS.values(), ids=PLANS.keys())


def post(client: Client, fields: dict[str, Any], name: str = "policies:check") -> "Response":
    return client.post(address(name), fields)


@of_a_plan
def test_an_answer_is_in_spanish(client: Client, fields: dict[str, Any]) -> None:
    response = post(client, fields | {"go": "answer"})
    assert response.status_code == 200
    assert english_of(response) == []


@of_a_plan
def test_the_answers_to_check_are_in_spanish(client: Client, fields: dict[str, Any]) -> None:
    assert english_of(post(client, fields | {"go": "review"})) == []


@of_a_plan
@pytest.mark.parametrize("name", ["appeals:doctor_page", "appeals:log_sheet"])
def test_a_file_to_print_is_in_spanish(client: Client, fields: dict[str, Any], name: str) -> None:
    carried = fields_of(post(client, fields | {"go": "answer"}))
    response = post(client, carried, name)
    assert response.status_code == 200
    # A line of the page ends within an address.
    text = re.sub(r"(?<=[-/]) ", "", text_of(response.content))
    words = letters(text)
    assert [one for one, _spanish in short_names() if letters(one) in words] == []
    for quote in quotes():
        text = text.replace(quote, "")
    text = names().sub(" ", ADDRESS.sub(" ", text))
    assert english_in(re.split(r"(?<=[.?:;])\s", text)) == []


def test_the_screens_of_the_plan_are_in_spanish(client: Client) -> None:
    first = client.get(address("policies:check"))
    assert english_of(first) == []
    for place in ("who", "insurer", "place", "treatment"):
        assert english_of(post(client, PLAN | {"go": f"change.{place}"})) == []


@pytest.mark.parametrize("treatment", ["iv_ketamine", "esketamine_nasal"])
@pytest.mark.parametrize(
    ("insurer", "state"), [("bcbs-ma", "MA"), ("carefirst", "MD"), ("medical-mutual", "OH")]
)
def test_the_questions_are_in_spanish(
    client: Client, insurer: str, state: str, treatment: str
) -> None:
    place = {"plan-residence_state": state, "plan-issue_state": state}
    screen = post(client, PLAN | place | {"plan-insurer": insurer, "plan-treatment": treatment})
    for _ in range(12):
        assert english_of(screen) == []
        screen = post(client, fields_of(screen) | {"go": "next"})


def test_what_is_wrong_is_said_in_spanish(client: Client) -> None:
    empty = post(client, {"at": "who", "go": "next"})
    wrong = post(
        client,
        PLAN
        | FULL
        | {
            "plan-icd10_codes": "F33, XYZ",
            "answers-age": "900",
            "scores-madrs-score": "300",
            "tried-0-kind": "ect",  # a medicine stands beside it
            "tried-1-outcome": "contraindicated",
            "tried-2-adequate_dose": "no",
            "tried-2-maximum_dose": "yes",
            "tried-3-improvement_percent": "60",
            "tried-4-kind": "ketamine",
            "go": "answer",
        },
    )
    for response in (empty, wrong):
        assert response.status_code == 422
        assert english_of(response) == []
