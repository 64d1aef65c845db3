"""Our questions and answers as FHIR: they hold against the models of R4, and come back the same."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from fhirclient.models.questionnaire import Questionnaire
from fhirclient.models.questionnaireresponse import QuestionnaireResponse
from hypothesis import example, given, settings

from policies.catalogue import Document, Edition
from policies.catalogue.former import FormerNames
from policies.fhir import Kind, record_from
from policies.fhir.canonical import edition_named, is_of_our_version, questionnaire_id
from policies.fhir.items import Item
from policies.fhir.questionnaires import questionnaire, situation_questionnaire
from policies.fhir.responses import questionnaire_response, situation_from
from policies.situation import Situation, SituationError, TreatmentTried
from tests.policies.fhir.bundles import ON, find
from tests.policies.strategies import situations
from tests.real_catalogue import real_catalogue

BASE = "https://example.org"
WHOLE = situation_questionnaire(base=BASE)


def editions() -> Iterator[tuple[Document, Edition]]:
    for document in real_catalogue().documents:
        for edition in document.editions:
            yield document, edition


@pytest.fixture(scope="module")
def asked() -> dict[str, dict[str, Any]]:
    """The questionnaire of every edition, by its name."""
    return {
        questionnaire_id(document, edition): questionnaire(document, edition, base=BASE)
        for document, edition in editions()
    }


def items_of(listed: list[Item]) -> Iterator[Item]:
    for item in listed:
        yield item
        yield from items_of(item.get("item", []))


def test_every_edition_has_a_questionnaire_of_its_own_that_is_valid(
    asked: dict[str, dict[str, Any]],
) -> None:
    assert len(asked) == sum(1 for _ in editions())
    for one in (WHOLE, *asked.values()):
        assert Questionnaire(one).as_json()["url"] == one["url"]
        assert re.fullmatch(r"[A-Za-z0-9.-]{1,64}", one["id"])


def test_the_canonical_address_of_a_policy_stays_while_editions_come() -> None:
    (document,) = [one for one in real_catalogue().documents if one.stem == "bcbs-ma--087"]
    first = document.editions[0]
    later = replace(first, revision=first.revision + 1)
    names = [questionnaire(document, one, base=BASE) for one in (first, later)]
    assert {one["url"] for one in names} == {f"{BASE}/fhir/Questionnaire/bcbs-ma--087"}
    assert [one["version"] for one in names] == ["2021-04-01.1", "2021-04-01.2"]


def test_an_edition_is_found_by_each_of_its_names_and_the_policy_by_a_former_one() -> None:
    held = real_catalogue()
    former = FormerNames({}, {"bcbs-ma--old": "bcbs-ma--087"})
    renamed = replace(held, former=former)
    for document, edition in editions():
        version = questionnaire(document, edition, base=BASE)["version"]
        for name in (f"{document.stem}|{version}", questionnaire_id(document, edition)):
            assert edition_named(held, name, on=ON) == (document, edition)
        named = edition_named(held, document.stem, on=ON)
        assert named is not None
        assert named[1] == (document.edition_in_force(ON) or document.editions[0])
    assert edition_named(renamed, "bcbs-ma--old", on=ON) == edition_named(
        held, "bcbs-ma--087", on=ON
    )
    for none in ("bcbs-ma--087|1999", "bcbs-ma", "", "|", "no--such"):
        assert edition_named(held, none, on=ON) is None


def test_each_question_stands_once_and_is_asked_before_what_waits_for_it(
    asked: dict[str, dict[str, Any]],
) -> None:
    for one in (WHOLE, *asked.values()):
        seen: list[str] = []
        for item in items_of(one["item"]):
            assert item["linkId"] not in seen, one["id"]
            assert all(wait["question"] in seen for wait in item.get("enableWhen", ())), one["id"]
            seen.append(item["linkId"])


def test_the_linkids_are_those_of_the_whole_vocabulary(asked: dict[str, dict[str, Any]]) -> None:
    known = {item["linkId"] for item in items_of(WHOLE["item"])} | {"answers.continuing"}
    for one in asked.values():
        links = {item["linkId"] for item in items_of(one["item"])}
        assert {link for link in links if not link.startswith("shown")} <= known


def test_a_question_waits_for_the_condition_that_its_list_is_for(
    asked: dict[str, dict[str, Any]],
) -> None:
    (one,) = [one for name, one in asked.items() if name.startswith("bcbs-ma--087.")][:1]
    waiting = [item for item in items_of(one["item"]) if "enableWhen" in item]
    answers = {
        wait["answerCoding"]["code"]
        for item in waiting
        for wait in item["enableWhen"]
        if wait["operator"] == "="
    }
    assert "treatment_resistant_depression" in answers
    assert "chronic_pain" not in answers
    assert all(item["enableWhen"][0]["operator"] == "exists" for item in waiting)


def test_the_phq9_carries_its_loinc_codes_and_its_notice() -> None:
    codes = [
        item["code"][0]["code"]
        for item in items_of(WHOLE["item"])
        if item.get("code", [{}])[0].get("system") == "http://loinc.org"
    ]
    assert codes[:2] == ["44249-1", "44250-9"]
    assert codes[-1] == "44260-8"
    assert "no permission required" in WHOLE["copyright"]


@settings(max_examples=30)
@given(situation=situations)
@example(situation=Situation(treatments_tried=()))
@example(situation=Situation(treatments_tried=(TreatmentTried(), TreatmentTried(kind="ect"))))
@example(situation=Situation(answers={"conditions": frozenset()}))
def test_a_situation_comes_back_from_its_response(situation: Situation) -> None:
    response = questionnaire_response(situation, WHOLE, authored=ON)
    QuestionnaireResponse(response)
    assert situation_from(response) == situation


def test_a_response_to_an_edition_holds_what_the_edition_asks(
    asked: dict[str, dict[str, Any]],
) -> None:
    situation = Situation(answers={"age": 44, "dementia": False})
    for one in asked.values():
        response = questionnaire_response(situation, one)
        QuestionnaireResponse(response)
        links = {item["linkId"] for item in items_of(one["item"])}
        held = situation_from(response).answers
        assert ("age" in held) == ("answers.age" in links)
        assert ("dementia" in held) == ("answers.dementia" in links)


def test_the_phq9_filled_in_is_read_as_a_score_of_the_record() -> None:
    nearly_every_day = {"valueCoding": {"system": "http://loinc.org", "code": "LA6571-9"}}
    (group,) = [item for item in WHOLE["item"] if item["linkId"] == "phq9"]
    items = [{"linkId": one["linkId"], "answer": [nearly_every_day]} for one in group["item"]]
    response = {
        "resourceType": "QuestionnaireResponse",
        "status": "completed",
        "subject": {"reference": "Patient/sample"},
        "source": {"reference": "Patient/sample"},
        "authored": "2026-11-01",
        "item": [{"linkId": "phq9", "item": items}],
    }
    found = find(record_from(response, on=ON), Kind.SCORE, "phq9")
    assert found.key == "score:phq9:2026-11-01:27"
    assert {one.value for one in found.cautions} == {"self_completed", "thoughts_of_death"}


@pytest.mark.parametrize(
    ("response", "place"),
    [
        pytest.param({"resourceType": "Bundle"}, "resourceType", id="another resource"),
        pytest.param({"status": "entered-in-error"}, "status", id="entered in error"),
        pytest.param({"questionnaire": None}, "questionnaire", id="no questionnaire"),
        pytest.param(
            {"questionnaire": "http://example.org/fhir/Questionnaire/phq-9|1"},
            "questionnaire",
            id="another questionnaire",
        ),
        pytest.param({"questionnaire": f"{WHOLE['url']}|7"}, "questionnaire", id="another version"),
        pytest.param(
            {"questionnaire": f"{BASE}/fhir/Questionnaire/cigna--spravato.2025-01-01.1|2"},
            "questionnaire",
            id="another version of an edition's",
        ),
        pytest.param(
            {"item": [{"linkId": "answers.wieght"}]}, "answers.wieght", id="an unknown question"
        ),
        pytest.param(
            {"item": [{"linkId": "answers.age", "answer": [{"valueDecimal": 440}]}]},
            "answers.age",
            id="an impossible answer",
        ),
        pytest.param(
            {"item": [{"linkId": "scores", "item": [{"linkId": "scores.nothing"}]}]},
            "scores.nothing",
            id="an unknown field of a row",
        ),
    ],
)
def test_a_response_that_is_not_ours_is_refused_with_its_place(
    response: dict[str, Any], place: str
) -> None:
    ours = {"resourceType": "QuestionnaireResponse", "questionnaire": f"{WHOLE['url']}|1"}
    with pytest.raises(SituationError) as caught:
        situation_from({**ours, **response})
    assert caught.value.faults[0].place == place


def test_every_questionnaire_of_ours_is_known_by_its_address(
    asked: dict[str, dict[str, Any]],
) -> None:
    for one in (WHOLE, *asked.values()):
        for canonical in (one["url"], f"{one['url']}|{one['version']}"):
            assert is_of_our_version({"questionnaire": canonical}), canonical


def test_a_day_of_an_answer_comes_back_as_a_day() -> None:
    situation = Situation.from_json(
        {"version": 1, "treatments_tried": [{"kind": "ect", "ended_on": "2026-05-03"}]}
    )
    back = situation_from(questionnaire_response(situation, WHOLE))
    assert back.treatments_tried is not None
    assert back.treatments_tried[0].ended_on == dt.date(2026, 5, 3)
