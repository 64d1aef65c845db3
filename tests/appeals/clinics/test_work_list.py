"""The work list: its order, its filters, exact search, and what it leaves in addresses and logs."""

import datetime as dt
import logging
import re
from collections.abc import Mapping
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from appeals.clinics.records import PatientRecord
from appeals.clinics.work_list import AT_ONCE, Filters, cases_of, count, page_of
from appeals.letters.kinds import Voice
from appeals.models import AccessEntry, Case, Clinic, Clinician, Role, SavedView
from appeals.models.cases import Stage
from tests.appeals.clinics.building import make_case, make_clinic, make_member, make_patient
from tests.appeals.clinics.lettering import begun, make_clinician, make_letter_case, user_of
from tests.appeals.clinics.ruling import known_insurer

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 11, 26)
What = AccessEntry.What
HTMX = {"HX-Request": "true"}


@pytest.fixture
def clinic() -> Clinic:
    return make_clinic()


@pytest.fixture
def biller(clinic: Clinic, client: Client) -> User:
    person = make_member(clinic, Role.BILLER, "biller")
    client.force_login(person)
    return person


def due(clinic: Clinic, in_days: int | None, **columns: Any) -> Case:
    """A case whose last day is so many days after today."""
    today = columns.pop("today", timezone.localdate())
    case = make_case(clinic, make_patient(clinic, columns.pop("record", record()))).case
    day = None if in_days is None else today + dt.timedelta(days=in_days)
    Case.objects.filter(pk=case.pk).update(due_on=day, **columns)
    case.refresh_from_db()
    return case


def record(family: str = "Sample", **fields: Any) -> PatientRecord:
    return PatientRecord(family, fields.pop("given_name", "Ada"), **fields)


def asked(clinic: Clinic, **filters: Any) -> list[int]:
    """The numbers of the cases of the first page, in their order."""
    wanted = Filters(**filters)
    cases = cases_of(clinic, wanted, on=ON)
    total = count(cases, wanted.stage, on=ON).total
    return [one.number for one in page_of(clinic, cases, wanted, 1, total=total)]


def shown(client: Client, clinic: Clinic, **filters: str) -> str:
    return client.get(reverse("clinics:clinic", args=[clinic.pk]), filters).content.decode()


def numbers(page: str) -> list[int]:
    return [int(one) for one in re.findall(r'aria-label="Case (\d+)"', page)]


def test_the_next_last_day_stands_first_and_cases_without_one_last(clinic: Clinic) -> None:
    for days in (40, None, -3, 0, 7, -9):
        due(clinic, days, today=ON)
    assert asked(clinic) == [6, 3, 4, 5, 1, 2]


def test_each_window_has_its_count_and_its_heading(
    client: Client, clinic: Clinic, biller: User
) -> None:
    for days in (-1, -2, 0, 7, 8, None, None, None):
        due(clinic, days)
    page = " ".join(re.sub(r"<[^>]+>", " ", shown(client, clinic)).split())
    assert "2 overdue 2 due within 7 days 1 due later 3 no last day known" in page
    for told in ("Overdue 2 ", "Due within 7 days 2 ", "No last day known 3 ", "yesterday"):
        assert told in page


def test_every_page_goes_on_where_the_one_before_ended(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("appeals.clinics.work_list.AT_ONCE", 3)
    for days in (4, None, 1, 7, 7, None, 2, 7):
        due(clinic, days, today=ON)
    cases = cases_of(clinic, Filters(), on=ON)
    pages = [page_of(clinic, cases, Filters(), number, total=8) for number in (1, 2, 3)]
    assert [one.number for page in pages for one in page] == [3, 7, 1, 4, 5, 8, 2, 6]


@pytest.fixture
def mixed(clinic: Clinic) -> Mapping[str, Any]:
    """Five cases that differ."""
    insurer = known_insurer("sample-mutual")
    clinician = Clinician.objects.create(clinic=clinic, name="Dr. Sample")
    due(clinic, -2, today=ON, insurer=insurer, stage=Stage.DENIED, issue_state="OH")
    due(clinic, 3, today=ON, payer_name="Jane's Fund", clinician=clinician)
    due(clinic, 20, today=ON, missing=2, stage=Stage.APPEALED)
    due(clinic, None, today=ON, is_rule_changed=True, issue_state="OH")
    due(clinic, None, today=ON, stage=Stage.APPROVED, closed_at=timezone.now(), insurer=insurer)
    return {"clinician": str(clinician.pk)}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        pytest.param({}, [1, 2, 3, 4], id="all open cases"),
        pytest.param({"payer": "sample-mutual"}, [1], id="a payer of the catalogue"),
        pytest.param({"payer": "other"}, [2, 3, 4], id="payers of no catalogue"),
        pytest.param({"stage": "appealed"}, [3], id="a stage"),
        pytest.param({"clinician": "theirs"}, [2], id="a clinician"),
        pytest.param({"clinician": "nobody"}, [1, 3, 4], id="nobody's"),
        pytest.param({"state": "OH"}, [1, 4], id="a state"),
        pytest.param({"is_ours": True}, [1, 2, 4], id="where the clinic must act"),
        pytest.param({"is_missing": True}, [3], id="documents missing"),
        pytest.param({"is_changed": True}, [4], id="the rule changed"),
        pytest.param({"due": "overdue"}, [1], id="overdue"),
        pytest.param({"due": "soon"}, [2], id="within a week"),
        pytest.param({"due": "month"}, [2, 3], id="within thirty days"),
        pytest.param({"due": "later"}, [3], id="later"),
        pytest.param({"due": "no_day"}, [4], id="without a day"),
        pytest.param({"is_closed": True}, [5], id="closed ones"),
        pytest.param({"stage": "approved"}, [5], id="a closed stage wants closed ones"),
        pytest.param({"state": "OH", "due": "overdue"}, [1], id="two at once"),
    ],
)
def test_filters(
    clinic: Clinic, mixed: Mapping[str, Any], filters: dict[str, Any], expected: list[int]
) -> None:
    if filters.get("clinician") == "theirs":
        filters = {"clinician": mixed["clinician"]}
    assert asked(clinic, **filters) == expected


def test_stages_are_counted_whichever_is_chosen(clinic: Clinic, mixed: object) -> None:
    counts = count(cases_of(clinic, Filters(stage="denied"), on=ON), "denied", on=ON)
    assert counts.by_stage == {Stage.PREPARING: 2, Stage.DENIED: 1, Stage.APPEALED: 1}
    assert counts.total == 1


def test_a_filter_that_is_no_choice_is_told_and_the_list_still_stands(
    client: Client, clinic: Clinic, biller: User
) -> None:
    due(clinic, 1)
    answer = client.get(reverse("clinics:clinic", args=[clinic.pk]), {"payer": "gone"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "This is not in the list any more" in page
    assert numbers(page) == [1]


def test_another_clinics_cases_and_payers_are_not_there(
    client: Client, clinic: Clinic, biller: User
) -> None:
    other = make_clinic("Another Sample Clinic")
    due(other, 1, insurer=known_insurer("their-mutual"))
    page = shown(client, clinic)
    assert numbers(page) == []
    assert "their-mutual" not in page
    assert "Begin with the first one" in page


def test_only_the_names_of_the_page_are_opened_and_each_is_logged(
    client: Client, clinic: Clinic, biller: User
) -> None:
    for number in range(AT_ONCE + 2):
        due(clinic, number, record=record(f"Family{number}"))
    before = AccessEntry.objects.count()
    first, second = shown(client, clinic), shown(client, clinic, page="2")
    assert (len(numbers(first)), len(numbers(second))) == (AT_ONCE, 2)
    assert f"Family{AT_ONCE}" not in first
    assert f"Family{AT_ONCE}" in second
    entries = list(AccessEntry.objects.order_by("pk")[before:])
    assert {one.what for one in entries} == {What.LISTED}
    assert len(entries) == AT_ONCE + 2


@pytest.mark.parametrize("cases", [1, AT_ONCE + 1])
def test_a_page_takes_as_many_queries_however_many_cases(
    client: Client,
    clinic: Clinic,
    biller: User,
    cases: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(cases):
        due(clinic, 1)
    shown(client, clinic)  # writes when the person was last seen
    with django_assert_num_queries(14):
        shown(client, clinic)


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        pytest.param("Núñez", True, id="the family name"),
        pytest.param("nunez", True, id="without accents"),
        pytest.param("José Núñez", True, id="the whole name"),
        pytest.param("NUNEZ, jose", True, id="the other way round"),
        pytest.param("w123", True, id="the member ID without hyphens"),
        pytest.param("5/3/1980", True, id="the birth date"),
        pytest.param("Nuñe", False, id="the beginning of a name"),
        pytest.param("José", False, id="the given name alone"),
        pytest.param("W-12", False, id="the beginning of a member ID"),
        pytest.param("5/3/1981", False, id="another year"),
    ],
)
def test_search_is_exact(
    client: Client, clinic: Clinic, biller: User, text: str, is_found: bool
) -> None:
    nunez = record("Núñez", given_name="José", member_id="W-123", birth_on=dt.date(1980, 5, 3))
    case = due(clinic, 1, record=nunez)
    due(clinic, 2, record=record("Other"))
    answer = client.post(reverse("clinics:search", args=[clinic.pk]), {"text": text})
    page = answer.content.decode()
    assert ("Núñez, José" in page) is is_found
    assert ("Nobody here has exactly" in page) is not is_found
    assert "Other, Ada" not in page
    searched = AccessEntry.objects.filter(what=What.SEARCHED, by=biller)
    assert [one.case_id for one in searched] == ([case.pk] if is_found else [])


def test_a_patient_without_a_case_is_found_and_logged_too(
    client: Client, clinic: Clinic, biller: User
) -> None:
    patient = make_patient(clinic, record("Alone"))
    page = client.post(reverse("clinics:search", args=[clinic.pk]), {"text": "alone"})
    assert "Alone, Ada" in page.content.decode()
    entry = AccessEntry.objects.get(what=What.SEARCHED)
    assert (entry.patient_id, entry.case_id) == (patient.patient.pk, None)


def test_nothing_searched_for_is_told_without_a_log_entry(
    client: Client, clinic: Clinic, biller: User
) -> None:
    answer = client.post(reverse("clinics:search", args=[clinic.pk]), {"text": " "})
    assert answer.status_code == 422
    assert "Type a name, a member ID or a birth date." in answer.content.decode()


def test_a_patient_of_another_clinic_is_not_found(
    client: Client, clinic: Clinic, biller: User
) -> None:
    due(make_clinic("Another Sample Clinic"), 1, record=record("Elsewhere"))
    page = client.post(reverse("clinics:search", args=[clinic.pk]), {"text": "Elsewhere"})
    assert "Nobody here has exactly" in page.content.decode()


def test_nothing_that_identifies_is_in_an_address_or_a_log(
    client: Client, clinic: Clinic, biller: User, caplog: pytest.LogCaptureFixture
) -> None:
    marked = record(
        "Markedfamily", given_name="Markedgiven", member_id="MARKED77", note="Markednote"
    )
    due(clinic, 1, record=marked, payer_name="Markedpayer")
    due(clinic, 2)
    caplog.set_level(logging.DEBUG)
    pages = [shown(client, clinic), shown(client, clinic, payer="other", due="soon")]
    for text in ("Markedfamily", "MARKED77", "x" * 300):
        found = client.post(reverse("clinics:search", args=[clinic.pk]), {"text": text})
        pages.append(found.content.decode())
    view = {"name": "Mine", "payer": "other", "text": "Markedfamily"}
    client.post(reverse("clinics:view_save", args=[clinic.pk]), view)
    pages.append(shown(client, clinic))
    addresses = [
        one for page in pages for one in re.findall(r'(?:href|action|hx-\w+)="(.*?)"', page)
    ]
    assert addresses
    marks = re.compile("marked", re.IGNORECASE)
    assert not [one for one in addresses if marks.search(one)]
    assert not [one.getMessage() for one in caplog.records if marks.search(one.getMessage())]
    assert not marks.search(str(dict(client.session)))
    assert SavedView.objects.get().filters == {"payer": "other"}


def test_htmx_gets_the_list_alone(client: Client, clinic: Clinic, biller: User) -> None:
    due(clinic, 1)
    page = client.get(reverse("clinics:clinic", args=[clinic.pk]), headers=HTMX).content.decode()
    assert page.lstrip().startswith('<div id="work-list">')


def test_a_view_is_saved_with_its_filters_and_is_ones_own(
    client: Client, clinic: Clinic, biller: User
) -> None:
    save = reverse("clinics:view_save", args=[clinic.pk])
    answer = client.post(save, {"name": "Denials", "stage": "denied", "missing": "on"})
    assert answer["Location"].endswith("?stage=denied&missing=on")
    assert "?stage=denied&amp;missing=on" in shown(client, clinic)
    twice = client.post(save, {"name": "Denials", "stage": "appealed"})
    assert twice.status_code == 422
    assert "You have a view of this name" in twice.content.decode()
    client.force_login(make_member(clinic, Role.BILLER, "another"))
    assert "Denials" not in shown(client, clinic)
    gone = reverse("clinics:view_delete", args=[clinic.pk])
    client.post(gone, {"name": "Denials"})
    assert SavedView.objects.exists()
    client.force_login(biller)
    client.post(gone, {"name": "Denials"})
    assert not SavedView.objects.exists()


def test_missing_papers_are_a_number_once_a_payer_is_known(
    client: Client, clinic: Clinic, biller: User
) -> None:
    due(clinic, 1)
    due(clinic, 2, payer_name="Sample Trust")
    cells = re.findall(r'data-label="Missing">\s*(\S+?)[\s<]', shown(client, clinic))
    assert cells == ["\N{EN DASH}", "0"]


def test_an_approval_that_can_be_continued_is_on_the_list_until_its_end(clinic: Clinic) -> None:
    due(clinic, 30, today=ON, stage=Stage.APPROVED, due_step="continue")
    due(clinic, None, today=ON, stage=Stage.APPROVED, closed_at=timezone.now())
    due(clinic, None, today=ON, stage=Stage.WITHDRAWN, closed_at=timezone.now())
    assert asked(clinic) == [1]
    assert asked(clinic, stage="approved") == [1, 2]
    assert asked(clinic, is_closed=True) == [3, 2]


@pytest.mark.parametrize("text", ["2", "#2", "Case 2"])
def test_a_case_is_found_by_its_number(
    client: Client, clinic: Clinic, biller: User, text: str
) -> None:
    due(clinic, 1, record=record("First"))
    due(clinic, 2, record=record("Second"))
    due(make_clinic("Another Sample Clinic"), 1)
    page = client.post(reverse("clinics:search", args=[clinic.pk]), {"text": text})
    assert "Second, Ada" in page.content.decode()
    assert "First, Ada" not in page.content.decode()


def test_each_step_says_who_must_act_and_an_overdue_answer_is_ours(
    client: Client, clinic: Clinic, biller: User
) -> None:
    due(clinic, -1, stage=Stage.SUBMITTED, due_step="answer")
    due(clinic, 0, stage=Stage.DENIED, due_step="job-appeal")
    due(clinic, 1, stage=Stage.APPEALED, due_step="answer")
    due(clinic, 2, stage=Stage.IN_REVIEW, due_step="answer")
    due(clinic, None)
    page = shown(client, clinic)
    steps = re.findall(r'data-label="Next step">(.*?)</td>', page, re.DOTALL)
    assert [" ".join(re.sub(r"<[^>]+>", "", one).split()) for one in steps] == [
        "We: ask for the answer that is overdue",
        "We: first appeal to the health plan",
        "The plan: answer",
        "The reviewer: answer",
        "We: send the request",
    ]
    assert '<strong class="work-today">today</strong>' in page
    assert numbers(shown(client, clinic, ours="on")) == [1, 2, 5]


def test_each_count_leads_to_its_cases_within_the_filters(
    client: Client, clinic: Clinic, biller: User
) -> None:
    due(clinic, -1, stage=Stage.DENIED)
    due(clinic, 3, stage=Stage.DENIED)
    page = shown(client, clinic, stage="denied")
    assert 'href="?stage=denied&amp;due=overdue"' in page
    narrow = shown(client, clinic, stage="denied", due="overdue")
    assert numbers(narrow) == [1]
    assert "<strong>1</strong> due within 7 days" in narrow


def test_a_clinician_is_told_which_letters_wait_for_their_signature(
    client: Client, clinic: Clinic
) -> None:
    mine, theirs = make_clinician(clinic), make_clinician(clinic, "Dr. Other Sample")
    opened = make_letter_case(clinic, mine)
    by = user_of(mine)
    waiting = begun(opened, mine, by=by)
    begun(opened, theirs, by=by)
    begun(opened, mine, voice=Voice.PATIENT, by=by)
    client.force_login(by)
    page = shown(client, clinic)
    assert "<strong>1</strong> letter waits for your signature" in page
    address = reverse("clinics:letter_sign", args=[clinic.pk, opened.case.pk, waiting.pk])
    assert address in page
    client.force_login(make_member(clinic, Role.BILLER, "biller"))
    assert "for your signature" not in shown(client, clinic)
