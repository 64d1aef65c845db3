"""A letter on the way from a denial: it fills the forms, is carried along, and never harms."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.appeals.denied_pages import DENIED, SELF_FUNDED, WHOLE, post, send
from tests.appeals.letter_files import LETTER, letter_content, pdf
from tests.policies.html import fields_of, heading_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_policies")]


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


def test_a_letter_too_long_to_be_looked_through_says_so(client: Client) -> None:
    fields = fields_of(send(client, pdf(letter_content())))
    assert "only at its first part" not in text_of(post(client, fields | {"go": "stay"}))
    fields["letter"] = fields["letter"].replace('"cut":false', '"cut":true')
    assert "only at its first part" in text_of(post(client, fields | {"go": "stay"}))


def test_a_letter_of_another_kind_of_plan_is_noticed(client: Client) -> None:
    lines = ("Medicare Notice", *LETTER[1:4], "Medicare pays no more.", "Your Medicare rights")
    assert "names Medicare again and again" in text_of(send(client, pdf(letter_content(lines))))
    assert "names Medicare" not in text_of(send(client, pdf(letter_content())))


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


def test_more_photos_than_pages_are_refused_with_a_word(client: Client) -> None:
    pages = [SimpleUploadedFile(f"{one}.pdf", pdf(letter_content(LETTER[:1]))) for one in range(13)]
    response = client.post(DENIED, SELF_FUNDED | {"at": "letter", "go": "read", "file": pages})
    assert response.status_code == 422
    assert "more than 12 pages" in text_of(response)
