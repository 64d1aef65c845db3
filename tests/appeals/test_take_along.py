"""From the answer's page to a file: the same answers, no trace, and a name that tells nothing."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from tests.appeals.reading import text_of
from tests.policies.html import FULL, PLAN, fields_of, post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_policies")]

FILES = [("doctor_page", "plan-check.pdf"), ("log_sheet", "log-sheet.pdf")]


@pytest.mark.parametrize(("name", "file"), FILES)
def test_what_the_answer_carries_makes_a_file_that_is_kept_nowhere(
    client: Client, name: str, file: str
) -> None:
    carried = fields_of(post(client, PLAN | FULL | {"go": "answer"}))
    response = client.post(reverse(f"appeals:{name}"), carried)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="{file}"'
    assert "no-store" in response["Cache-Control"]
    assert "087" in text_of(response.content)
    assert not Session.objects.exists()


def test_the_page_for_the_doctor_holds_the_answers_that_were_given(client: Client) -> None:
    carried = fields_of(post(client, PLAN | FULL | {"go": "answer"}))
    text = text_of(client.post(reverse("appeals:doctor_page"), carried).content)
    assert "7 of at least 9 met, 0 not met, 2 to find out." in text
    assert "MADRS 30 on October 1, 2026, in the chart as told to us" in text


@pytest.mark.parametrize("name", ["doctor_page", "log_sheet"])
def test_a_wrong_answer_leads_to_the_screen_that_corrects_it(client: Client, name: str) -> None:
    response = client.post(
        reverse(f"appeals:{name}"), PLAN | {"answers-age": "400", "at": "answer"}
    )
    assert response.status_code == 422
    assert response["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("name", ["doctor_page", "log_sheet"])
def test_a_file_is_made_only_of_what_was_sent(client: Client, name: str) -> None:
    assert client.get(reverse(f"appeals:{name}")).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(reverse(f"appeals:{name}"), PLAN).status_code == 403


def test_the_answers_page_offers_both_without_a_script(client: Client) -> None:
    body = post(client, PLAN | FULL | {"go": "answer"}).content.decode()
    assert f'action="{reverse("appeals:doctor_page")}"' in body
    assert f'formaction="{reverse("appeals:log_sheet")}"' in body
