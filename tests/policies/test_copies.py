"""Two copies of a document: what changed in their words, and where a quote stands."""

import pytest

from policies.copies.changes import Change, Run, changes_in_text
from policies.copies.quotes import Quote, find_quote, made_ready, quotes_of
from policies.copies.text import document_text
from policies.criteria import FactCriterion, Source
from policies.situation import Treatment
from tests.factories import all_of, make_edition, make_position

COVERED = "Esketamine is considered medically necessary when all of these are met."
TWO = "The individual has had an inadequate response to at least two antidepressants."
ADULT = "The individual is 18 years of age or older."
PAIN = "Ketamine for chronic pain is considered investigational."


def pages(*texts: str, head: str = "", year: str = "2025") -> list[str]:
    """Pages as a PDF gives them, each with the head and the foot of the whole document."""
    count = len(texts)
    return [
        f"{head} {year}\n{text}\nAcme Health Plan\nPage {number} of {count}\n" if head else text
        for number, text in enumerate(texts, 1)
    ]


def changed(before: list[str], after: list[str]) -> list[tuple[str, str]]:
    """What went and what came, in each place that changed."""
    found = changes_in_text(before, after).changes
    return [(_only(one, Run.REMOVED), _only(one, Run.ADDED)) for one in found]


def _only(change: Change, run: Run) -> str:
    return " ".join(words for kind, words in (*change.before, *change.after) if kind is run)


# What is no change


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param([f"{COVERED}\n{TWO}"], [f"{COVERED} {TWO}"], id="other lines"),
        pytest.param(
            [f"{COVERED}\n{TWO}\n{ADULT}"], [f"{COVERED}\n{TWO}", ADULT], id="another page break"
        ),
        pytest.param(
            [COVERED + "\n" + TWO],
            [COVERED + "\n" + TWO.replace("inadequate", "inad-\nequate")],
            id="a word broken by a hyphen",
        ),
        pytest.param(
            ["Treatment-resistant depression."],
            ["Treatment-\nresistant depression."],
            id="a hyphen at which a line ends",
        ),
        pytest.param(
            ['The "efficient" plan\'s list - all of it.'],
            ["The “eﬃcient” plan’s list \u2013 all of it."],  # noqa: RUF001
            id="quotation marks, ligatures and dashes",
        ),
        pytest.param(["• One;\n• Two."], ["One;\nTwo.\n•\n•"], id="bullets drawn elsewhere"),
        pytest.param(
            pages(COVERED, TWO, ADULT, head="Policy 12"),
            pages(f"{COVERED}\n{TWO}", ADULT, head="Policy 12"),
            id="heads and feet of pages",
        ),
        pytest.param(
            pages(COVERED, TWO, head="Policy 12"),
            pages(f"{COVERED}\n{TWO}", head="Policy 12"),
            id="a copy of one page, which repeats nothing",
        ),
        pytest.param(
            [f"{COVERED}\n1", f"{TWO}\n2"], [f"{COVERED}\n{TWO}\n1"], id="numbers of pages"
        ),
    ],
)
def test_the_same_words_are_no_change(before: list[str], after: list[str]) -> None:
    assert changed(before, after) == []
    assert changed(after, before) == []


# What is one


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param([TWO], [TWO.replace("two", "three")], [("two", "three")], id="a number"),
        pytest.param(
            [f"{COVERED}\n{ADULT}"], [f"{COVERED}\n{TWO}\n{ADULT}"], [("", TWO)], id="a new line"
        ),
        pytest.param([f"{COVERED}\n{PAIN}"], [COVERED], [(PAIN, "")], id="a line left out"),
        pytest.param(
            pages(COVERED, TWO, ADULT, head="In effect from"),
            pages(COVERED, TWO, ADULT, head="In effect from", year="2026"),
            [("2025", "2026")],
            id="the date in the head, told once",
        ),
        pytest.param([COVERED], ["Nothing else."], [(COVERED, "Nothing else.")], id="everything"),
        pytest.param([], [COVERED], [("", COVERED)], id="from nothing"),
    ],
)
def test_what_changed_is_shown_by_its_words(
    before: list[str], after: list[str], expected: list[tuple[str, str]]
) -> None:
    assert changed(before, after) == expected


def test_a_change_names_the_pages_on_which_it_stood_and_stands() -> None:
    before = [COVERED, f"{TWO}\n{PAIN}"]
    after = [COVERED, ADULT, f"{TWO}\n{PAIN.replace('chronic', 'acute')}"]
    found = changes_in_text(before, after).changes
    assert [(one.before_page, one.after_page) for one in found] == [(0, 2), (2, 3)]


def test_a_broken_word_is_shown_whole_as_the_document_writes_it() -> None:
    after = ["Antidepressants of the serotonin-\nspecific kind, antide-\npressants of any kind."]
    (change,) = changes_in_text([], after).changes
    ((_, words),) = change.after
    assert words == "Antidepressants of the serotoninspecific kind, antidepressants of any kind."
    after = [after[0] + " Serotonin is specific. "]
    ((_, words),) = changes_in_text([], after).changes[0].after
    assert words.startswith("Antidepressants of the serotonin-specific kind, antidepressants")


# Quotes


def quote(text: str, label: str = "A label") -> Quote:
    return Quote(text, label, "page", "")


@pytest.mark.parametrize(
    ("words", "page"),
    [
        pytest.param("inadequate response to at least two antidepressants", 2, id="word for word"),
        pytest.param("An inadequate response to at least two", 2, id="a capital at its beginning"),
        pytest.param("“at least two” antidepressants.", None, id="marks that do not stand there"),
        pytest.param("at least three antidepressants", None, id="another number"),
        pytest.param("at least tw", None, id="half a word"),
        pytest.param("18 years of age or older.", 3, id="with its full stop"),
        pytest.param("8 years of age", None, id="half a number"),
        pytest.param("response ... antidepressants", 2, id="with words left out"),
        pytest.param("antidepressants ... response", None, id="words left out, in another order"),
        pytest.param("medically necessary when … are met", 1, id="with an ellipsis"),
        pytest.param("Acme Health Plan", 1, id="from the foot of the pages"),
        pytest.param("all of these are met. The individual has had", 1, id="over a page break"),
        pytest.param("...", None, id="nothing but dots"),
    ],
)
def test_a_quote_stands_or_not(words: str, page: int | None) -> None:
    broken = TWO.replace("inadequate", "inad-\nequate").replace("to at", "to\nat")
    document = document_text(pages(COVERED, broken, ADULT, head="Policy 12"))
    assert find_quote(words, made_ready(document)) == page


def test_a_quote_is_shown_beside_the_change_of_its_words_and_where_it_moved() -> None:
    gone, moved, new = (
        quote("at least two antidepressants"),
        quote("18 years of age or older"),
        quote("for chronic pain"),
    )
    before = [COVERED, f"{TWO}\n{ADULT}"]
    after = [f"{COVERED}\n{ADULT}\n{TWO.replace('two', 'three')}", PAIN]
    found = changes_in_text(before, after, [gone, moved, new])
    assert [(one.before, one.after) for one in found.quotes] == [(2, None), (2, 1), (None, 2)]
    assert [one.is_gone for one in found.quotes] == [True, False, False]
    quoted = [one for one in found.changes if gone in one.quotes]
    assert len(quoted) == 1
    assert "two" in _only(quoted[0], Run.REMOVED)


def test_every_quote_of_an_edition_is_found_with_the_label_it_stands_at() -> None:
    adult = FactCriterion(
        label="18 years or older", fact="age", min=18, source=Source("page", "B", "18 or older")
    )
    position = make_position(
        treatment=Treatment.ESKETAMINE_NASAL,
        criteria=all_of(adult, FactCriterion(label="Ours", fact="age", max=90)),
        source=Source("page", "A", "is covered"),
    )
    assert [(one.label, one.text) for one in quotes_of(make_edition(position))] == [
        (f"What it says of {Treatment.ESKETAMINE_NASAL.label}", "is covered"),
        ("18 years or older", "18 or older"),
    ]


def test_a_long_document_is_compared_in_good_time() -> None:
    before = [
        "\n".join(f"Sentence {page}.{row} says what no other says." for row in range(40))
        for page in range(300)
    ]
    after = [page.replace("Sentence 150.7 says", "Sentence 150.7 tells") for page in before]
    assert changed(before, after) == [("says", "tells")]
