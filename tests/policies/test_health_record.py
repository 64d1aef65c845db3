"""A person's record into the check: read in memory, reviewed, and no answer turned by it."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.policies.fhir.bundles import (
    ICD10CM,
    LOINC,
    MINE,
    ON,
    PATIENT,
    RXNORM,
    SNOMED,
    bundle,
    concept,
    condition,
    observation,
    order,
)
from tests.policies.html import CHECK, FULL, PLAN, WHO, fields_of, heading_of, post, text_of
from tests.policies.record_pages import (
    ANSWERS,
    PSYCHOTIC,
    RECORD,
    REVIEW,
    choice,
    chosen,
    number_of,
    take,
    the_rest,
    upload,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_policies")]

DSTU2 = {"resourceType": "MedicationOrder"}
R5 = {"resourceType": "MedicationRequest", "medication": {}}
TWO = {"resourceType": "Patient", "id": "other"}
DEEP = b'{"resourceType": "Bundle", "type": "collection", "a": ' + b"[" * 80 + b"]" * 80 + b"}"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: ON)


def test_what_a_person_takes_stands_with_their_answers(client: Client) -> None:
    page = upload(client, **{"plan-line_of_business": "commercial"})
    assert heading_of(page) == REVIEW
    answers = take(client, page)
    fields = fields_of(answers)
    assert fields["answers-age"] == "46"
    assert fields["plan-line_of_business"] == "commercial"
    assert fields["plan-insurer"] == "bcbs-ma"
    assert fields["plan-icd10_codes"] == "F33.2"
    assert fields["scores-phq9-score"] == "21"
    assert fields["tried-0-drug"] == "sertraline"
    assert "tried-0-outcome" not in fields


@pytest.mark.parametrize(
    ("answers", "leads_to"),
    [
        pytest.param({}, "About you and the plan", id="the kind of insurance"),
        pytest.param({"plan-line_of_business": "commercial"}, "Where you live", id="the state"),
        pytest.param(
            {"plan-line_of_business": "commercial", "plan-residence_state": "MA"},
            ANSWERS,
            id="nothing, for the one diagnosis says what it is for",
        ),
        pytest.param(PLAN | {"at": "review"}, ANSWERS, id="nothing of the plan"),
    ],
)
def test_what_is_open_about_the_plan_is_asked_before_all_answers_are_shown(
    client: Client, answers: dict[str, str], leads_to: str
) -> None:
    after = take(client, upload(client, **answers))
    assert heading_of(after) == leads_to
    assert "unknown" not in fields_of(after).values()
    assert fields_of(after)["answers-age"] == "46"


def test_each_fact_names_its_resource_its_day_and_its_code(client: Client) -> None:
    told = text_of(upload(client))
    assert "A measurement ( Observation ), November 1, 2026: LOINC 44261-6" in told
    assert "born May 3, 1980" in told
    assert "ICD-10-CM F33.2" in told


def test_the_kind_of_plan_waits_for_a_person_and_may_be_corrected(client: Client) -> None:
    covered = {
        "resourceType": "Coverage",
        "status": "active",
        "beneficiary": MINE,
        "type": concept("https://nahdo.org/sopt", "211"),
        "payor": [{"display": "Blue Cross Blue Shield of Massachusetts"}],
    }
    page = upload(client, bundle(covered), **{"plan-line_of_business": "unknown"})
    title = "Kind of plan: Medicaid, through a health plan"
    for decision, taken in (("use", "medicaid_managed_care"), ("correct", "commercial")):
        typed = {"value": taken} if decision == "correct" else {}
        answers = take(client, page, **choice(page, title, decision, **typed))
        assert fields_of(answers)["plan-line_of_business"] == taken
    assert take(client, page).status_code == 422


@pytest.mark.parametrize(
    ("birth", "answered", "is_cautioned"),
    [
        pytest.param("1980-05-03", "41", True, id="another age"),
        pytest.param("1980-05-03", "46", False, id="the same age"),
        pytest.param("1980-05-03", "45", True, id="one year off a whole date"),
        pytest.param("1980", "46", False, id="one year off a year alone"),
        pytest.param("1980-05-03", "", False, id="no age so far"),
    ],
)
def test_an_age_that_contradicts_the_answer_is_said_on_top(
    client: Client, birth: str, answered: str, is_cautioned: bool
) -> None:
    record = bundle(condition(ICD10CM, "F33.2"))
    record["entry"][0] = {"resource": PATIENT | {"birthDate": birth}}
    page = upload(client, record, **{"answers-age": answered})
    told = text_of(page)
    says = "Is it the record of the same person?"
    assert (says in told) is is_cautioned
    assert not is_cautioned or told.index(says) < told.index("Facts found")
    used = [name for name, one in fields_of(page).items() if (name[-4:], one) == ("take", "use")]
    assert bool(used) is not is_cautioned, "nothing is chosen of what may be another person's"


def test_of_two_codes_of_one_diagnosis_none_is_chosen_for_the_person(client: Client) -> None:
    page = upload(client, bundle(condition(ICD10CM, "F33.2"), condition(ICD10CM, "F32.9")))
    assert text_of(page).count("The record holds more than one code for this diagnosis.") == 2
    taken = {f"find-{number_of(page, code)}-take" for code in ("F33.2", "F32.9")}
    assert not taken & fields_of(page).keys()
    assert fields_of(page)[f"find-{number_of(page, 'Major depressive disorder')}-take"] == "use"
    picked = choice(page, "F33.2", "use") | choice(page, "F32.9", "leave")
    assert fields_of(take(client, page, **picked))["plan-icd10_codes"] == "F33.2"


def test_a_code_of_another_matter_is_called_by_its_name(client: Client) -> None:
    record = bundle(condition(ICD10CM, "F60.5"))
    assert "A diagnosis, September 1, 2026: Obsessive-compulsive personality" in text_of(
        upload(client, record)
    )


@pytest.mark.parametrize(("decision", "state"), [("use", "MA"), ("correct", "NH")])
def test_the_home_state_is_taken_or_corrected(client: Client, decision: str, state: str) -> None:
    lives = {"address": [{"use": "home", "state": "MA", "city": "markedtown"}]}
    page = upload(client, {"resourceType": "Patient", "id": "a"} | lives)
    typed = {"value": state} if decision == "correct" else {}
    chosen_so = choice(page, "Home state: Massachusetts", decision, **typed)
    assert fields_of(take(client, page, **chosen_so))["plan-residence_state"] == state
    assert "markedtown" not in page.content.decode()


def test_another_home_state_than_the_answer_stands_beside_it_and_leaves_it(client: Client) -> None:
    page = upload(
        client,
        {"resourceType": "Patient", "id": "a", "address": [{"state": "NH"}]},
        **PLAN | {"plan-residence_state": "MA", "at": "review"},
    )
    assert "Answered so far Home state: Massachusetts" in text_of(page)
    assert fields_of(take(client, page))["plan-residence_state"] == "MA"


def test_gone_back_to_the_review_keeps_its_choices_and_no_answer_changed_since(
    client: Client,
) -> None:
    page = upload(client)
    age, drug = (number_of(page, one) for one in ("Age: 46", "Sertraline"))
    kept = {
        name: one for name, one in fields_of(page).items() if name.startswith(("find-", "record"))
    } | {f"find-{age}-take": "use", f"find-{drug}-take": "leave"}
    changed = PLAN | {"answers-age": "50", "at": "treatment"}
    again = post(client, changed | kept | {"go": "stay", "place": "at=record"})
    assert heading_of(again) == REVIEW
    fields = fields_of(again)
    assert fields[f"find-{drug}-take"] == "leave"
    assert fields[f"find-{age}-take"] == "leave"
    assert fields_of(take(client, again))["answers-age"] == "50"


def test_what_is_left_out_does_not_come_along(client: Client) -> None:
    page = upload(client)
    fields = fields_of(take(client, page, **choice(page, "Age: 46", "leave")))
    assert "answers-age" not in fields


def test_a_faulty_correction_comes_back_as_typed_and_then_holds(client: Client) -> None:
    page = upload(client)
    wrong = take(client, page, **choice(page, "Age: 46", "correct", value="four"))
    assert wrong.status_code == 422
    body = wrong.content.decode()
    assert 'id="error-summary"' in body
    assert 'value="four"' in body
    number = number_of(page, "Age: 46")
    assert f'href="#id_find-{number}-as-value"' in body
    right = take(client, wrong, **{f"find-{number}-as-value": "47"})
    assert fields_of(right)["answers-age"] == "47"


@pytest.mark.parametrize(
    ("title", "correction", "says"),
    [
        pytest.param("Age: 46", {"value": "460"}, "out of range", id="an age of nobody"),
        pytest.param("Age: 46", {"value": ""}, "Enter what is right", id="nothing"),
        pytest.param("PHQ-9 21", {"score": "300"}, "out of range", id="an impossible score"),
        pytest.param("F33.2", {"value": "F33"}, "is a heading", id="a heading"),
        pytest.param("Sertraline", {"ended_on": "2027-05-03"}, "has not come yet", id="a day"),
    ],
)
def test_a_correction_is_held_to_the_rules_of_the_check(
    client: Client, title: str, correction: dict[str, str], says: str
) -> None:
    page = upload(client)
    wrong = take(client, page, **choice(page, title, "correct", **correction))
    assert wrong.status_code == 422
    assert says in text_of(wrong)


def test_a_treatment_is_completed_by_hand_and_nothing_of_it_is_assumed(client: Client) -> None:
    page = upload(client)
    assert "By its dates: 8.5 weeks" in text_of(page)
    assert "tried-0-weeks" not in fields_of(take(client, page))
    told = {"weeks": "8", "outcome": "no_response", "kind": "antidepressant"}
    fields = fields_of(take(client, page, **choice(page, "Sertraline", "correct", **told)))
    assert fields["tried-0-weeks"] == "8"
    assert fields["tried-0-outcome"] == "no_response"


def test_what_is_sensitive_is_chosen_by_nobody_but_the_person(client: Client) -> None:
    page = upload(client, bundle(condition(SNOMED, PSYCHOTIC)))
    number = number_of(page, "A history of psychosis")
    assert f"find-{number}-take" not in fields_of(page)
    undecided = take(client, page)
    assert undecided.status_code == 422
    told = text_of(undecided)
    faults = [told.index(f"{one}: yes: Choose what to do") for one in ("psychosis", "this episode")]
    assert faults == sorted(faults), "the summary follows the page"


@pytest.mark.parametrize(
    ("resource", "title", "says"),
    [
        pytest.param(order("36437"), "Sertraline", "An order does not show", id="a bare order"),
        pytest.param(
            condition(ICD10CM, "F33.2", recordedDate="2024-02-01"),
            "F33.2",
            "dates this February 1, 2024, more than a year back",
            id="an old diagnosis",
        ),
        pytest.param(
            observation("44261-6", valueInteger=21, effectiveDateTime="2025-10-01"),
            "PHQ-9 21",
            "dates this October 1, 2025, more than a year back",
            id="an old score",
        ),
    ],
)
def test_what_may_be_over_or_may_never_have_been_is_chosen_by_nobody_but_the_person(
    client: Client, resource: dict[str, Any], title: str, says: str
) -> None:
    page = upload(client, bundle(resource))
    assert says in text_of(page)
    assert f"find-{number_of(page, title)}-take" not in fields_of(page)


@pytest.mark.parametrize("days", [("2026-08-01", "2026-11-01"), ("2026-11-01", "2026-08-01")])
def test_of_one_scale_the_latest_score_is_used_and_never_two(
    client: Client, days: tuple[str, str]
) -> None:
    scores = {"2026-08-01": 14, "2026-11-01": 21}
    page = upload(
        client,
        bundle(
            *(
                observation("44261-6", valueInteger=scores[day], effectiveDateTime=day)
                for day in days
            )
        ),
    )
    assert fields_of(page)[f"find-{number_of(page, 'PHQ-9 14')}-take"] == "leave"
    both = take(client, page, **choice(page, "PHQ-9 14", "use"))
    assert both.status_code == 422
    told = text_of(both)
    assert told.count("There is a later score on this scale,") == 1
    card = told.rpartition("PHQ-9 14 on")[2].partition("Where it stands")[0]
    assert "Use one score of a scale: the latest." in card, "on the one that was added"


def test_importing_never_turns_an_answer(client: Client) -> None:
    given = PLAN | FULL | {"answers-age": "41", "scores-phq9-score": "9"}
    given |= {"scores-phq9-origin": "chart", "tried-0-weeks": "4", "at": "review"}
    before = fields_of(post(client, given | {"go": "review"}))
    page = upload(client, **given)
    assert "Answered so far 41 years The record says Age: 46 years" in text_of(page)
    answers = take(client, page, **the_rest(page, "use"))
    assert heading_of(answers) == ANSWERS
    after = fields_of(answers)
    told = {name: one for name, one in after.items() if name.startswith(("plan", "answers"))}
    assert told == {name: one for name, one in before.items() if name in told} | {
        name: after[name] for name in told.keys() - before.keys()
    }
    assert after["answers-age"] == "41"
    assert after["scores-phq9-score"] == "9"
    assert {name: one for name, one in after.items() if name.startswith("tried")} == {
        name: one for name, one in before.items() if name.startswith("tried")
    }


def test_the_record_replaces_an_answer_only_where_that_was_chosen(client: Client) -> None:
    page = upload(client, **PLAN, **FULL, at="review")
    assert fields_of(page)[f"find-{number_of(page, 'Age: 46')}-take"] == "leave"
    replaced = the_rest(page, "leave") | choice(page, "Age: 46", "use")
    after = fields_of(take(client, page, **replaced))
    assert after["answers-age"] == "46"
    assert after["tried-3-drug"] == FULL["tried-3-drug"]


TAKEN = bundle(
    {
        "resourceType": "MedicationStatement",
        "status": "stopped",
        "subject": MINE,
        "medicationCodeableConcept": concept(RXNORM, "36437"),
        "effectivePeriod": {"start": "2026-03-01", "end": "2026-04-25"},
    }
)
TOLD = {
    "tried-0-kind": "antidepressant",
    "tried-0-drug": "Zoloft",
    "tried-0-weeks": "4",
    "tried-0-highest_dose_mg": "100",
}
JUDGED = {
    "tried-0-outcome": "no_response",
    "tried-0-adequate_dose": "yes",
    "tried-0-this_episode": "yes",
}


@pytest.mark.parametrize(
    ("decision", "correction", "stands"),
    [
        pytest.param("use", {}, {"tried-0-weeks": "8"}, id="its word"),
        pytest.param(
            "correct", {"weeks": "6"}, JUDGED | {"tried-0-weeks": "6"}, id="something else"
        ),
        pytest.param(
            "correct",
            {"outcome": "", "adequate_dose": "", "this_episode": ""},
            {"tried-0-weeks": "8"},
            id="something else, and what was judged is cleared",
        ),
    ],
)
def test_of_a_treatment_the_records_word_leaves_open_what_hung_on_it_and_a_correction_shows_it(
    client: Client, decision: str, correction: dict[str, str], stands: dict[str, str]
) -> None:
    page = upload(client, TAKEN, **PLAN, **TOLD, **JUDGED, **{"tried-complete": "yes"}, at="review")
    told = text_of(page)
    assert "If you take it, this will stand there Sertraline, 8 weeks, 100 mg" in told
    assert "Take what the record says (left open: " in told
    chosen_so = choice(page, "Sertraline", decision, **correction)
    after = fields_of(take(client, page, **chosen_so))
    rows = {name: one for name, one in after.items() if name.startswith("tried-")}
    is_whole = stands.keys() >= JUDGED.keys()
    complete = {"tried-complete": "yes"} if is_whole else {}
    assert rows == TOLD | stands | complete | {"tried-0-ended_on": "2026-04-25"}
    reviewed = text_of(post(client, after | {"go": "review"}))
    assert ("Still to ask: are these all?" in reviewed) is not is_whole


def test_a_list_called_complete_stays_so_when_the_record_adds_to_it(client: Client) -> None:
    other = {"tried-0-drug": "venlafaxine", "tried-0-kind": "antidepressant"}
    page = upload(client, TAKEN, **PLAN, **other, **{"tried-complete": "yes"}, at="review")
    assert "The list is called complete; the record has another" in text_of(page)
    after = fields_of(take(client, page, **choice(page, "Sertraline", "use")))
    assert (after["tried-1-drug"], after["tried-complete"]) == ("sertraline", "yes")


def test_another_code_of_the_diagnosis_does_not_join_the_persons(client: Client) -> None:
    coded = PLAN | {"plan-icd10_codes": "F33.2"}
    page = upload(client, bundle(condition(ICD10CM, "F32.1")), **coded, at="review")
    assert "Answered so far F33.2" in text_of(page)
    assert fields_of(take(client, page))["plan-icd10_codes"] == "F33.2"
    both = take(client, page, **choice(page, "F32.1", "use"))
    assert fields_of(both)["plan-icd10_codes"] == "F33.2, F32.1"


def test_what_does_not_go_together_is_refused_beside_its_find(client: Client) -> None:
    ideation = {"answers-suicidal_ideation": "none", "at": "review"}
    page = upload(client, bundle(condition(ICD10CM, "R45.851")), **PLAN, **ideation)
    refused = take(client, page, **choice(page, "R45.851", "use"))
    assert refused.status_code == 422
    assert "This does not go together with another answer" in text_of(refused)


def test_the_review_counts_its_facts_and_says_a_shared_caution_once(client: Client) -> None:
    told = text_of(upload(client, bundle(order("36437"), order("39786"))))
    assert "Facts found: 3. For 2 of them we chose nothing for you" in told
    assert told.count("You decide") == 2 + len(["the sentence"])
    assert told.count("Still open for each of them: what happened;") == 1
    assert told.count("An order does not show that it was taken.") == 1


def test_the_treatment_is_asked_for_before_any_fact(client: Client) -> None:
    told = text_of(upload(client))
    assert told.index("Which treatment do you ask about?") < told.index("Age: 46")


def test_a_record_among_the_saved_answers_is_named_and_sent_on(client: Client) -> None:
    page = client.post(CHECK, WHO | {"go": "load", "saved": chosen(RECORD)})
    assert page.status_code == 422
    assert "This is a health record. Choose it under “Start from" in text_of(page)


def test_the_treatment_is_asked_for_where_nobody_named_it(client: Client) -> None:
    page = upload(client)
    unnamed = post(client, fields_of(page) | {"go": "take"})
    assert unnamed.status_code == 422
    assert "Choose a treatment." in text_of(unnamed)


@pytest.mark.parametrize(
    ("patient", "says"),
    [
        pytest.param({"deceasedBoolean": True}, "has died. If that is wrong", id="died"),
        pytest.param({"birthDate": "2013-01-01"}, "is under 18", id="a minor"),
    ],
)
def test_what_must_be_seen_first_stands_on_top(
    client: Client, patient: dict[str, Any], says: str
) -> None:
    told = text_of(upload(client, {"resourceType": "Patient", "id": "a", **patient}))
    assert told.index(says) < told.index("What is still to ask")


def test_what_was_not_understood_or_used_is_listed_in_words(client: Client) -> None:
    twice = condition(ICD10CM, "F60.5")
    twice["code"]["coding"][0]["display"] = "Obsessive-compulsive personality disorder"
    twice["code"]["coding"].append({"system": SNOMED, "code": "1376001", "display": "marked again"})
    sinusitis = condition(SNOMED, "444814009")
    sinusitis["code"] = concept(SNOMED, "444814009", "Viral sinusitis (disorder)")
    height = observation("8302-2")
    height["code"] = concept(LOINC, "8302-2", "Body Height")
    odd = bundle(sinusitis, height, twice, observation("44261-6", valueInteger=300))
    told = text_of(upload(client, odd)).partition("What we have no question about")[2]
    assert told.index("A diagnosis: Viral sinusitis") < told.index("Measurements that no document")
    assert "Measurements that no document asks about: Body Height ." in told
    assert "marked again" not in told
    assert "444814009" not in told
    assert "300: The score is not possible on this scale." in told


def test_a_therapy_is_no_measurement_however_the_record_notes_it(client: Client) -> None:
    noted = observation("444175001")
    display = "Guided self-help cognitive behavioral therapy (regime/therapy)"
    noted["code"] = concept(SNOMED, "444175001", display)
    told = text_of(upload(client, bundle(noted))).partition("What we have no question about")[2]
    assert f"A treatment: {display}" in told
    assert "Measurements that no document" not in told


def test_a_file_inside_the_file_is_named_in_plain_words(client: Client) -> None:
    inner = {"resourceType": "Bundle", "type": "collection", "entry": []}
    told = text_of(upload(client, bundle(inner)))
    assert "A second file Only the file itself is read, and not a second one inside it." in told


def test_another_language_shows_the_same_choices(client: Client) -> None:
    page = upload(client)
    fields = fields_of(page) | choice(page, "Age: 46", "correct", value="four")
    spanish = client.post(f"/es{CHECK}", fields | {"go": "stay"})
    assert spanish.status_code == 200
    assert {"find-0-take": "correct", "find-0-as-value": "four"}.items() <= fields_of(
        spanish
    ).items()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        pytest.param(None, "Choose the file first.", id="no file"),
        pytest.param(b"", "This file is empty.", id="nothing"),
        pytest.param(b" \r\n", "This file is empty.", id="white space"),
        pytest.param(b"\xff\xd8\xff\xe0JFIF", "This is a photo", id="a photo"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "This is a photo", id="a screenshot"),
        pytest.param(b"\0\0\0\x18ftypheic", "This is a photo", id="an iPhone's photo"),
        pytest.param(b"%PDF-1.7", "This is a PDF.", id="a PDF"),
        pytest.param(b"PK\x03\x04", "This is a ZIP file.", id="a ZIP"),
        pytest.param(b"\xef\xbb\xbf<?xml?>", "such as a C-CDA", id="a C-CDA"),
        pytest.param(b"{", "This is no health record file, or only a part", id="half a file"),
        pytest.param(
            b'{"a": "\xff"}', "This file is damaged, or of another kind", id="other signs"
        ),
        pytest.param({"a": 1}, "This is no health record.", id="other JSON"),
        pytest.param(DSTU2, "This is FHIR DSTU2, and only FHIR R4", id="DSTU2"),
        pytest.param(R5, "This is FHIR R5, and only FHIR R4", id="R5"),
        pytest.param(bundle(type="message"), "messages or a history", id="a message"),
        pytest.param(bundle(TWO), "speaks of several people", id="several people"),
        pytest.param(bundle(TWO | {"id": "sample"}), "the same id", id="one id twice"),
        pytest.param(DEEP, "nested too deeply", id="nested"),
        pytest.param(b" " * (10 * 2**20 + 1), "larger than 10 MB", id="large"),
    ],
)
def test_a_file_that_is_no_record_is_refused_by_name_and_takes_nothing(
    client: Client, content: object, says: str
) -> None:
    page = upload(client, content, **{"plan-line_of_business": "tricare"})
    assert page.status_code == 422
    assert heading_of(page) == "About you and the plan"
    assert says in text_of(page)
    assert fields_of(page)["plan-line_of_business"] == "tricare"


@pytest.mark.parametrize("is_refused", [False, True])
def test_the_file_is_sent_with_the_answers_of_the_first_screen(
    client: Client, is_refused: bool
) -> None:
    page = upload(client, b"%PDF") if is_refused else client.get(CHECK)
    found = re.search(r'<form[^>]+id="screen".+?</form>', page.content.decode(), re.DOTALL)
    assert found
    form = found[0]
    assert 'enctype="multipart/form-data"' in form.partition(">")[0]
    wanted = ('name="plan-line_of_business"', 'name="health_record"', 'value="record"')
    assert [one for one in wanted if one not in form] == []


def test_at_all_answers_a_refused_file_leaves_them_there(client: Client) -> None:
    page = upload(client, b"%PDF", **PLAN, **FULL, at="review")
    assert (page.status_code, heading_of(page)) == (422, ANSWERS)


def test_a_record_that_did_not_come_along_whole_is_asked_for_again(client: Client) -> None:
    page = take(client, upload(client), record='{"on": "2026-')
    assert page.status_code == 422
    assert "Choose the file once more." in text_of(page)


def test_nothing_of_a_record_is_logged_or_put_in_an_address(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    coded = {**concept(ICD10CM, "F33.2"), "text": "markedwords"}
    marked = bundle(condition(ICD10CM, "F33.2") | {"code": coded})
    page = upload(client, marked, **{"plan-administrator_name": "markedname"})
    assert "markedwords" in page.content.decode()
    take(client, page)
    upload(client, b'{"markedwords": ')
    assert "marked" not in caplog.text
    # And the member's number does not even stand on the page.
    assert "MARKED-1" not in upload(client).content.decode()
