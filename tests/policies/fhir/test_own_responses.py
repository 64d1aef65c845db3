"""A filled-in questionnaire of ours comes back as finds, alone or in a bundle."""

from typing import Any

import pytest

from policies.fhir import Caution, Kind, Record
from policies.fhir.questionnaires import questionnaire, situation_questionnaire
from policies.fhir.responses import questionnaire_response
from policies.fhir.review import apply, stated
from policies.situation import Situation
from tests.policies.fhir.bundles import (
    LOINC,
    MINE,
    SITE,
    bundle,
    concept,
    find,
    keys,
    order,
    read,
    reasons,
    to_confirm,
)
from tests.real_catalogue import real_catalogue

WHOLE = situation_questionnaire(base=SITE)
TOLD = Situation.from_json(
    {
        "version": 1,
        "treatment": "esketamine_nasal",
        "plan": {"line_of_business": "commercial", "insurer_name": "Sample Plan"},
        "icd10_codes": ["F33.2"],
        "answers": {"age": 46, "episode_severity": "severe", "pregnancy": False},
        "treatments_tried": [
            {"kind": "antidepressant", "drug": "Zoloft", "weeks": 8, "outcome": "no_response"},
            {"kind": "ect", "outcome": "worked"},
        ],
        "scores": [{"scale": "phq9", "score": 21, "origin": "chart", "taken_on": "2026-11-01"}],
    }
)


def response(asked: dict[str, Any] = WHOLE, **fields: Any) -> dict[str, Any]:
    authored = {"authored": "2026-11-10", "subject": MINE}
    return {**questionnaire_response(TOLD, asked), **authored, **fields}


def without_subject(one: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in one.items() if name != "subject"}


FOUND = {
    "code:F33.2:F33.2",
    "answer:age:46",
    "answer:episode_severity:severe",
    "answer:pregnancy:False",
    "plan:line_of_business:commercial",
    "plan:insurer_name:Sample Plan",
    "treatment:sertraline",
    "treatment:ect",
    "score:phq9:2026-11-01:21",
}


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(response(), id="alone"),
        pytest.param(without_subject(response()), id="alone, without saying whose it is"),
        pytest.param(bundle(response()), id="in a bundle"),
    ],
)
def test_every_answer_is_a_find_with_where_it_was_read(document: dict[str, Any]) -> None:
    record = read(document)
    assert keys(record) == FOUND
    assert record.not_understood == ()
    assert "QuestionnaireResponse" in find(record, Kind.TREATMENT, "sertraline").origins[0].resource
    assert [(one.reason.value, one.value) for one in record.left_out] == [
        ("asked_anew", "treatment")
    ]


def test_what_was_answered_is_what_the_check_gets() -> None:
    told = apply(Situation(), stated(read(bundle(response()))))
    assert told.treatments_tried == TOLD.treatments_tried
    assert (told.scores, told.icd10_codes) == (TOLD.scores, TOLD.icd10_codes)
    assert told.answers["episode_severity"] == "severe"
    # The kind of plan is always for a person to say.
    assert told.plan.line_of_business is None


def test_an_editions_questionnaire_is_understood() -> None:
    (document,) = [one for one in real_catalogue().documents if one.stem == "cigna--spravato"]
    asked = questionnaire(document, document.editions[-1], base=SITE)
    record = read(response(asked))
    assert record.not_understood == ()
    assert keys(record) >= {"code:F33.2:F33.2", "treatment:sertraline"}


def test_an_order_of_the_same_drug_takes_nothing_from_the_answers() -> None:
    for resources in ((response(), order("36437")), (order("36437"), response())):
        found = find(read(bundle(*resources)), Kind.TREATMENT, "sertraline")
        assert getattr(found.value, "outcome", None) == "no_response"
        assert len(found.origins) == 2


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        pytest.param({"status": "entered-in-error"}, "entered_in_error", id="an error"),
        pytest.param({"status": "in-progress"}, "not_final", id="not finished"),
        pytest.param({"questionnaire": f"{WHOLE['url']}|7"}, "other_version", id="a version"),
        pytest.param(
            {"item": [{"linkId": "answers.age", "answer": [{"valueDecimal": 440}]}]},
            "answers_impossible",
            id="an impossible answer",
        ),
    ],
)
def test_a_response_that_can_not_be_taken_is_left_out_with_its_reason(
    fields: dict[str, Any], reason: str
) -> None:
    record = read(bundle(response(**fields)))
    assert reasons(record) == {("QuestionnaireResponse", reason)}
    assert keys(record) == {"answer:age:46"}


def sureness(record: Record) -> dict[str, str]:
    return {one.key: one.sureness.value for one in record.found}


@pytest.mark.parametrize("authored", ["2019-05-03", None], ids=["years old", "undated"])
def test_an_old_answer_on_what_is_of_now_is_to_be_confirmed(authored: str | None) -> None:
    told = sureness(read(bundle(response(authored=authored))))
    assert told["answer:episode_severity:severe"] == "to_confirm"
    assert told["answer:pregnancy:False"] == "to_confirm"
    assert told["code:F33.2:F33.2"] == "to_confirm"
    assert told["score:phq9:2026-11-01:21"] == "stated"
    assert told["treatment:ect"] == "stated"


OF_ONCE = Situation.from_json(
    {
        "version": 1,
        "plan": {"insurer_name": "Sample Plan"},
        "answers": {"age": 39, "psychosis_history": False, "bipolar_history": True},
        "treatments_tried": [
            {
                "kind": "antidepressant",
                "drug": "Zoloft",
                "weeks": 8,
                "highest_dose_mg": 100,
                "outcome": "no_response",
                "this_episode": True,
            }
        ],
    }
)


def told_once(authored: str | None) -> dict[str, Any]:
    return {**questionnaire_response(OF_ONCE, WHOLE), "authored": authored, "subject": MINE}


@pytest.mark.parametrize("authored", ["2019-05-03", None], ids=["years old", "undated"])
def test_a_treatment_told_once_keeps_its_course_and_waits_for_the_episode(
    authored: str | None,
) -> None:
    record = read(bundle(told_once(authored)))
    found = find(record, Kind.TREATMENT, "sertraline")
    assert found.unsure == {"this_episode"}
    assert found.cautions == (Caution.UNDATED if authored is None else Caution.OLD,)
    (row,) = apply(Situation(), stated(record)).treatments_tried or ()
    assert (row.weeks, row.highest_dose_mg, row.outcome) == (8, 100, "no_response")
    assert row.this_episode is None


def test_a_treatment_told_of_late_is_of_the_episode_it_names() -> None:
    told = apply(Situation(), stated(read(bundle(told_once("2026-11-10")))))
    assert [one.this_episode for one in told.treatments_tried or ()] == [True]


@pytest.mark.parametrize("authored", ["2019-05-03", None], ids=["years old", "undated"])
def test_of_an_old_response_only_what_lasts_for_good_is_stated(authored: str | None) -> None:
    told = sureness(read(told_once(authored) | {"subject": None}))
    assert told == {
        "answer:age:39": "to_confirm",
        "answer:psychosis_history:False": "to_confirm",
        "answer:bipolar_history:True": "stated",
        "plan:insurer_name:Sample Plan": "to_confirm",
        "treatment:sertraline": "stated",
    }


def test_the_phq9_within_it_is_added_up() -> None:
    (group,) = [item for item in WHOLE["item"] if item["linkId"] == "phq9"]
    answer = {"valueCoding": concept(LOINC, "LA6570-1")["coding"][0]}
    items = [{"linkId": one["linkId"], "answer": [answer]} for one in group["item"]]
    record = read(bundle(response(item=[{"linkId": "phq9", "item": items}])))
    assert "score:phq9:2026-11-10:18" in keys(record)


def test_a_questionnaire_of_others_is_still_listed() -> None:
    record = read(bundle(response(questionnaire="http://example.org/fhir/Questionnaire/gad-7")))
    assert [one.resource_type for one in record.not_understood] == ["QuestionnaireResponse"]


EVIL = "http://evil.example/fhir/Questionnaire/situation"


@pytest.mark.parametrize(
    ("named", "site"),
    [
        pytest.param(EVIL, SITE, id="another host"),
        pytest.param(f"{SITE}.evil.example/fhir/Questionnaire/situation", SITE, id="a longer one"),
        pytest.param(WHOLE["url"], None, id="no host told"),
    ],
)
def test_a_response_to_a_questionnaire_from_elsewhere_is_to_be_confirmed(
    named: str, site: str | None
) -> None:
    record = read(bundle(response(questionnaire=named)), site=site)
    assert keys(record) == FOUND
    assert to_confirm(record) | {"answer:age:46"} == FOUND
    found = find(record, Kind.TREATMENT, "sertraline")
    assert found.cautions == (Caution.ASKED_ELSEWHERE,)


def test_what_was_answered_elsewhere_on_a_drug_of_the_record_is_kept_to_confirm() -> None:
    record = read(bundle(response(questionnaire=EVIL), order("36437")))
    found = find(record, Kind.TREATMENT, "sertraline")
    assert (found.sureness.value, getattr(found.value, "outcome", None)) == (
        "stated",
        "no_response",
    )
    assert found.unsure == {"outcome", "weeks"}
