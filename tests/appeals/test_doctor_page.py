"""One page for the doctor: true, whole, of one page, and made from local files alone."""

from dataclasses import replace
from typing import Any

import pytest

from appeals import pdf
from appeals.doctor_page import FORMS, doctor_pages
from appeals.pdf import PdfError, render_pdf
from policies.situation import Asker, LineOfBusiness, Treatment
from tests.appeals.reading import (
    HEIGHT,
    WIDTH,
    fullest,
    guided,
    letters,
    massachusetts,
    of_document,
    read,
    text_of,
)
from tests.factories import make_score, make_tried, real_document

PAGE = "appeals/doctor_page.html"


def printed(guidance: Any) -> bytes:
    return render_pdf(PAGE, doctor_pages(guidance))


# What it says


def test_the_page_says_the_verdict_by_which_document_of_which_date_and_how_sure() -> None:
    text = text_of(printed(massachusetts()))
    assert "Going by a second-hand account, the patient does not appear to meet" in text
    assert "Blue Cross Blue Shield of Massachusetts, 087 (in effect from April 1, 2021)" in text
    assert "Second-hand. We did not read the insurer's own document" in text
    assert "Treatment: IV ketamine infusion" in text
    assert "November 25, 2026" in text
    assert "the plan's own determination is what counts" in text


def test_every_criterion_stands_there_with_its_state_and_what_was_told() -> None:
    page = fullest(massachusetts())
    told = {check.label: (check.state, check.told) for check in page.checks}
    assert page.score == "4 of at least 9 met, 1 not met, 4 to find out."
    assert told["18 years or older"] == ("Met", "41 years")
    assert told["Not enough response to 4 antidepressants from at least 2 classes"] == (
        "Met",
        "counts: sertraline, escitalopram, venlafaxine, bupropion",
    )
    assert told["The rest of the form's list"] == ("Not readable", "")
    text = letters(text_of(printed(massachusetts())))
    assert [label for label in told if letters(label) not in text] == []


def test_a_treatment_that_does_not_count_is_told_with_why() -> None:
    rows = [make_tried("Zoloft", weeks=2), make_tried("Lexapro", weeks=None)]
    page = fullest(massachusetts(tried=rows))
    (trial,) = [one for one in page.checks if one.label.startswith("Each of those 4")]
    assert trial.told == "may count: escitalopram; does not count: sertraline (not long enough)"


def test_a_self_completed_score_is_never_printed_as_charted() -> None:
    own = massachusetts(scores=[make_score("madrs", 30, origin="self_completed")])
    text = letters(text_of(printed(own)))
    assert letters("MADRS 30 on November 2, 2026: self-completed, not in your record") in text
    assert letters("A score marked self-completed was filled in by the patient alone.") in text
    assert letters("in the chart as told to us") not in text
    charted = letters(text_of(printed(massachusetts(scores=[make_score("madrs", 30)]))))
    assert letters("MADRS 30 on November 2, 2026, in the chart as told to us") in charted
    assert letters("self-completed") not in charted


def test_what_is_open_stands_under_the_one_who_can_settle_it() -> None:
    page = fullest(massachusetts())
    assert [group.heading for group in page.to_find_out] == [
        "The chart shows it",
        "The clinician can say",
        "Only the plan can say",
    ]


def test_what_the_document_wants_to_see_and_its_codes_are_named() -> None:
    west = guided(
        insurer="tricare-west",
        line_of_business=LineOfBusiness.TRICARE,
        treatment=Treatment.ESKETAMINE_NASAL,
        answers={"age": 41},
    )
    text = text_of(printed(west))
    assert "Prior authorization is required." in text
    assert "Spravato Letter of Attestation" in text
    assert "HCPCS G2082, G2083" in text


def test_a_refusal_is_quoted_and_told_what_to_do_next() -> None:
    text = text_of(printed(guided(insurer="bcbs-al", issue_state="AL")))
    assert "the plan's written rule does not cover this." in text
    assert "is considered investigational.” (The document's own words)" in text
    assert "Ask the plan whether this document is still in force" in text


def test_other_lists_and_other_documents_are_named() -> None:
    lists = fullest(
        guided(
            insurer="carefirst",
            issue_state="MD",
            treatment=Treatment.ESKETAMINE_NASAL,
            answers={"age": 41},
        )
    )
    (other,) = lists.beside
    assert other.startswith(
        "The document has another list, for major depression with suicidal ideation:"
    )
    several = fullest(
        guided(
            insurer="bcbs-ma",
            line_of_business=LineOfBusiness.MEDICARE_ADVANTAGE,
            conditions=["chronic_pain"],
        )
    )
    assert several.beside[0].endswith(
        "documents apply. This answer goes by Blue Cross Blue Shield "
        "of Massachusetts, 291: the plan's own document stands before a rule of its program."
    )


def test_without_a_document_the_page_says_what_to_ask_for() -> None:
    text = text_of(printed(guided(insurer_name="Nobody Health")))
    assert "We hold no document from the plan." in text
    assert "Nobody Health" in text
    assert "Ask the plan to send the rule in writing" in text


@pytest.mark.parametrize("asker", [None, *Asker])
def test_whoever_asks_the_page_speaks_to_a_doctor_of_the_patient(asker: Asker | None) -> None:
    asked = massachusetts()
    situation = replace(asked.answer.situation, asker=asker)
    other = replace(asked, answer=replace(asked.answer, situation=situation))
    assert list(doctor_pages(other)) == list(doctor_pages(asked))


def test_there_is_a_line_for_the_name_and_no_name() -> None:
    text = text_of(printed(massachusetts()))
    assert "Patient Date of birth Treatment:" in text


# One page


def test_each_page_is_shorter_than_the_one_before() -> None:
    full, *shorter = list(doctor_pages(massachusetts(tried=[make_tried("Zoloft")])))
    assert len(shorter) + 1 == len(FORMS)
    assert [one.is_shortened for one in (full, *shorter)] == [not form.notes for form in FORMS]
    assert not full.is_shortened
    assert all(one.treatments == full.treatments != () for one in shorter)
    assert len({one.verdict for one in (full, *shorter)}) == 1
    # However short, every criterion keeps its line and its state.
    states = [[(check.label, check.state) for check in one.checks] for one in (full, *shorter)]
    assert all(one == states[0] for one in states)


def test_what_was_left_out_is_counted() -> None:
    *_, shortest = doctor_pages(
        guided(
            insurer="carefirst",
            issue_state="MD",
            treatment=Treatment.ESKETAMINE_NASAL,
            answers={"age": 41},
            tried=[make_tried("Zoloft"), make_tried("Lexapro")],
        )
    )
    fullest_page = next(doctor_pages(guided(insurer="bcbs-ma", issue_state="MA")))
    assert all(group.rest == "" for group in fullest_page.to_find_out)
    long = [group for group in shortest.to_find_out if group.rest]
    assert long
    assert all(len(group.items) == FORMS[-1].most for group in long)
    assert all(group.rest.endswith("on the site.") for group in long)


LONG = [
    ("carefirst--2889-a", Treatment.ESKETAMINE_NASAL),
    ("qualchoice--bi734", Treatment.ESKETAMINE_NASAL),
    ("medical-mutual--spravato", Treatment.ESKETAMINE_NASAL),
    ("western-health-advantage--spravato", Treatment.ESKETAMINE_NASAL),
    ("va--iv-ketamine", Treatment.IV_KETAMINE),
    ("texas-medicaid--esketamine", Treatment.ESKETAMINE_NASAL),
]


@pytest.mark.parametrize(("stem", "treatment"), LONG)
def test_a_long_list_fits_one_letter_page_and_loses_no_criterion(
    stem: str, treatment: Treatment
) -> None:
    asked = of_document(real_document(stem), treatment)
    made = printed(asked)
    (page,) = read(made).pages
    assert (page.mediabox.width, page.mediabox.height) == (WIDTH, HEIGHT)
    text = letters(text_of(made))
    labels = [check.label for check in fullest(asked).checks]
    assert labels
    assert [label for label in labels if letters(label) not in text] == []
    is_whole = letters(fullest(asked).to_find_out[-1].items[-1]) in text
    assert is_whole or letters("the answer on the site shows all that was told") in text


def test_what_fits_no_page_goes_on_to_the_next() -> None:
    page = fullest(massachusetts())
    long = replace(page, checks=page.checks * 9)
    made = render_pdf(PAGE, [long, long])
    assert len(read(made).pages) > 1
    assert text_of(made).count("At least 1 add-on medicine tried") >= 9


# The file


def test_the_file_is_tagged_and_has_its_language_title_and_font() -> None:
    made = read(printed(massachusetts()))
    root: Any = made.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert made.metadata is not None
    assert made.metadata.title == "What the health plan's written rule asks"
    resources: Any = made.pages[0]["/Resources"]
    fonts = resources["/Font"]
    names = {str(fonts[name]["/BaseFont"]) for name in fonts}
    assert names
    assert all("Source-Serif-4" in name for name in names)


@pytest.mark.parametrize(
    "wanted",
    [
        '<img src="http://example.org/picture.png">',
        '<link rel="stylesheet" href="css/nothing.css">',
        "<style>@font-face { font-family: x; src: url(fonts/nothing.woff2) }</style>",
    ],
)
def test_what_is_not_a_local_file_stops_the_page(
    wanted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "render_to_string", lambda *_: f"<title>Test</title>{wanted}")
    with pytest.raises(PdfError, match="A page to print could not be made"):
        render_pdf(PAGE, [None])
