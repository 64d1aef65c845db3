"""The desk's pages for worked cases: composed by hand, run as one writes, and what none decides."""

import html
import re
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from policies.admin.proving.answers import fits_the_page
from policies.admin.proving.composing import Composed, begun_from
from policies.admin.proving.undecided import in_words, read_found, try_mistakes
from policies.catalogue.yaml_text import read_yaml
from policies.draft_states import working_of
from policies.models import PolicyVersion, WorkedCase
from policies.proofs import Proof, current_rows, proof_of
from policies.proving import keep_case
from policies.publishing import publish_version, save_draft
from policies.reviewing import submit_draft, take_back
from policies.roles import Role
from policies.worked_cases import read_cases
from tests.coverage_site.signing_in import make_person
from tests.factories import (
    ADULT,
    DATA,
    SEVERE,
    all_of,
    make_edition,
    make_position,
    real_document,
)
from tests.policies.casework import keep_three, make_case, read_case
from tests.policies.counting import ADEQUATE_TRIAL, count
from tests.policies.reviewed import acme_policy
from tests.policies.test_outline import key_of

pytestmark = pytest.mark.django_db

TREE = all_of(replace(ADULT, id="age"), SEVERE)


@pytest.fixture
def anna() -> User:
    return make_person("anna")


@pytest.fixture
def draft(anna: User) -> PolicyVersion:
    return save_draft(acme_policy(), make_edition(make_position(criteria=TREE)), by=anna)


@pytest.fixture
def desk(anna: User) -> Client:
    client = Client()
    client.force_login(anna)
    return client


def address(name: str, *keys: int) -> str:
    return reverse(f"admin:policies_policyversion_{name}", args=keys)


def text_of(answer: Any) -> str:
    page = re.sub(r"</?(strong|a|span|button)\b[^>]*>", "", answer.content.decode())
    page = re.sub(r"<[^>]+>", " ", page)
    return " ".join(html.unescape(page).split())


FORM = {
    "case-name": "18 years, all else met",
    "case-on": "30 days",
    "plan-treatment": "iv_ketamine",
    "plan-condition": "treatment_resistant_depression",
    "answers-age": "18",
    "answers-episode_severity": "severe",
    "case-verdict": "appears_to_qualify",
    "case-finding-age": "met",
}


def test_a_case_is_composed_from_the_patients_own_questions(
    desk: Client, draft: PolicyVersion
) -> None:
    page = desk.get(address("newcase", draft.pk))
    assert "How severe does your clinician call the current episode?" in text_of(page)
    assert "What is the latest PHQ-9" not in text_of(page)  # no criterion asks for it
    kept = desk.post(address("newcase", draft.pk), {**FORM, "do": "save"})
    assert kept.headers["Location"] == address("cases", draft.pk)
    assert current_rows(draft)[0].content == {
        "name": "18 years, all else met",
        "on": "30 days after effective",
        "situation": {
            "treatment": "iv_ketamine",
            "answers": {
                "age": 18,
                "conditions": ["treatment_resistant_depression"],
                "episode_severity": "severe",
            },
        },
        "verdict": "appears_to_qualify",
        "findings": {"age": "met"},
    }


def test_what_comes_out_is_shown_only_to_one_who_has_said_what_must(
    desk: Client, draft: PolicyVersion
) -> None:
    unsaid = {name: value for name, value in FORM.items() if name != "case-verdict"}
    for do in ("live", "try", "save"):
        page = text_of(desk.post(address("newcase", draft.pk), {**unsaid, "do": do}))
        assert "It is shown once you have said" in page
        assert "As wanted" not in page
        assert "Turned" not in page
    assert "As wanted." in text_of(desk.post(address("newcase", draft.pk), {**FORM, "do": "try"}))
    assert not WorkedCase.objects.exists()


def test_bad_input_comes_back_filled_with_what_is_to_be_put_right(
    desk: Client, draft: PolicyVersion
) -> None:
    wrong = {"case-name": "", "case-on": "soon", "answers-age": "180", "case-ground": "excluded"}
    page = desk.post(address("newcase", draft.pk), {**FORM, **wrong, "do": "save"})
    assert page.status_code == 422
    for text in (
        "Give it a name that says what it is about.",
        "Write it as 30 days, or as a date, as 11/25/2026.",
        "180 is out of range: age goes from 0 to 120 years.",
        "Only what is not covered has a ground",
    ):
        assert text in text_of(page)
    assert 'value="soon"' in page.content.decode()


def test_two_cases_of_one_name_are_told_at_the_name(desk: Client, draft: PolicyVersion) -> None:
    for status in (302, 422):
        page = desk.post(address("newcase", draft.pk), {**FORM, "do": "save"})
        assert page.status_code == status
    assert "give this one its own name" in text_of(page)


def test_after_another_condition_the_page_asks_what_fits(
    desk: Client, draft: PolicyVersion
) -> None:
    page = desk.get(address("newcase", draft.pk)).content.decode()
    found = re.search(r'name="shown" value="([^"]+)"', page)
    assert found
    other = {**FORM, "shown": found[1], "do": "live", "plan-condition": "fibromyalgia"}
    answer = desk.post(address("newcase", draft.pk), other, headers={"HX-Request": "true"})
    assert answer.headers["HX-Retarget"] == "#case"
    same = {**other, "plan-condition": "treatment_resistant_depression"}
    answer = desk.post(address("newcase", draft.pk), same, headers={"HX-Request": "true"})
    assert "HX-Retarget" not in answer.headers
    assert 'id="case-outcome"' in answer.content.decode()


def test_a_case_begun_from_another_says_anew_what_it_wants(
    desk: Client, draft: PolicyVersion
) -> None:
    row = keep_case(draft, read_case(make_case(age=44)), by=User.objects.get())
    page = desk.get(address("newcase", draft.pk), {"like": row.pk}).content.decode()
    assert 'value="An adult, but "' in page
    assert re.search(r'name="answers-age"\s+value="44"', page)
    assert not re.search(r'name="case-verdict"[^>]*checked', page)


def test_another_treatment_begins_as_the_one_before_it_went(desk: Client, anna: User) -> None:
    tree = all_of(ADULT, count(ADEQUATE_TRIAL))
    policy = acme_policy()
    draft = save_draft(policy, make_edition(make_position(criteria=tree), effective=None), by=anna)
    told = {"kind": "antidepressant", "drug": "sertraline", "outcome": "no_response"}
    row = {f"tried-0-{name}": value for name, value in told.items()}
    answer = desk.post(address("newcase", draft.pk), {**FORM, **row, "do": "more"})
    page = answer.content.decode()
    again = page[page.index("<legend>Treatment 2") :]
    for name in ("kind", "outcome"):
        assert re.search(rf'value="{told[name]}"\s+selected', again)
    assert 'value="sertraline"' not in again
    assert "How long after the edition was first read" in text_of(answer)


def test_cases_that_are_enough_lead_to_review(
    desk: Client, draft: PolicyVersion, anna: User
) -> None:
    review = f'class="cases-main"\\s+href="{address("review", draft.pk)}"'
    assert not re.search(review, desk.get(address("cases", draft.pk)).content.decode())
    keep_three(draft, by=anna)
    page = desk.get(address("cases", draft.pk))
    # The three hold for adults; this list also asks for a severe episode.
    assert "1 turned" in text_of(page)
    adults = make_edition(make_position(criteria=all_of(ADULT)))
    save_draft(draft.policy, adults, by=anna, version=draft)
    page = desk.get(address("cases", draft.pk))
    assert "has 3, and 3 are needed: it can go to review." in text_of(page)
    assert re.search(review, page.content.decode())
    assert f'<a href="{address("write", draft.pk)}">{draft}</a>' in page.content.decode()
    assert "Enough for review. Go to review" in text_of(desk.get(address("write", draft.pk)))


def test_a_case_is_changed_in_its_place_and_withdrawn(desk: Client, draft: PolicyVersion) -> None:
    desk.post(address("newcase", draft.pk), {**FORM, "do": "save"})
    row = current_rows(draft)[0]
    page = desk.get(address("case", draft.pk, row.pk)).content.decode()
    assert re.search(r'value="appears_to_qualify"[^>]*checked', page)
    desk.post(address("case", draft.pk, row.pk), {**FORM, "case-name": "Eighteen", "do": "save"})
    assert [one.name for one in current_rows(draft)] == ["Eighteen"]
    key = current_rows(draft)[0].pk
    desk.post(address("cases", draft.pk), {"do": f"withdraw:{key}"})
    assert current_rows(draft) == []


def test_the_list_says_what_turned_a_case_and_leads_to_its_line(
    desk: Client, draft: PolicyVersion, anna: User
) -> None:
    desk.post(address("newcase", draft.pk), {**FORM, "do": "save"})
    stricter = all_of(replace(ADULT, min=19, id="age"), SEVERE)
    save_draft(draft.policy, make_edition(make_position(criteria=stricter)), by=anna, version=draft)
    page = desk.get(address("cases", draft.pk))
    key = key_of(working_of(PolicyVersion.objects.get()), "18 years or older")
    assert f"{address('write', draft.pk)}?open={key}#line-{key}" in page.content.decode()
    line = "“18 years or older” (Age: 19 years or more): not met. Told: 18 years. Wanted: met."
    assert line in text_of(page)
    assert "This edition has 1 of at least 3: 2 more before it can go to review." in text_of(page)


def test_the_writing_page_says_after_each_save_what_turned(
    desk: Client, draft: PolicyVersion
) -> None:
    desk.post(address("newcase", draft.pk), {**FORM, "do": "save"})
    key = key_of(working_of(draft), "18 years or older")
    fields = {"label": "18 years or older", "kind": "fact", "fact": "age", "id": "age"}
    change = {"based_on": "0", "opened": key, "do": "save", "quiet": "1", "min": "19", **fields}
    page = desk.post(address("write", draft.pk), change, headers={"HX-Request": "true"})
    assert "Worked cases: 0 as wanted, 1 turned" in text_of(page)
    assert "18 years or older (Age: 19 years or more) turns 1 case: 18 years, all else met" in (
        text_of(page)
    )
    assert f'value="open:{key}:label"' in page.content.decode()


def test_slips_that_no_case_notices_are_named_by_line_in_words(
    desk: Client, draft: PolicyVersion
) -> None:
    desk.post(address("newcase", draft.pk), {**FORM, "do": "save"})
    page = text_of(desk.get(address("undecided", draft.pk)))
    assert "3 lines that no case decides" in page
    assert "Not needed for review." in page
    assert "“All of the following”: nothing notices asking for any one of these" in page
    assert "“A severe episode”: nothing notices leaving it out; " in page
    assert "; at least 17 in place of at least 18" in page


def test_a_run_that_takes_long_goes_on_where_it_stopped(draft: PolicyVersion, anna: User) -> None:
    keep_three(draft, by=anna)
    proof = proof_of(draft)
    assert proof
    whole = try_mistakes(proof)
    step = try_mistakes(proof, seconds=0)
    while not step.is_done:
        found = read_found(step.found_so_far)
        step = try_mistakes(proof, start=step.tried, found=found, seconds=0)
    assert (step.found, step.lines) == (whole.found, whole.lines)


@pytest.mark.parametrize(
    ("what", "words"),
    [
        pytest.param("min 18 -> above 18", "more than 18 in place of at least 18", id="an edge"),
        pytest.param("without severe", "without severe", id="a choice"),
        pytest.param(
            "where 2: min_weeks 6 -> 7",
            "where 2: weeks, at least 7 in place of weeks, at least 6",
            id="a definition",
        ),
        pytest.param("at_least 2 -> 3", "at least 3 in place of at least 2", id="a group"),
    ],
)
def test_a_slip_is_told_as_a_person_would_make_it(what: str, words: str) -> None:
    assert in_words(what) == words


def test_where_nothing_changes_any_more_cases_are_only_read(
    desk: Client, draft: PolicyVersion, anna: User
) -> None:
    save_draft(draft.policy, make_edition(make_position()), by=anna, version=draft)
    keep_three(draft, by=anna)
    row = current_rows(draft)[0]
    submit_draft(draft, by=anna)
    for is_published in (False, True):
        if is_published:
            publish_version(take_back(draft, by=anna), by=None)
        assert "Withdraw" not in text_of(desk.get(address("cases", draft.pk)))
        assert desk.get(address("newcase", draft.pk)).status_code == 302
        desk.post(address("cases", draft.pk), {"do": f"withdraw:{row.pk}"})
        assert len(current_rows(draft)) == 3


def test_a_reader_sees_cases_and_writes_none(draft: PolicyVersion) -> None:
    client = Client()
    client.force_login(make_person("rita", Role.READER))
    assert client.get(address("cases", draft.pk)).status_code == 200
    assert client.get(address("newcase", draft.pk)).status_code == 403
    assert client.post(address("cases", draft.pk), {"do": "follow"}).status_code == 403


@pytest.mark.parametrize(("name", "queries"), [("cases", 11), ("newcase", 10), ("undecided", 11)])
def test_the_pages_ask_the_database_a_fixed_number_of_times(
    desk: Client,
    draft: PolicyVersion,
    django_assert_num_queries: DjangoAssertNumQueries,
    name: str,
    queries: int,
) -> None:
    for number in range(6):
        keep_case(draft, read_case(make_case(f"Case {number}")), by=User.objects.get())
    desk.get(address(name, draft.pk))
    with django_assert_num_queries(queries):
        assert desk.get(address(name, draft.pk)).status_code == 200


def test_a_real_case_opened_and_saved_says_the_same() -> None:
    """Of the real documents' cases, those that the page has fields for."""
    document = real_document("carefirst--2889-a")
    file = DATA / "cases" / f"{document.stem}.yaml"
    cases = read_cases(read_yaml(file.read_text(encoding="utf-8")).data)
    proof = Proof(PolicyVersion(), document.editions[-1], document, ())
    fitting = [one for one in cases if fits_the_page(one)]
    for case in fitting:
        data = begun_from(case, is_copy=False)
        composed = Composed(proof, data, case, is_checked=True)
        assert composed.case == case, [one.errors for one in composed.forms]
    assert len(fitting) > len(cases) / 2
