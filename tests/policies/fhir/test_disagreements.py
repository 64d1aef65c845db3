"""What speaks against one another waits for a person, and no old word unsettles a late one."""

from itertools import permutations
from typing import Any

import pytest

from policies.fhir import Caution, Kind
from policies.fhir.questionnaires import situation_questionnaire
from policies.fhir.responses import questionnaire_response
from policies.fhir.review import apply, stated
from policies.situation import Situation
from tests.policies.fhir.bundles import (
    ICD10CM,
    MINE,
    RXNORM,
    SITE,
    SNOMED,
    concept,
    condition,
    find,
    is_stated,
    read_all,
    to_confirm,
)

WHOLE = situation_questionnaire(base=SITE)
OLD, LATE = "2019-05-03", "2026-11-10"


def answered(authored: str | None, *rows: dict[str, Any], **answers: Any) -> dict[str, Any]:
    told: dict[str, Any] = {"version": 1, "answers": answers}
    situation = Situation.from_json(told | ({"treatments_tried": [*rows]} if rows else {}))
    return {**questionnaire_response(situation, WHOLE), "authored": authored, "subject": MINE}


EITHER_FIRST = pytest.mark.parametrize("order", [0, 1], ids=["response first", "diagnosis first"])
NO_PSYCHOSIS = {"psychotic_features": False, "psychosis_history": False}


@pytest.mark.parametrize("authored", [OLD, None], ids=["years old", "undated"])
@EITHER_FIRST
def test_an_old_no_neither_settles_nor_hides_what_a_current_diagnosis_says(
    order: int, authored: str | None
) -> None:
    resources = (answered(authored, **NO_PSYCHOSIS), condition(ICD10CM, "F33.3"))
    record = read_all(*tuple(permutations(resources))[order])
    told = apply(Situation(), stated(record))
    assert told.icd10_codes == ("F33.3",)
    assert not told.answers.keys() & NO_PSYCHOSIS.keys()
    for name in NO_PSYCHOSIS:
        assert Caution.DIFFERS in find(record, Kind.ANSWER, name).cautions


@EITHER_FIRST
def test_of_two_late_words_neither_counts_and_the_condition_stays(order: int) -> None:
    resources = (answered(LATE, psychotic_features=False), condition(ICD10CM, "F33.3"))
    record = read_all(*tuple(permutations(resources))[order])
    # How severe it is, nobody disputes.
    assert is_stated(record) == {"condition:mdd:mdd", "answer:episode_severity:severe"}
    assert to_confirm(record) >= {"code:F33.3:F33.3", "answer:psychotic_features:False"}


def test_a_late_no_does_not_stand_over_a_diagnosis_of_which_no_day_is_told() -> None:
    record = read_all(
        answered(LATE, bipolar_history=False), condition(ICD10CM, "F31.9", recordedDate=None)
    )
    assert "answer:bipolar_history:False" in to_confirm(record)


def test_a_late_answer_stands_over_one_of_years_ago() -> None:
    record = read_all(
        answered(OLD, pregnancy=False, episode_severity="moderate"),
        condition(SNOMED, "77386006"),
        condition(ICD10CM, "F33.2"),
    )
    assert is_stated(record) >= {"answer:pregnancy:True", "answer:episode_severity:severe"}
    assert to_confirm(record) == {"answer:pregnancy:False", "answer:episode_severity:moderate"}


def test_what_lasts_stands_over_an_older_no() -> None:
    later = condition(ICD10CM, "F31.9", recordedDate="2023-02-01")
    assert "code:F31.9:F31.9" in is_stated(read_all(answered(OLD, bipolar_history=False), later))
    earlier = condition(ICD10CM, "F31.9", recordedDate="2012-02-01")
    assert "code:F31.9:F31.9" in to_confirm(read_all(answered(OLD, bipolar_history=False), earlier))


def test_an_answer_that_carries_another_is_held_against_it() -> None:
    record = read_all(answered(LATE, psychosis_history=False), condition(SNOMED, "73867007"))
    assert is_stated(record).isdisjoint(
        {"answer:psychosis_history:False", "answer:psychosis_history:True"}
    )


def test_where_two_sources_tell_a_treatment_otherwise_the_field_waits() -> None:
    row = {"kind": "antidepressant", "drug": "Zoloft", "weeks": 8, "outcome": "no_response"}
    statement = {
        "resourceType": "MedicationStatement",
        "status": "completed",
        "subject": MINE,
        "medicationCodeableConcept": concept(RXNORM, "36437"),
        "effectivePeriod": {"start": "2026-02-01", "end": "2026-02-15"},
    }
    found = find(read_all(answered(OLD, row), statement), Kind.TREATMENT, "sertraline")
    assert found.unsure == {"weeks"}
    assert Caution.DIFFERS in found.cautions
