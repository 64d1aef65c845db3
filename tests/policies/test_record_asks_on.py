"""After a record was used: what it told in part is still asked, and what came from it is marked."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.policies.fhir.bundles import (
    ICD10CM,
    ON,
    PATIENT,
    SNOMED,
    bundle,
    condition,
    observation,
    order,
)
from tests.policies.html import FULL, PLAN, fields_of, heading_of, post, text_of
from tests.policies.record_pages import choice, take, the_rest, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_policies")]

TREATMENTS = "Treatments tried"
ANSWERED = PLAN | {"at": "review"}
UNTRIED = {name: one for name, one in FULL.items() if not name.startswith("tried")}


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: ON)


def go_on(client: Client, page: Any, **changed: str) -> Any:
    return post(client, fields_of(page) | {"go": "next"} | changed)


def with_sertraline(client: Client, **answers: str) -> Any:
    """All answers, with an order of sertraline taken from a record."""
    page = upload(client, bundle(order("36437", "sertraline")), **ANSWERED | answers)
    return take(client, page, **choice(page, "Sertraline", "use"))


def until_treatments(client: Client, page: Any) -> Any:
    for _place in range(12):
        page = go_on(client, page)
        if heading_of(page) == TREATMENTS:
            return page
    raise AssertionError("the treatments were never asked for")


def test_one_treatment_of_a_record_does_not_answer_for_the_whole_list(client: Client) -> None:
    answers = with_sertraline(client)
    assert "Still to ask: are these all?" in text_of(answers)
    asked = until_treatments(client, answers)
    fields = fields_of(asked)
    assert fields["tried-0-drug"] == "sertraline"
    assert fields.get("tried-complete", "") == ""
    after = go_on(client, asked)
    assert heading_of(after) != TREATMENTS, "once is enough, whatever was answered"
    reviewed = post(client, fields_of(after) | {"go": "review"})
    assert "The list is not finished" in text_of(reviewed)


def test_the_list_alone_being_open_is_one_question_more(client: Client) -> None:
    asked = go_on(client, with_sertraline(client, **UNTRIED))
    assert heading_of(asked) == TREATMENTS
    assert "At most 1 question left" in text_of(asked)


def test_a_list_that_a_person_finished_is_not_asked_again(client: Client) -> None:
    given = ANSWERED | FULL | {"asked": "treatments_tried"}
    page = upload(client, bundle(condition(ICD10CM, "F33.2")), **given)
    answers = take(client, page, **the_rest(page, "leave"))
    assert "The list is complete" in text_of(answers)
    assert fields_of(answers)["tried-complete"] == "yes"


MDD, PTSD = "370143000", "47505003"


@pytest.mark.parametrize(
    ("conditions", "named"),
    [
        pytest.param([(ICD10CM, "F33.1")], "mdd", id="one by its ICD-10 code"),
        pytest.param([(SNOMED, MDD)], "mdd", id="one by its SNOMED code"),
        pytest.param([(ICD10CM, "F33.1"), (SNOMED, MDD)], "mdd", id="the same by both"),
        pytest.param([(ICD10CM, "F33.1"), (ICD10CM, "F43.10")], "", id="two by ICD-10 codes"),
        pytest.param([(SNOMED, MDD), (SNOMED, PTSD)], "", id="two by SNOMED codes"),
        pytest.param([(ICD10CM, "F60.5")], "", id="one that no document asks about"),
    ],
)
def test_what_the_treatment_is_for_is_filled_where_it_can_be_one_thing_alone(
    client: Client, conditions: list[tuple[str, str]], named: str
) -> None:
    page = upload(client, bundle(*(condition(system, code) for system, code in conditions)))
    is_open = "What is the treatment for?" in text_of(page).partition("What is still to ask")[2]
    assert is_open is not bool(named), "the review says whether it will be asked"
    says = "“What is the treatment for?” is answered with: Major depressive disorder."
    assert (says in text_of(page)) is (named == "mdd" and (SNOMED, MDD) not in conditions)
    assert fields_of(take(client, page)).get("plan-condition", "") == named


def test_a_code_that_no_document_asks_about_is_not_offered(client: Client) -> None:
    page = upload(client, bundle(condition(ICD10CM, "F60.5"), condition(ICD10CM, "F33.1")))
    told = text_of(page)
    assert "F60.5" not in told.partition("Go on with these facts")[0]
    after = told.partition("Go on with these facts")[2]
    assert "Obsessive-compulsive personality disorder" in after
    assert fields_of(take(client, page))["plan-icd10_codes"] == "F33.1"


def test_the_page_says_whose_file_it_is(client: Client) -> None:
    told = text_of(upload(client))
    assert "The record is of a person of 46 years." in told
    assert "choose another file" in told


def test_of_a_person_who_has_died_the_file_is_doubted_first_and_nothing_is_chosen(
    client: Client,
) -> None:
    record = bundle(condition(ICD10CM, "F33.1"))
    record["entry"][0]["resource"] = PATIENT | {"deceasedBoolean": True}
    page = upload(client, record)
    told = text_of(page)
    assert told.index("Is this the right file? The record says that this person has died.") < (
        told.index("A fact that you use")
    )
    assert not [name for name in fields_of(page) if name.endswith("-take")]


def test_what_came_from_the_record_is_marked_with_what_to_mind_about_it(client: Client) -> None:
    answers = with_sertraline(client, **{"answers-structured_interview": "yes"})
    told = text_of(answers)
    row = told.partition("Treatments tried")[2].partition("Change")[0]
    assert "Sertraline From the health record, September 1, 2026 An order does not show" in row
    assert "46 years From the health record" in told
    assert "Yes From the health record" not in told
    corrected = go_on(client, answers, go="review", **{"answers-age": "47"})
    assert "47 years From" not in text_of(corrected)
    assert "An order does not show that it was taken." in text_of(corrected)


def test_the_plan_that_came_from_the_record_is_marked(client: Client) -> None:
    given = PLAN | {"plan-insurer": "", "plan-condition": "unknown", "at": "review"}
    told = text_of(take(client, upload(client, **given)))
    assert "Blue Cross Blue Shield of Massachusetts From the health record" in told
    assert "Major depressive disorder From the health record, September 1, 2026" in told
    assert "F33.2 From the health record, September 1, 2026" in told


@pytest.mark.parametrize("mark", ["", "age", "age:46", "age:46|no|", "age:46|old|2026-99-99"])
def test_a_mark_of_somebody_else_does_no_harm(client: Client, mark: str) -> None:
    page = post(client, PLAN | {"answers-age": "46", "at": "review", "go": "review", "taken": mark})
    assert page.status_code == 200
    assert "An order does not show" not in text_of(page)


SCORED = bundle(
    order("36437", "sertraline"),
    observation("44261-6", valueInteger=20),
)


def test_what_a_person_typed_in_the_place_of_the_record_is_marked_as_theirs(
    client: Client,
) -> None:
    page = upload(client, SCORED, **ANSWERED)
    typed = choice(page, "Age: 46", "correct", value="47")
    typed |= choice(page, "PHQ-9 20", "correct", score="25")
    typed |= choice(page, "Sertraline", "correct", weeks="30")
    answers = take(client, page, **typed)
    told = text_of(answers)
    assert "47 years From the health record, corrected by you" in told
    assert (
        "PHQ-9 25 on November 1, 2026, in the chart as told to us From the health record, " in told
    )
    assert told.count("From the health record, corrected by you") == 2
    assert "30 weeks From the health record, with your own answers" in told
    later = go_on(client, answers, go="review", **{"answers-age": "48", "scores-phq9-score": "24"})
    assert "corrected by you" not in text_of(later), "what is changed later is another answer"


def test_a_treatment_that_is_completed_later_is_no_longer_the_records_alone(
    client: Client,
) -> None:
    answers = with_sertraline(client)
    completed = go_on(client, answers, go="review", **{"tried-0-outcome": "no_response"})
    assert "From the health record, with your own answers An order does not" in text_of(completed)


def test_a_score_whose_day_is_changed_later_is_in_part_a_persons_own(client: Client) -> None:
    page = upload(client, SCORED, **ANSWERED)
    answers = take(client, page, **choice(page, "Sertraline", "leave"))
    assert "in the chart as told to us From the health record, November 1, 2026" in text_of(answers)
    changed = go_on(client, answers, go="review", **{"scores-phq9-taken_on": "2026-10-01"})
    assert "in the chart as told to us From the health record, with your own" in text_of(changed)
