"""The guide's files: what may stand in them, in both languages, and what may not."""

import re

import pytest

from policies import guide
from policies.faults import InputError
from policies.guide.facts import read_facts, read_people
from policies.guide.pages import Listing, Say, ShowFact, read_page
from tests.policies.reading_level import school_years

EIGHTH_GRADE = 8
SAME_IN_SPANISH = {"Medicaid", "Medicare"}
NUMBERS_IN_WORDS = {1: ("one", "una")}
PROMISE = re.compile(
    r"guarante|we recommend|you should take|will be approved|success rate|your chances? (is|are)\b"
    r"|garantiz|le recomendamos|será aprobad|tasa de éxito|su probabilidad es",
    re.IGNORECASE,
)
FACT = {
    "id": "a_fact",
    "text": {"en": "One of 18.", "es": "Una de 18."},
    "sources": [{"label": "A page", "url": "https://example.org/page"}],
    "dated": "2025-09",
    "read_on": "2026-11",
    "grade": "preprint",
    "es_review": "unreviewed",
}
PAGE = {
    "slug": "a-page",
    "group": "site",
    "title": {"en": "A page", "es": "Una página"},
    "description": {"en": "About it.", "es": "De qué trata."},
    "es_review": "unreviewed",
    "sections": [
        {
            "id": "one",
            "title": {"en": "One", "es": "Uno"},
            "blocks": [{"say": {"en": "Words.", "es": "Palabras."}}],
        }
    ],
}


every_page = pytest.mark.parametrize("slug", guide.pages())
every_fact = pytest.mark.parametrize("name", guide.facts())


# The files


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        pytest.param(
            {"text": {"en": "One of 18."}},
            "[0].text.es: missing: give the Spanish",
            id="no es",
        ),
        pytest.param(
            {"text": {"en": "One.", "es": " "}}, "[0].text.es: missing", id="empty Spanish"
        ),
        pytest.param({"grade": "certain"}, "[0].grade: 'certain' is not one", id="no such grade"),
        pytest.param({"read_on": None}, "[0].read_on: missing", id="nobody says when it was read"),
        pytest.param({"dated": "May 2025"}, "[0].dated: 'May 2025' is not a date", id="no date"),
        pytest.param(
            {"sources": [{"label": "A page"}]}, "[0].sources[0].url: missing", id="no address"
        ),
        pytest.param({"figures": {"of": "18"}}, "[0].figures: expected numbers", id="no number"),
        pytest.param({"note": "?"}, "[0].note: there is no such field", id="unknown field"),
    ],
)
def test_a_faulty_fact_is_named_with_its_place(changed: dict[str, object], fault: str) -> None:
    with pytest.raises(InputError) as caught:
        read_facts([FACT | changed])
    assert fault in str(caught.value)


def test_a_fact_stands_once() -> None:
    with pytest.raises(InputError, match=r"\[1\]\.id: 'a_fact' stands twice"):
        read_facts([FACT, FACT])


@pytest.mark.parametrize("field", ["who", "for_whom", "how"])
def test_someone_who_helps_is_told_of_in_spanish_too(field: str) -> None:
    words = {"en": "Help", "es": "Ayuda"}
    entry = dict.fromkeys(("who", "for_whom", "how"), words) | {field: {"en": "Help"}}
    fixed = {"id": "x", "sources": [], "read_on": "2026", "grade": "source"}
    with pytest.raises(InputError, match=rf"\[0\]\.{field}\.es: missing: give the Spanish"):
        read_people([entry | fixed | {"es_review": "reviewed"}])


@pytest.mark.parametrize(
    ("block", "fault"),
    [
        pytest.param({"say": {"en": "Words."}}, "say.es: missing", id="paragraph without Spanish"),
        pytest.param({"fact": "nothing"}, "there is no fact 'nothing'", id="unknown fact"),
        pytest.param({"part": "nothing"}, "'nothing' is not one of", id="unknown part"),
        pytest.param({}, "expected one of: say, fact", id="nothing"),
        pytest.param({"list": [{"en": "Words."}]}, "list[0].es: missing", id="item, no Spanish"),
        pytest.param(
            {"bars": {"fact": "survey_medicaid", "of": "nothing", "unit": "x", "rows": []}},
            "'nothing' is no figure of survey_medicaid",
            id="bars of no figure",
        ),
    ],
)
def test_a_faulty_page_is_named_with_its_place(block: dict[str, object], fault: str) -> None:
    section = PAGE["sections"][0] | {"blocks": [block]}  # type: ignore[index]
    with pytest.raises(InputError) as caught:
        read_page(PAGE | {"sections": [section]})
    assert "sections[0].blocks[0]" in str(caught.value)
    assert fault in str(caught.value)


@every_page
def test_the_spanish_of_a_page_is_not_the_english_left_as_it_was(slug: str) -> None:
    same = {one.en for one in guide.pages()[slug].words if one.en == one.es}
    assert same <= SAME_IN_SPANISH


@every_fact
def test_a_fact_says_where_it_was_read(name: str) -> None:
    assert guide.fact(name).sources


@pytest.mark.parametrize("name", [name for name, one in guide.facts().items() if one.figures])
def test_the_figures_drawn_are_those_of_the_text(name: str) -> None:
    fact = guide.fact(name)
    for number in fact.figures.values():
        as_figure = f"{number:,.0f}"
        english, spanish = NUMBERS_IN_WORDS.get(int(number), (as_figure, as_figure))
        assert re.search(rf"\b{english}\b", fact.text.en)
        assert re.search(rf"\b{spanish}\b", fact.text.es)


def test_every_fact_stands_on_a_page() -> None:
    shown = {
        block.fact.id
        for page in guide.pages().values()
        for block in page.blocks
        if isinstance(block, ShowFact)
    }
    assert shown == set(guide.facts())


@pytest.mark.parametrize(
    ("changed", "is_reviewed"),
    [
        pytest.param({"es_review": "reviewed"}, True, id="reviewed"),
        pytest.param({}, False, id="not reviewed"),
        pytest.param(
            {
                "es_review": "reviewed",
                "sections": [PAGE["sections"][0] | {"blocks": [{"part": "people"}]}],  # type: ignore[index]
            },
            False,
            id="reviewed, with people who help in Spanish that is not",
        ),
    ],
)
def test_a_page_is_reviewed_when_all_of_its_spanish_is(
    changed: dict[str, object], is_reviewed: bool
) -> None:
    assert read_page(PAGE | changed).is_reviewed is is_reviewed


# The words


@every_page
def test_a_page_reads_at_eighth_grade_or_below(slug: str) -> None:
    texts: list[str] = []
    for block in guide.pages()[slug].blocks:
        match block:
            case Say(words):
                texts.append(words.en)
            case ShowFact(fact):
                texts.append(fact.text.en)
            case Listing(items, _):
                texts += [one.en for one in items]
            case _:
                pass
    texts += [one.how.en for one in guide.people_who_help()] if slug == "people-who-help" else []
    assert school_years(texts) <= EIGHTH_GRADE


@every_page
def test_a_page_promises_nothing_and_does_not_shout(slug: str) -> None:
    for words in guide.pages()[slug].words:
        for text in (words.en, words.es):
            assert not PROMISE.search(text)
            assert "!" not in text
            assert "¡" not in text


def test_figures_of_other_peoples_outcomes_are_called_nobodys_chance() -> None:
    for slug in ("ketamine-infusion", "appeals"):
        texts = [one.en for one in guide.pages()[slug].words]
        outcome = next(text for text in texts if re.search(r"\d of 100|\d of \d", text))
        warning = next(text for text in texts if "never your chance" in text)
        assert texts.index(warning) < texts.index(outcome)
