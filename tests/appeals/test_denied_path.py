"""The way from a denial to what to do: what is asked next, what is wrong, and how one gets back."""

from typing import Any

import pytest
from django.test import Client

from tests.appeals.denied_pages import ASKED, DATES, REASONS, SELF_FUNDED, WHOLE, post
from tests.policies.html import PLAN as CHECKED
from tests.policies.html import fields_of, heading_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_policies")]


# The kind of plan


def test_a_question_without_an_answer_is_asked_again(client: Client) -> None:
    response = post(client, {"at": "kind", "showing": "source", "go": "next"})
    assert response.status_code == 422
    assert "Choose an answer" in text_of(response)


def test_an_answer_leads_to_the_next_question_and_back(client: Client) -> None:
    first = {"at": "kind", "showing": "source", "kind-source": "job"}
    second = post(client, first | {"go": "next"})
    assert "Who pays the claims?" in text_of(second)
    back = post(client, fields_of(second) | {"go": "back"})
    assert heading_of(back) == "You have been denied"
    assert fields_of(back)["kind-source"] == "job"


@pytest.mark.parametrize("answer", ["nonsense", "job' or 1=1", "<script>"])
def test_what_is_no_answer_is_asked_again(client: Client, answer: str) -> None:
    response = post(client, WHOLE | {"kind-source": answer, "at": "reasons", "go": "next"})
    assert heading_of(response) == "You have been denied"


def test_a_changed_answer_drops_what_is_not_on_the_way_any_more(client: Client) -> None:
    changed = WHOLE | {"kind-source": "federal", "at": "kind", "showing": "source"}
    response = post(client, changed | {"go": "next"})
    assert heading_of(response) == "The denial notice"
    assert "FEHB" in text_of(response)


@pytest.mark.parametrize("source", ["workers_compensation", "chip"])
def test_a_kind_that_is_not_handled_is_told_whom_to_ask(client: Client, source: str) -> None:
    response = post(client, {"at": "kind", "showing": "source", "kind-source": source})
    assert heading_of(response) == "We hold no steps for this kind of plan"
    again = post(client, fields_of(response) | {"go": "next"})
    assert heading_of(again) == "We hold no steps for this kind of plan"


def test_from_the_check_nothing_is_asked_twice(client: Client) -> None:
    told = CHECKED | {"plan-funding": "self_funded", "at": "answer", "go": "denied"}
    response = post(client, told)
    fields = fields_of(response)
    assert fields["kind-funding"] == "self_funded"
    assert fields["notice-treatment"] == "iv_ketamine"
    assert fields["notice-condition"] == "treatment_resistant_depression"


# The notice


def test_the_screens_of_the_notice_follow_one_another(client: Client) -> None:
    found = []
    data: dict[str, Any] = SELF_FUNDED | {"at": "letter", "go": "next"}
    for told in ({}, DATES, ASKED, REASONS):
        response = post(client, data | told)
        found.append(heading_of(response))
        data = fields_of(response) | {"go": "next"}
    assert found[:3] == ["Dates on the notice", "What was refused", "Why they said no"]
    assert "September 10, 2026" in found[3]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"notice-notice_on": ""}, "Enter the date printed on the notice"),
        ({"notice-notice_on": "soon"}, "Enter a date like 3/14/2026"),
        ({"notice-notice_on": "2999-01-01"}, "Enter a day up to today"),
        ({"notice-has_no_date": "on"}, "Take away the date, or this mark"),
        ({"notice-answers": "nothing"}, "Choose one of the answers in the list"),
        ({"notice-received_on": "2026-03-01"}, "can't have come before"),
        ({"notice-printed_on": "2026-03-01"}, "can't be before the date"),
        (
            {"notice-printed_on": "2026-12-01", "notice-printed_again_on": "2026-12-02"},
            "The two last days differ",
        ),
        ({"notice-printed_amount": "18O"}, "Enter a number in figures"),
        (
            {"notice-printed_amount": "99999", "notice-printed_unit": "days"},
            "Enter a whole number",
        ),
        ({"notice-printed_amount": "60"}, "Choose days or months"),
    ],
)
def test_a_wrong_date_is_told_and_nothing_is_lost(
    client: Client, told: dict[str, str], said: str
) -> None:
    data = WHOLE | told | {"at": "dates", "go": "next"}
    response = post(client, data)
    assert response.status_code == 422
    assert said in text_of(response)
    kept = fields_of(response)
    # A mark that was set and a choice that there is not are no texts to be kept.
    for name in {"notice-notice_on", *told} - {"notice-has_no_date", "notice-answers"}:
        assert kept.get(name, "") == data[name]
    assert kept["kind-payer"] == "employer"


@pytest.mark.parametrize("code", ["CO 50", "pr-96", "N130", "50", "CO-B7", "A1"])
def test_codes_are_read_as_bills_write_them(client: Client, code: str) -> None:
    response = post(client, WHOLE | {"notice-codes": code, "at": "reasons", "go": "next"})
    assert response.status_code == 200


def test_what_is_no_code_is_told(client: Client) -> None:
    response = post(client, WHOLE | {"notice-codes": "no code", "at": "reasons", "go": "next"})
    assert response.status_code == 422
    assert "is no such code" in text_of(response)


def test_a_notice_without_a_date_counts_nothing(client: Client) -> None:
    told = WHOLE | {"notice-notice_on": "", "notice-has_no_date": "on"}
    response = post(client, told | {"at": "reasons", "go": "next"})
    assert response.status_code == 200
    assert "2026" not in heading_of(response)


def test_a_change_leads_back_to_the_result(client: Client) -> None:
    dates = post(client, WHOLE | {"at": "result", "go": "change.dates"})
    assert heading_of(dates) == "Dates on the notice"
    changed = fields_of(dates) | {"notice-notice_on": "2026-04-14", "go": "next"}
    assert "October 11, 2026" in heading_of(post(client, changed))


def test_a_result_without_all_of_it_asks_for_what_is_missing(client: Client) -> None:
    response = post(client, SELF_FUNDED | {"at": "result", "go": "stay"})
    assert response.status_code == 422
    assert heading_of(response) == "Dates on the notice"


# The dates to keep


def test_the_dates_are_a_calendar_file(client: Client) -> None:
    told = WHOLE | {"notice-notice_on": "2026-11-01", "at": "result"}
    response = client.post("/denied/dates.ics", told)
    assert response["Content-Type"].startswith("text/calendar")
    assert response.content.startswith(b"BEGIN:VCALENDAR")


def test_dates_of_half_a_case_lead_to_what_is_missing(client: Client) -> None:
    response = client.post("/denied/dates.ics", SELF_FUNDED | {"at": "result"})
    assert response.status_code == 422
    assert client.get("/denied/dates.ics").status_code == 405


# What does not fit together


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"notice-notice_on": "0026-03-14"}, "Is the year right?"),
        ({"notice-first_final_on": "2026-01-05"}, "only for the answer to a second appeal"),
    ],
)
def test_a_date_that_does_not_fit_is_told(client: Client, told: dict[str, str], said: str) -> None:
    response = post(client, WHOLE | told | {"at": "dates", "go": "next"})
    assert response.status_code == 422
    assert said in text_of(response)


def test_a_condition_with_thoughts_of_suicide_shows_help_and_a_way_out(client: Client) -> None:
    told = WHOLE | {"notice-condition": "mdd_suicidal", "at": "reasons", "go": "next"}
    page = post(client, told).content.decode()
    assert "data-leave" in page
    assert "data-leave" not in post(client, WHOLE | {"at": "reasons"}).content.decode()


@pytest.mark.parametrize(
    ("at", "told", "said"),
    [
        ("dates", {"notice-printed_on": "2062-12-01"}, "Is the year right?"),
        ("dates", {"notice-printed_for": "internal_1", "notice-answers": "internal_1"}, "is over"),
        (
            "dates",
            {"notice-printed_amount": "400", "notice-printed_unit": "months"},
            "Enter a whole number",
        ),
        ("asked", {"notice-action_on": "0001-01-01"}, "Is the year right?"),
        ("asked", {"notice-action_on": "9999-12-31"}, "Is the year right?"),
    ],
)
def test_what_no_notice_says_is_told(
    client: Client, at: str, told: dict[str, str], said: str
) -> None:
    response = post(client, WHOLE | told | {"at": at, "go": "next"})
    assert response.status_code == 422
    assert said in text_of(response)
