"""The way from a denial to what to do: what is asked next, what is wrong, and how one gets back."""

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.appeals.letter_files import LETTER, letter_content, pdf
from tests.policies.html import PLAN as CHECKED
from tests.policies.html import fields_of, heading_of, text_of

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_policies")]

DENIED = "/denied/"
SELF_FUNDED = {"kind-source": "job", "kind-payer": "employer", "kind-grandfathered": "no"}
DATES = {"notice-notice_on": "2026-03-14", "notice-answers": "initial_claim"}
ASKED = {"notice-treatment": "iv_ketamine", "notice-condition": "mdd"}
REASONS = {"notice-reasons": ["not_medically_necessary"]}
WHOLE = SELF_FUNDED | DATES | ASKED | REASONS


def post(client: Client, data: dict[str, Any]) -> "Response":
    return client.post(DENIED, data)


def send(client: Client, raw: bytes, name: str = "notice.pdf", **data: Any) -> "Response":
    file = SimpleUploadedFile(name, raw, content_type="application/pdf")
    return client.post(DENIED, SELF_FUNDED | data | {"at": "letter", "go": "read", "file": file})


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


# The letter


def test_a_letter_fills_the_form_and_shows_where_it_stands(client: Client) -> None:
    response = send(client, pdf(letter_content()))
    assert heading_of(response) == "Dates on the notice"
    fields = fields_of(response)
    assert fields["notice-notice_on"] == "2026-03-14"
    assert fields["notice-printed_amount"] == "180"
    assert "<mark" in response.content.decode()
    assert LETTER[0] in text_of(response)
    # The date wants to be confirmed, and the letter is still there when it was not.
    missing = post(client, fields | {"notice-answers": "initial_claim", "go": "next"})
    assert missing.status_code == 422
    assert "Look at the notice" in text_of(missing)
    assert "<mark" in missing.content.decode()


def test_what_was_typed_is_not_written_over_by_a_letter(client: Client) -> None:
    response = send(client, pdf(letter_content()), **{"notice-notice_on": "2026-03-10"})
    assert fields_of(response)["notice-notice_on"] == "2026-03-10"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "none of them"),
        (b"PK\x03\x04", "none of them"),
        (b"%PDF-1.7 broken", "damaged"),
        (b"%PDF" + b"x" * (10 * 1024 * 1024), "larger than 10 MB"),
    ],
    ids=["empty", "another kind", "broken", "too large"],
)
def test_a_file_that_cannot_be_read_is_refused_clearly(
    client: Client, raw: bytes, said: str
) -> None:
    response = send(client, raw)
    assert response.status_code == 422
    assert heading_of(response) == "The denial notice"
    assert said in text_of(response)
    assert fields_of(response)["kind-payer"] == "employer"


def test_a_file_that_is_being_read_holds_no_connection(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    # One that takes the whole time would else stop every page that asks the database.
    with django_assert_num_queries(0):
        assert send(client, b"%PDF-1.4 broken").status_code == 422


def test_photos_of_two_pages_are_one_letter(client: Client) -> None:
    pages = [
        SimpleUploadedFile(f"{number}.pdf", pdf(letter_content([f"Page {number}", *LETTER[:3]])))
        for number in (1, 2)
    ]
    response = client.post(DENIED, SELF_FUNDED | {"at": "letter", "go": "read", "file": pages})
    assert heading_of(response) == "Dates on the notice"
    assert "Page 2" in text_of(response)


def test_no_file_at_all_is_told_so(client: Client) -> None:
    response = post(client, SELF_FUNDED | {"at": "letter", "go": "read"})
    assert response.status_code == 422
    assert "Choose a file" in text_of(response)


@pytest.mark.parametrize("letter", ["x", "{}", '{"pages":[],"finds":[["notice_on"]]}', "[" * 5000])
def test_a_letter_that_we_did_not_read_is_refused(client: Client, letter: str) -> None:
    response = post(client, WHOLE | {"letter": letter, "at": "dates", "go": "next"})
    assert response.status_code == 400


def test_a_letter_cannot_put_markup_into_the_page(client: Client) -> None:
    response = send(client, pdf(letter_content(["<script>alert(1)</script>", *LETTER])))
    assert "<script>alert" not in response.content.decode()


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


def test_what_reads_like_an_approval_is_said_until_the_end(client: Client) -> None:
    lines = (
        "Sample Health Plan",
        "Notice date: March 14, 2026",
        "We are pleased to tell you that your request",
        "for ketamine infusion has been approved.",
        "Authorization number: SAMPLE-1234",
    )
    dates = send(client, pdf(letter_content(lines)))
    assert "reads like an approval" in text_of(dates)
    told = {"notice-is_date_checked": "on", "notice-answers": "initial_claim", "go": "next"}
    asked = post(client, fields_of(dates) | told)
    reasons = post(client, fields_of(asked) | {"go": "next"})
    result = post(client, fields_of(reasons) | {"go": "next"})
    assert heading_of(result).endswith(
        "September 10, 2026. File now anyway, and say why you are late."
    )
    assert "reads like an approval" in text_of(result)


def test_a_letter_of_another_kind_of_plan_is_noticed(client: Client) -> None:
    lines = ("Medicare Notice", *LETTER[1:4], "Medicare pays no more.", "Your Medicare rights")
    assert "names Medicare again and again" in text_of(send(client, pdf(letter_content(lines))))
    assert "names Medicare" not in text_of(send(client, pdf(letter_content())))


def test_a_condition_with_thoughts_of_suicide_shows_help_and_a_way_out(client: Client) -> None:
    told = WHOLE | {"notice-condition": "mdd_suicidal", "at": "reasons", "go": "next"}
    page = post(client, told).content.decode()
    assert "data-leave" in page
    assert "data-leave" not in post(client, WHOLE | {"at": "reasons"}).content.decode()


# Letters and limits


def letter_of(day: str) -> bytes:
    return pdf(letter_content([one.replace("March 14, 2026", day) for one in LETTER]))


def test_a_second_letter_takes_the_place_of_the_first(client: Client) -> None:
    first = fields_of(send(client, letter_of("March 14, 2026")))
    kept = {name: value for name, value in first.items() if name.startswith(("letter", "notice-"))}
    second = send(client, letter_of("October 30, 2026"), **kept, **{"notice-is_date_checked": "on"})
    assert fields_of(second)["notice-notice_on"] == "2026-10-30"
    told = fields_of(second) | {"notice-answers": "initial_claim", "go": "next"}
    # The mark was for the date of the other letter.
    assert post(client, told).status_code == 422


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ({"notice-printed_on": "2026-04-01"}, "April 1, 2026"),
        ({"notice-printed_amount": "10", "notice-printed_unit": "days"}, "March 24, 2026"),
        (
            {
                "notice-printed_on": "2026-04-01",
                "notice-printed_amount": "10",
                "notice-printed_unit": "days",
            },
            "March 24, 2026",
        ),
        (
            {
                "notice-printed_on": "2026-04-01",
                "notice-printed_amount": "3",
                "notice-printed_unit": "months",
            },
            "April 1, 2026",
        ),
    ],
)
def test_of_two_printed_limits_the_earlier_counts(
    client: Client, told: dict[str, str], day: str
) -> None:
    response = post(client, WHOLE | told | {"at": "reasons", "go": "next"})
    assert day in text_of(response)
    assert day in heading_of(response)


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


@pytest.mark.parametrize(
    "find",
    [
        '["kind","zzz","likely","",[],null]',
        '["reason","zzz","likely","",[],null]',
        '["notice_on","x","likely","",[[1,0,0,9]],null]',
        '["deadline","x","likely","",[],["9999-99-99",null,null,null]]',
    ],
)
def test_a_find_that_we_did_not_make_is_refused(client: Client, find: str) -> None:
    letter = f'{{"language":"en","pages":[{{"scanned":false,"lines":[["a"]]}}],"finds":[{find}]}}'
    response = post(client, WHOLE | {"letter": letter, "at": "dates", "go": "next"})
    assert response.status_code == 400


def test_more_photos_than_pages_are_refused_with_a_word(client: Client) -> None:
    pages = [SimpleUploadedFile(f"{one}.pdf", pdf(letter_content(LETTER[:1]))) for one in range(13)]
    response = client.post(DENIED, SELF_FUNDED | {"at": "letter", "go": "read", "file": pages})
    assert response.status_code == 422
    assert "more than 12 pages" in text_of(response)
