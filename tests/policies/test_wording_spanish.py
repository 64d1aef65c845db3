"""Answers in Spanish: dates, lists, articles and numbers go as Spanish has them."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from django.utils.translation import override

from policies import wording
from policies.catalogue import PrintedDate
from policies.changes import Change, Edit
from policies.guidance import guide
from policies.score import Score
from policies.situation import Asker, LineOfBusiness, Treatment
from policies.verdict import Verdict
from policies.vocabulary import Speak
from policies.wording import dates
from policies.wording.calls import call_script
from policies.wording.changes import change_lines
from policies.wording.findings import number_with_unit, score_line
from policies.wording.naming import in_a_row, one_of, short_name
from tests.factories import (
    ON,
    make_edition,
    make_score,
    make_situation,
    make_tried,
    real_catalogue,
    real_document,
)


@pytest.fixture(autouse=True)
def _in_spanish() -> Iterator[None]:
    with override("es"):
        yield


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param(lambda: dates.date(dt.date(2026, 5, 3)), "3 de mayo de 2026", id="a day"),
        pytest.param(
            lambda: dates.printed_date(PrintedDate("2024-11")), "noviembre de 2024", id="a month"
        ),
        pytest.param(lambda: dates.printed_date(PrintedDate("2021")), "2021", id="a year"),
        pytest.param(
            lambda: wording.edition_date(make_edition(effective="2021-04-01")),
            "fecha de vigencia: 1 de abril de 2021",
            id="from when an edition holds",
        ),
        pytest.param(lambda: in_a_row(["a", "b", "c"]), "a, b y c", id="all of a list"),
        pytest.param(lambda: one_of(["a", "b", "c"]), "a, b o c", id="one of a list"),
        pytest.param(
            lambda: wording.conditions_named(("crps", "mdd")),
            "síndrome de dolor regional complejo (SDRC) y trastorno depresivo mayor",
            id="conditions, with a small letter",
        ),
        pytest.param(lambda: number_with_unit(1, "weeks"), "1 semana", id="one of a unit"),
        pytest.param(lambda: number_with_unit(8, "weeks"), "8 semanas", id="several of a unit"),
        pytest.param(
            lambda: wording.score(Score(6, 1, 2, at_least=True)),
            "Cumplidos: 6 de al menos 9; no cumplidos: 1; por averiguar: 2",
            id="how a list stands",
        ),
        pytest.param(
            lambda: score_line(make_score("phq9", 18, taken_on=dt.date(2026, 5, 3))),
            "PHQ-9: 18, el 3 de mayo de 2026",
            id="a score with its date",
        ),
        pytest.param(
            lambda: short_name(real_document("cigna--spravato")),
            "Cigna, política sobre Spravato",
            id="a document by our words for it",
        ),
        pytest.param(
            lambda: short_name(real_document("aetna--cpb-0447")),
            "Aetna, CPB 0447",
            id="a document by its number",
        ),
    ],
)
def test_it_is_said_as_spanish_has_it(said: Callable[[], str], expected: str) -> None:
    assert said() == expected


def test_what_would_change_an_answer_names_its_document_in_spanish() -> None:
    document = real_document("cigna--spravato")
    thoughts = Edit(
        place=("fact", "suicidal_ideation"),
        value="without_intent",
        speak=Speak.NEVER_SUGGEST,
        criteria=(),
        opens_suicidality_list=True,
    )
    changes = [Change(document, edits, Verdict.COULD_QUALIFY) for edits in ((), (thoughts,))]
    named = [line.document for line in change_lines(tuple(changes))]
    assert named == ["Cigna, política sobre Spravato"] * 2


@pytest.mark.parametrize("treatment", Treatment)
def test_a_treatment_has_its_article_inside_a_sentence(treatment: Treatment) -> None:
    assert wording.treatment_for(treatment, "dolor crónico").startswith(("el ", "la "))


@pytest.mark.parametrize("plan", ["bcbs-ma", "bcbs-al", "carefirst", "cigna"])
@pytest.mark.parametrize("asker", [Asker.PATIENT, Asker.CLINIC])
@pytest.mark.parametrize("treatment", [Treatment.IV_KETAMINE, Treatment.ESKETAMINE_NASAL])
def test_no_article_stands_apart_from_its_preposition(
    plan: str, asker: Asker, treatment: Treatment
) -> None:
    asked = make_situation(
        treatment=treatment,
        insurer=plan,
        line_of_business=LineOfBusiness.COMMERCIAL,
        answers={"age": 41},
        tried=[make_tried("Zoloft"), make_tried("Lexapro", weeks=None)],
    )
    found = guide(replace(asked, asker=asker), catalogue=real_catalogue(), on=ON)
    script = call_script(found.answer, wording.treatment_for(treatment, ""))
    said = [
        wording.headline(found.answer),
        wording.reason(found.answer),
        script.opening,
        *(line.text for line in change_lines(found.changes, asker)),
    ]
    assert [text for text in said if re.search(r"\b(a|de) el\b", text)] == []
