"""Two windows on one letter: each keeps what it changed, and writes nothing else back."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from appeals.clinics.casework import OpenCase
from appeals.clinics.letters.drafting import record_of
from appeals.models import Clinic, Letter
from tests.appeals.clinics.building import reopened
from tests.appeals.clinics.lettering import (
    make_clinician,
)
from tests.appeals.letters_pages import fields_of
from tests.policies.html import text_of

pytestmark = pytest.mark.django_db
PART = "documents_asked"
WORDS = f"edit-text.{PART}"


def page_of(opened: OpenCase, letter: Letter) -> str:
    return reverse("clinics:letter", args=[opened.case.clinic_id, opened.case.pk, letter.pk])


def shown(desk: Client, opened: OpenCase, letter: Letter, *, part: str = "") -> dict[str, Any]:
    """What a window has in its fields, as it was opened."""
    query = f"?open={part}" if part else ""
    return dict(fields_of(desk.get(page_of(opened, letter) + query), "letter"))


def test_a_field_that_a_stale_window_did_not_touch_is_not_written_back(
    desk: Client, opened: OpenCase, draft: Letter
) -> None:
    place, mine = page_of(opened, draft), shown(desk, opened, draft)
    theirs = shown(desk, opened, draft)
    desk.post(place, theirs | {"told-plan_address": "Theirs"})
    answer = desk.post(place, mine | {"told-plan_fax": "617-555-0199"})
    assert answer.status_code == 409
    again = fields_of(answer, "letter")
    assert (again["told-plan_address"], again["told-plan_fax"]) == ("Theirs", "617-555-0199")
    assert "Both wrote" not in text_of(answer)
    assert desk.post(place, again).status_code == 302
    told = reopened(opened).content.told
    assert (told["plan_address"], told["plan_fax"]) == ("Theirs", "617-555-0199")


def test_words_that_a_stale_window_only_had_open_are_not_written_back(
    desk: Client, opened: OpenCase, draft: Letter
) -> None:
    place, mine = page_of(opened, draft), shown(desk, opened, draft, part=PART)
    theirs = shown(desk, opened, draft, part=PART)
    desk.post(place, theirs | {WORDS: "Their words.", "go": "save"})
    answer = desk.post(place, mine | {"told-plan_fax": "617-555-0199"})
    assert answer.status_code == 409
    again = fields_of(answer, "letter")
    assert again[WORDS] == "Their words."
    assert desk.post(place, again).status_code == 302
    held = record_of(opened, Letter.objects.get(pk=draft.pk))
    assert held.texts == {PART: "Their words."}


def test_words_that_both_wrote_are_listed_and_mine_stay_in_the_field(
    desk: Client, opened: OpenCase, draft: Letter
) -> None:
    place, mine = page_of(opened, draft), shown(desk, opened, draft, part=PART)
    theirs = shown(desk, opened, draft, part=PART)
    desk.post(place, theirs | {WORDS: "Their words.", "told-plan_address": "Theirs"})
    answer = desk.post(place, mine | {WORDS: "My words."})
    assert answer.status_code == 409
    text = text_of(answer)
    assert "Both wrote" in text
    assert "Their words." in text
    again = fields_of(answer, "letter")
    assert (again[WORDS], again["told-plan_address"]) == ("My words.", "Theirs")


def test_a_clinician_that_another_window_chose_stays(
    desk: Client, clinic: Clinic, opened: OpenCase, draft: Letter
) -> None:
    other = make_clinician(clinic, "Dr. Other")
    place, mine = page_of(opened, draft), shown(desk, opened, draft)
    desk.post(place, mine | {"clinician": str(other.pk)})
    answer = desk.post(place, mine | {"told-plan_fax": "617-555-0199"})
    again = fields_of(answer, "letter")
    assert again["clinician"] == str(other.pk)
    assert desk.post(place, again).status_code == 302
    assert Letter.objects.get(pk=draft.pk).clinician == other


def test_two_clinicians_that_two_chose_are_listed(
    desk: Client, clinic: Clinic, opened: OpenCase, draft: Letter
) -> None:
    one, two = make_clinician(clinic, "Dr. One"), make_clinician(clinic, "Dr. Two")
    place, mine = page_of(opened, draft), shown(desk, opened, draft)
    desk.post(place, mine | {"clinician": str(one.pk)})
    answer = desk.post(place, mine | {"clinician": str(two.pk)})
    assert answer.status_code == 409
    assert "Clinician Dr. Two, MD Dr. One, MD" in text_of(answer)
    assert fields_of(answer, "letter")["clinician"] == str(two.pk)


def test_a_stale_window_that_changed_nothing_writes_nothing(
    desk: Client, opened: OpenCase, draft: Letter
) -> None:
    place, mine = page_of(opened, draft), shown(desk, opened, draft)
    desk.post(place, mine | {"told-plan_address": "Theirs"})
    assert desk.post(place, mine).status_code == 302
    assert reopened(opened).content.told["plan_address"] == "Theirs"
