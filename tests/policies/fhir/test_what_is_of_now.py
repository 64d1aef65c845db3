"""What a record says of now is stated while it is recent, and a person confirms it after that."""

import json
from typing import Any

import pytest

from policies import vocabulary
from policies.fhir import Caution, Kind
from policies.fhir.listing import found_as_text
from policies.fhir.present import holds_for
from policies.fhir.review import apply, stated
from policies.situation import Situation
from tests.policies.fhir.bundles import (
    ICD10CM,
    SNOMED,
    UNDATED,
    YEARS_AGO,
    condition,
    find,
    is_stated,
    observation,
    read_all,
    to_confirm,
)


@pytest.mark.parametrize("dated", [YEARS_AGO, UNDATED], ids=["of 2012", "undated"])
@pytest.mark.parametrize(
    ("system", "code", "lasts", "waits"),
    [
        pytest.param(ICD10CM, "R45.851", set(), {"code:R45.851:R45.851"}, id="suicidal ideation"),
        pytest.param(
            ICD10CM,
            "F33.41",
            {"condition:mdd:mdd", "answer:episode_course:recurrent"},
            {"code:F33.41:F33.41"},
            id="a remission",
        ),
        pytest.param(
            ICD10CM,
            "F33.3",
            {
                "condition:mdd:mdd",
                "answer:episode_course:recurrent",
                "answer:psychosis_history:True",
            },
            {"code:F33.3:F33.3", "answer:episode_severity:severe"},
            id="a psychosis in the episode",
        ),
        pytest.param(
            ICD10CM,
            "F32.2",
            {"condition:mdd:mdd"},
            {"code:F32.2:F32.2", "answer:episode_severity:severe"},
            id="a severe single episode, which may not be the only one by now",
        ),
        pytest.param(
            ICD10CM,
            "F31.12",
            {"answer:bipolar_history:True"},
            {"code:F31.12:F31.12"},
            id="mania",
        ),
        pytest.param(
            ICD10CM,
            "F31.30",
            {"answer:bipolar_history:True"},
            {"code:F31.30:F31.30"},
            id="a depressed episode of bipolar disorder",
        ),
        pytest.param(
            ICD10CM,
            "F10.20",
            {"code:F10.20:F10.20"},
            {"answer:substance_use_disorder:active"},
            id="substance use",
        ),
        pytest.param(
            ICD10CM,
            "F10.21",
            {"code:F10.21:F10.21"},
            {"answer:substance_use_disorder:in_remission"},
            id="substance use in remission",
        ),
        pytest.param(ICD10CM, "F33.9", {"code:F33.9:F33.9"}, set(), id="major depression"),
        pytest.param(ICD10CM, "F31.81", {"code:F31.81:F31.81"}, set(), id="bipolar II disorder"),
        pytest.param(ICD10CM, "F20.9", {"code:F20.9:F20.9"}, set(), id="schizophrenia"),
        pytest.param(ICD10CM, "G90.511", {"code:G90.511:G90.511"}, set(), id="CRPS"),
        pytest.param(
            SNOMED,
            "60099002",
            {"condition:mdd:mdd", "answer:psychosis_history:True"},
            {"answer:episode_severity:severe", "answer:psychotic_features:True"},
            id="a severe psychotic episode by SNOMED CT",
        ),
    ],
)
def test_what_lasts_is_stated_and_what_is_said_of_now_waits_for_a_person(
    dated: dict[str, Any], system: str, code: str, lasts: set[str], waits: set[str]
) -> None:
    record = read_all(condition(system, code, **dated))
    assert (is_stated(record), to_confirm(record)) == (lasts, waits)


def test_suicidal_ideation_of_once_makes_no_acute_one_and_is_listed_to_confirm() -> None:
    record = read_all(
        condition(ICD10CM, "F33.41", **YEARS_AGO), condition(ICD10CM, "R45.851", **YEARS_AGO)
    )
    told = apply(Situation(), stated(record))
    assert told.icd10_codes == ()
    assert told.conditions == {"mdd"}
    assert "  ? R45.851" in found_as_text(record, told)


def test_recent_suicidal_ideation_is_stated_whatever_an_older_entry_says() -> None:
    record = read_all(condition(ICD10CM, "R45.851", **YEARS_AGO), condition(ICD10CM, "R45.851"))
    assert is_stated(record) == {"code:R45.851:R45.851"}


@pytest.mark.parametrize(
    ("day", "sureness"),
    [("2025-11-25", "stated"), ("2025-11-24", "to_confirm"), ("2025-11", "stated")],
)
def test_the_bound_is_a_year_to_the_day_for_a_code(day: str, sureness: str) -> None:
    record = read_all(condition(ICD10CM, "R45.851", recordedDate=day))
    assert find(record, Kind.CODE, "R45.851").sureness.value == sureness


@pytest.mark.parametrize(
    ("day", "sureness"),
    [("2025-11-25", "stated"), ("2025-11-24", "to_confirm"), ("2019-01-01", "to_confirm")],
)
def test_the_bound_is_a_year_to_the_day_for_a_score(day: str, sureness: str) -> None:
    record = read_all(observation("44261-6", valueInteger=21, effectiveDateTime=day))
    found = find(record, Kind.SCORE, "phq9")
    assert found.sureness.value == sureness
    assert (Caution.OLD in found.cautions) is (sureness == "to_confirm")
    assert bool(apply(Situation(), stated(record)).scores) is (sureness == "stated")


def test_every_answer_on_the_episode_has_a_bound_or_lasts_on_purpose() -> None:
    lasting = {"episode_months", "structured_interview", "diagnosed_by", "episode_course"}
    of_the_episode = {one.name for one in vocabulary.facts().values() if one.group == "episode"}
    assert {one for one in of_the_episode if holds_for(Kind.ANSWER, one, True) is None} == lasting


def test_the_list_says_how_each_thing_to_confirm_is_told() -> None:
    record = read_all(
        condition(ICD10CM, "F32.2", **YEARS_AGO),
        condition(ICD10CM, "O09.90", **YEARS_AGO),
        condition(SNOMED, "49468007", **YEARS_AGO),
        observation("44261-6", valueInteger=21, effectiveDateTime="2019-01-01"),
    )
    text = found_as_text(record, Situation())
    told = [
        json.loads(line.split("SITUATION.json: ")[1])
        for line in text.splitlines()
        if "say so in" in line
    ]
    assert {name for one in told for name in one} == {"version", "icd10_codes", "answers", "scores"}
    assert {"version": 1, "answers": {"pregnancy": True}} in told
    for one in told:
        Situation.from_json(one)
