"""A clinic's details, clinicians and members, on the page where an admin keeps them."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from appeals.clinics.people import LastAdminError, change_role, end_membership
from appeals.models import Clinic, ClinicEvent, Clinician, Role
from tests.appeals.clinics.building import make_clinic, make_member

pytestmark = pytest.mark.django_db
NPI = "1234567893"


@pytest.fixture
def clinic() -> Clinic:
    return make_clinic()


@pytest.fixture
def admin(clinic: Clinic, client: Client) -> User:
    person = make_member(clinic, Role.ADMIN, "admin")
    client.force_login(person)
    return person


def at(name: str, clinic: Clinic, *more: object) -> str:
    return reverse(f"clinics:{name}", args=[clinic.pk, *more])


def details(clinic: Clinic, **changed: object) -> dict[str, object]:
    """The form of the details as it is sent."""
    held = {"name": clinic.name, "address": clinic.address, "based_on": clinic.counter}
    return held | changed


def events(clinic: Clinic) -> list[tuple[str, str, str]]:
    """What was done, about what and by whom, the oldest first."""
    rows = ClinicEvent.objects.filter(clinic_id=clinic.pk).order_by("pk")
    return [(one.what, one.about, str(one.by)) for one in rows]


def test_numbers_are_taken_however_they_are_typed(
    client: Client, clinic: Clinic, admin: User
) -> None:
    sent = details(clinic, npi="123456-7893", tax_id="12 3456789", letterhead="Since 1999")
    assert client.post(at("settings", clinic), sent).status_code == 302
    clinic.refresh_from_db()
    assert (clinic.npi, clinic.tax_id, clinic.letterhead) == (NPI, "12-3456789", "Since 1999")
    assert events(clinic) == [("details", "NPI, tax ID, letterhead", "admin")]


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        pytest.param("npi", "1234567890", "the last one does not fit", id="a wrong check digit"),
        pytest.param("npi", "12345", "Enter the ten digits", id="too short an NPI"),
        pytest.param("tax_id", "12345", "Enter the nine digits", id="too short a tax ID"),
        pytest.param("name", "", "Enter the clinic", id="no name"),
    ],
)
@pytest.mark.usefixtures("admin")
def test_what_is_wrong_is_told_and_nothing_is_lost(
    client: Client, clinic: Clinic, field: str, typed: str, told: str
) -> None:
    sent = details(clinic, fax="555-0100") | {field: typed}
    answer = client.post(at("settings", clinic), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert 'value="555-0100"' in page
    assert not events(clinic)


def test_who_writes_second_sees_what_the_first_wrote_and_may_save_then(
    client: Client, clinic: Clinic, admin: User
) -> None:
    first, second = details(clinic, phone="555-0101"), details(clinic, phone="555-0102")
    client.post(at("settings", clinic), first)
    answer = client.post(at("settings", clinic), second)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Now saved: 555-0101" in page
    assert 'value="555-0102"' in page
    client.post(
        at("settings", clinic), second | {"based_on": answer.context["details"].data["based_on"]}
    )
    clinic.refresh_from_db()
    assert clinic.phone == "555-0102"


def test_a_clinician_is_added_changed_ended_and_taken_back(
    client: Client, clinic: Clinic, admin: User
) -> None:
    form = {"name": "Ann Sample", "credentials": "MD", "npi": NPI, "based_on": 0}
    assert client.post(at("clinician_add", clinic), form).status_code == 302
    made = clinic.clinicians.get()
    form |= {"specialty": "Psychiatry", "user": admin.pk}
    assert client.post(at("clinician", clinic, made.pk), form).status_code == 302
    client.post(at("clinician_end", clinic, made.pk))
    made.refresh_from_db()
    assert (made.specialty, made.user, made.is_active) == ("Psychiatry", admin, False)
    client.post(at("clinician_end", clinic, made.pk), {"to": "back"})
    assert events(clinic) == [
        ("clinician_added", "Ann Sample, MD", "admin"),
        ("clinician_changed", "Ann Sample, MD: specialty, who they sign in as", "admin"),
        ("clinician_ended", "Ann Sample, MD", "admin"),
        ("clinician_back", "Ann Sample, MD", "admin"),
    ]


def test_two_who_write_about_one_clinician_lose_nothing(
    client: Client, clinic: Clinic, admin: User
) -> None:
    made = Clinician.objects.create(clinic=clinic, name="Ann Sample")
    form = {"name": "Ann Sample", "based_on": 0}
    client.post(at("clinician", clinic, made.pk), form | {"specialty": "Pain"})
    answer = client.post(at("clinician", clinic, made.pk), form | {"specialty": "Psychiatry"})
    assert "Now saved: Pain" in answer.content.decode()
    again = form | {"specialty": "Psychiatry", "based_on": 1}
    assert client.post(at("clinician", clinic, made.pk), again).status_code == 302


def test_a_clinician_signs_in_as_a_member_of_the_clinic_and_as_one_alone(
    client: Client, clinic: Clinic, admin: User
) -> None:
    outside = make_member(make_clinic("Another Sample Clinic"), Role.CLINICIAN)
    for person, told in ((outside, "Select a valid choice"), (admin, "a clinician here already")):
        Clinician.objects.update_or_create(clinic=clinic, name="Ann Sample", user=admin)
        form = {"name": "Bob Sample", "user": person.pk, "based_on": 0}
        answer = client.post(at("clinician_add", clinic), form)
        assert answer.status_code == 422
        assert told in answer.content.decode()
        assert 'value="Bob Sample"' in answer.content.decode()


def test_an_admin_changes_a_role_and_ends_a_membership(
    client: Client, clinic: Clinic, admin: User
) -> None:
    person = make_member(clinic, Role.BILLER, "ben")
    member = clinic.memberships.get(user=person)
    client.post(at("member", clinic, member.pk), {"role": "clinician"})
    client.post(at("member_end", clinic, member.pk))
    member.refresh_from_db()
    assert (member.role, member.is_active) == (Role.CLINICIAN, False)
    assert events(clinic) == [
        ("role", "ben: Biller to Clinician", "admin"),
        ("ended", "ben", "admin"),
    ]


@pytest.mark.parametrize(
    ("address", "sent"), [("member", {"role": "biller"}), ("member_end", {})], ids=["lower", "end"]
)
def test_the_last_admin_stays(
    client: Client, clinic: Clinic, admin: User, address: str, sent: dict[str, str]
) -> None:
    member = clinic.memberships.get(user=admin)
    answer = client.post(at(address, clinic, member.pk), sent)
    assert answer.status_code == 422
    assert "the clinic&#x27;s last admin" in answer.content.decode()
    member.refresh_from_db()
    assert (member.role, member.is_active) == (Role.ADMIN, True)


def test_an_admin_whose_account_is_closed_does_not_count_as_one_left(
    clinic: Clinic, admin: User
) -> None:
    other = make_member(clinic, Role.ADMIN, "other")
    other.is_active = False
    other.save()
    with pytest.raises(LastAdminError):
        end_membership(clinic.memberships.get(user=admin), by=admin)


def test_an_admin_of_another_clinic_is_none_here(clinic: Clinic, admin: User) -> None:
    make_member(make_clinic("Another Sample Clinic"), Role.ADMIN)
    with pytest.raises(LastAdminError):
        change_role(clinic.memberships.get(user=admin), Role.CLINICIAN, by=admin)


@pytest.mark.parametrize(
    ("address", "sent", "onward"),
    [
        pytest.param("member", {"role": "biller"}, "clinic", id="lowered"),
        pytest.param("member_end", {}, "list", id="ended"),
    ],
)
def test_who_gives_their_own_role_away_is_led_to_what_is_still_open(
    client: Client, clinic: Clinic, address: str, sent: dict[str, str], onward: str
) -> None:
    person = make_member(clinic, Role.ADMIN)
    make_member(clinic, Role.ADMIN)
    client.force_login(person)
    member = clinic.memberships.get(user=person)
    led = client.post(at(address, clinic, member.pk), sent).headers["Location"]
    assert led == (reverse("clinics:list") if onward == "list" else at(onward, clinic))


def test_the_page_asks_the_database_as_often_for_many_people_as_for_few(
    client: Client, clinic: Clinic, admin: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        person = make_member(clinic, Role.BILLER, f"person-{number}")
        Clinician.objects.create(clinic=clinic, name=f"Sample {number}", user=person)
    client.get(at("settings", clinic))  # writes when the person was last seen
    with django_assert_num_queries(9):
        client.get(at("settings", clinic))


def test_each_entry_of_the_menu_is_there_for_whoever_may_open_it(
    client: Client, clinic: Clinic, admin: User
) -> None:
    work = at("clinic", clinic)
    page = client.get(work).content.decode()
    assert at("settings", clinic) in page
    assert at("log", clinic) in page
    client.force_login(make_member(clinic, Role.BILLER))
    page = client.get(work).content.decode()
    assert at("settings", clinic) not in page
    assert at("log", clinic) not in page


def test_who_works_at_several_clinics_changes_between_them(client: Client, clinic: Clinic) -> None:
    other = make_clinic("Another Sample Clinic")
    person = make_member(clinic)
    client.force_login(person)
    assert "Other clinics" not in client.get(at("clinic", clinic)).content.decode()
    other.memberships.create(user=person, role=Role.BILLER)
    assert at("clinic", other) in client.get(at("clinic", clinic)).content.decode()
