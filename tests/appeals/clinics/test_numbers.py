"""The pages of numbers: all of it inside, and outside nothing that is under eleven."""

import csv
import datetime as dt
import io
from collections.abc import Iterator
from itertools import count

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from appeals.clinics.hiding import FEWEST
from appeals.models import Case, CaseEvent, Clinic, Patient, Role
from appeals.public_outcomes import public_outcomes, read_outcomes
from policies.faults import InputError
from policies.guide.facts import fact
from tests.appeals.clinics.building import make_clinic, make_member, make_patient
from tests.appeals.clinics.ruling import known_insurer

pytestmark = pytest.mark.django_db
LAST_YEAR = timezone.localdate().year - 1
numbers: Iterator[int] = count(1)


@pytest.fixture
def clinic() -> Clinic:
    return make_clinic()


@pytest.fixture
def biller(clinic: Clinic, client: Client) -> User:
    person = make_member(clinic, Role.BILLER, "biller")
    client.force_login(person)
    return person


@pytest.fixture
def patient(clinic: Clinic) -> Patient:
    return make_patient(clinic).patient


def decided(patient: Patient, kind: str, times: int, **case: object) -> None:
    """So many cases of last year, asked on May 1 and answered ten days later."""
    cases = [
        Case(clinic=patient.clinic, patient=patient, number=next(numbers), sealed=b"", **case)
        for _ in range(times)
    ]
    Case.objects.bulk_create(cases)
    for what, day in (("submitted", 1), (kind, 11)):
        CaseEvent.objects.bulk_create(
            CaseEvent(case=one, kind=what, on=dt.date(LAST_YEAR, 5, day), reasons=[])
            for one in cases
        )


def page(client: Client, clinic: Clinic, name: str = "numbers", **asked: object) -> str:
    address = reverse(f"clinics:{name}", args=[clinic.pk])
    answer = client.get(address, {one: str(value) for one, value in asked.items()})
    content = b"".join(answer) if answer.streaming else answer.content
    return content.decode()


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_inside_every_count_is_shown_with_its_time(
    client: Client, clinic: Clinic, biller: User, patient: Patient
) -> None:
    acme = known_insurer("acme-health")
    decided(patient, "approved", 2, insurer=acme)
    decided(patient, "denied", 1, insurer=acme)
    text = page(client, clinic, period="last_year")
    assert "3 decisions." in text
    assert "Acme-Health" in text
    inside = rows(page(client, clinic, "numbers_file", period="last_year"))
    of_payer = next(one for one in inside if one["row"] == "Acme-Health")
    assert of_payer == {
        "table": "First requests, by payer",
        "row": "Acme-Health",
        "decisions": "3",
        "granted": "2",
        "in_part": "0",
        "refused": "1",
        "median_days": "10",
    }


def test_only_what_was_decided_in_the_period_counts(
    client: Client, clinic: Clinic, biller: User, patient: Patient
) -> None:
    decided(patient, "approved", 2)
    assert "2 decisions." in page(client, clinic, period="last_year")
    assert "2 decisions." in page(client, clinic, period="all")
    assert "Nothing was decided in this time" in page(client, clinic, period="this_year")


def test_another_clinics_decisions_do_not_count(
    client: Client, clinic: Clinic, biller: User
) -> None:
    decided(make_patient(make_clinic("Another Sample Clinic")).patient, "approved", 30)
    assert "Nothing was decided" in page(client, clinic, period="all")
    assert "No year with decisions is over yet" in page(client, clinic, "numbers_share")


def test_what_is_shared_hides_small_counts_and_what_gives_them_away(
    client: Client, clinic: Clinic, biller: User, patient: Patient
) -> None:
    for slug, granted, refused in (("large", 30, 31), ("middle", 20, 21), ("small", 12, 7)):
        insurer = known_insurer(slug)
        decided(patient, "approved", granted, insurer=insurer)
        decided(patient, "denied", refused, insurer=insurer)
    decided(patient, "approved", 2, payer_name="Jane's Own Fund")
    shared = page(client, clinic, "numbers_share")
    file = page(client, clinic, "numbers_shared_file")
    for text in (shared, file):
        assert "Large" in text
        for hidden in ("Middle", "Small", "Jane"):
            assert hidden not in text
    told = rows(file)
    assert [
        (one["row"], one["granted_or_in_part"], one["refused"])
        for one in told
        if one["table"] == "First requests, by payer"
    ] == [("Large", "30", "31"), ("All others together", "34", "28"), ("All", "64", "59")]
    counts = [int(one[name]) for one in told for name in ("granted_or_in_part", "refused")]
    assert min(counts) >= FEWEST


def test_a_year_that_is_not_over_is_not_shared(
    client: Client, clinic: Clinic, biller: User, patient: Patient
) -> None:
    decided(patient, "approved", 12)
    decided(patient, "denied", 12)
    for name in ("numbers_share", "numbers_shared_file"):
        address = reverse(f"clinics:{name}", args=[clinic.pk])
        answer = client.get(address, {"year": LAST_YEAR + 1})
        assert answer.status_code == 422
        assert "12" not in answer.content.decode().partition("<main")[2].replace("clinic", "")


def test_the_front_desk_sees_the_page_and_takes_nothing_out(
    client: Client, clinic: Clinic, patient: Patient
) -> None:
    client.force_login(make_member(clinic, Role.FRONT_DESK))
    decided(patient, "approved", 2)
    assert "Figures to share" not in page(client, clinic, period="all")
    for name in ("numbers_file", "numbers_share", "numbers_shared_file"):
        assert client.get(reverse(f"clinics:{name}", args=[clinic.pk])).status_code == 403


def test_a_typed_payer_is_no_formula_in_the_file(
    client: Client, clinic: Clinic, biller: User, patient: Patient
) -> None:
    decided(patient, "approved", 1, payer_name="=HYPERLINK(1)")
    inside = rows(page(client, clinic, "numbers_file", period="all"))
    assert "'=HYPERLINK(1)" in {one["row"] for one in inside}


def test_the_page_takes_as_many_queries_however_many_cases(
    client: Client,
    clinic: Clinic,
    biller: User,
    patient: Patient,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    page(client, clinic)  # writes when the person was last seen
    decided(patient, "approved", 40, insurer=known_insurer("acme-health"))
    with django_assert_num_queries(7):
        page(client, clinic, period="all")


def test_public_figures_stand_with_number_years_source_and_grade(
    client: Client, clinic: Clinic, biller: User
) -> None:
    text = " ".join(page(client, clinic).split())
    for told in (
        "280 of 589 (47.5 of 100)",
        "2001 to 2016",
        "counted from a public copy",
        "0 of 1",
    ):
        assert told in text
    assert "say nothing of how one case will end" in text
    assert "chance" not in text.lower()


def test_the_guide_tells_the_same_figures() -> None:
    by_id = {one.id: one for one in public_outcomes()}
    guide = fact("outcomes_california").text.en
    for name in ("california_all", "california_depression"):
        assert f"{by_id[name].overturned:,} of {by_id[name].of:,}" in guide
    share = by_id["marketplace_2023"].share
    assert f"{share:g} of 100" in fact("outcomes_marketplace").text.en


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        pytest.param({"of": None}, "give overturned and of", id="no number"),
        pytest.param({"percent": 44}, "give overturned and of", id="both"),
        pytest.param({"source": ""}, "source", id="no source"),
        pytest.param({"years": None}, "years", id="no years"),
        pytest.param({"grade": "sure"}, "grade", id="no such grade"),
    ],
)
def test_a_figure_without_its_number_years_source_or_grade_is_refused(
    changed: dict[str, object], told: str
) -> None:
    record = {
        "id": "one",
        "what": "All",
        "program": "A state",
        "years": "2001",
        "overturned": 1,
        "of": 2,
        "source": "A copy",
        "grade": "counted",
        "read_on": "2026-11",
    }
    with pytest.raises(InputError, match=told):
        read_outcomes([record | changed])
