"""Every kind of answer has its words; dates, scores and names are worded."""

import datetime as dt
from enum import StrEnum

import pytest

from policies import terms, wording
from policies.applicability import Caution, LeftOutReason, Role
from policies.catalogue import CoveragePosition, Edition, PrintedDate, PriorAuthorization
from policies.check import NoDocumentReason, PlanCaution
from policies.score import Score
from policies.situation import LineOfBusiness, Treatment
from policies.sureness import Sureness
from policies.truth import Truth
from policies.verdict import Ground, Verdict
from policies.wording import dates, phrases
from tests.factories import make_edition, real_catalogue

# Nothing lacks its words


@pytest.mark.parametrize(
    ("members", "listed"),
    [
        pytest.param(Verdict, phrases.VERDICTS, id="verdicts"),
        pytest.param(Ground, phrases.GROUNDS, id="grounds"),
        pytest.param(Sureness, phrases.HEDGES, id="hedges"),
        pytest.param(CoveragePosition, phrases.POSITIONS, id="positions"),
        pytest.param(PriorAuthorization, phrases.PRIOR_AUTHORIZATION, id="prior authorization"),
        pytest.param(Role, phrases.ROLES, id="roles"),
        pytest.param(Caution, phrases.CAUTIONS, id="cautions"),
        pytest.param(PlanCaution, phrases.PLAN_CAUTIONS, id="plan cautions"),
        pytest.param(LeftOutReason, phrases.LEFT_OUT, id="left out"),
        pytest.param(NoDocumentReason, phrases.NO_DOCUMENT, id="no document"),
        pytest.param(Truth, phrases.STATES, id="states"),
        pytest.param(Truth, phrases.EXCLUSION_STATES, id="states of an exclusion"),
    ],
)
def test_every_member_has_its_phrase(members: type[StrEnum], listed: dict[StrEnum, str]) -> None:
    assert listed.keys() == set(members)
    missing = [name for name, words in listed.items() if not words]
    assert missing == ([Sureness.CURRENT, Sureness.DATED] if listed is phrases.HEDGES else [])


@pytest.mark.parametrize("members", [Treatment, LineOfBusiness, Sureness])
def test_every_member_has_a_label(members: type[Treatment]) -> None:
    labels = [one.label for one in members]
    assert all(labels)
    assert len(labels) == len(set(labels))


# Dates, scores, labels


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (dt.date(2026, 5, 3), "May 3, 2026"),
        (dt.date(2026, 12, 31), "December 31, 2026"),
        (dt.date(2024, 2, 29), "February 29, 2024"),
    ],
)
def test_date(day: dt.date, expected: str) -> None:
    assert dates.date(day) == expected


@pytest.mark.parametrize(
    ("effective", "reviewed", "expected"),
    [
        pytest.param("2026-05-03", None, "in effect from May 3, 2026", id="a day"),
        pytest.param(None, "2024-11", "last reviewed November 2024", id="a month, as printed"),
        pytest.param("2021", None, "in effect from 2021", id="a year, as printed"),
        pytest.param(
            "2024-08-05",
            "2024-06",
            "in effect from August 5, 2024, last reviewed June 2024",
            id="both",
        ),
        pytest.param(None, None, "undated", id="neither"),
    ],
)
def test_edition_date(effective: str | None, reviewed: str | None, expected: str) -> None:
    edition: Edition = make_edition(
        effective=effective, last_reviewed=PrintedDate(reviewed) if reviewed else None
    )
    assert wording.edition_date(edition) == expected


def test_every_document_is_named_with_its_own_date() -> None:
    lines = {
        document.stem: wording.document_line(document, document.editions[-1])
        for document in real_catalogue().documents
    }
    assert lines["bcbs-ma--087"] == (
        "Blue Cross Blue Shield of Massachusetts, 087 (in effect from April 1, 2021)"
    )
    assert lines["bcbs-al--mp-446"] == (
        "Blue Cross and Blue Shield of Alabama, MP-446 (last reviewed November 2024)"
    )
    assert lines["aetna--cpb-0938"] == "Aetna, CPB 0938 (undated)"


@pytest.mark.parametrize(
    ("score", "expected"),
    [
        (Score(6, 1, 2, at_least=True), "6 of at least 9 met, 1 not met, 2 to find out"),
        (Score(6, 1, 2, at_least=False), "6 of 9 met, 1 not met, 2 to find out"),
        (Score(0, 0, 1, at_least=False), "0 of 1 met, 0 not met, 1 to find out"),
    ],
)
def test_score(score: Score, expected: str) -> None:
    assert wording.score(score) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Major depressive disorder", "major depressive disorder"),
        ("CRPS", "CRPS"),
        ("PTSD", "PTSD"),
        ("IV ketamine infusion", "IV ketamine infusion"),
        ("PHQ-9", "PHQ-9"),
        ("You could qualify", "you could qualify"),
        ("A psychiatrist", "a psychiatrist"),
        ("", ""),
    ],
)
def test_lower_first(text: str, expected: str) -> None:
    assert phrases.lower_first(text) == expected


@pytest.mark.parametrize(
    ("indications", "expected"),
    [
        (("mdd",), "major depressive disorder"),
        (("crps",), "complex regional pain syndrome (CRPS)"),
        (("ptsd", "mdd"), "post-traumatic stress disorder and major depressive disorder"),
        (
            ("ocd", "mdd", "fibromyalgia"),
            "obsessive-compulsive disorder, major depressive disorder and fibromyalgia",
        ),
    ],
)
def test_conditions_named(indications: tuple[str, ...], expected: str) -> None:
    assert wording.conditions_named(indications) == expected


def test_every_label_of_a_condition_goes_inside_a_sentence() -> None:
    for item in terms.conditions().values():
        inside = wording.conditions_named((item.id,))
        # An abbreviation stays as it is.
        assert inside[0].islower() or inside[1].isupper(), inside
        assert inside[1:] == item.label[1:]
