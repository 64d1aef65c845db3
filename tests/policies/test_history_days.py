"""What we said on a day: by when it was published and read, apart from what was in force."""

import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from policies.catalogue import ReadingKind
from policies.history import changed, fields_of, held_fields, record_event
from policies.models import Insurer, Policy, PolicyEvent, PolicyVersion
from policies.publishing import append_readings, save_draft, save_policy
from policies.roles import Role
from policies.said import end_of, said
from tests.coverage_site.signing_in import make_person
from tests.factories import fact, make_document, make_edition, make_insurer, make_position
from tests.factories import make_reading as reading
from tests.policies.reviewed import publish_by_two

pytestmark = pytest.mark.django_db

MARCH_3 = dt.date(2026, 3, 3)
ADULTS = make_position()
ELDERS = make_position(criteria=fact("age", min=65))


@pytest.fixture
def chief() -> User:
    return make_person("chief", Role.ADMINISTRATOR)


@pytest.fixture
def desk(chief: User, client: Client) -> Client:
    client.force_login(chief)
    return client


@pytest.fixture
def policy(chief: User) -> Policy:
    with transaction.atomic():
        insurer = Insurer.objects.create(slug="acme", name="Acme", kind="commercial")
        record_event(PolicyEvent.Kind.EDITED, insurer, by=chief)
    return save_policy(make_document(insurer=make_insurer()), by=chief)


def publish(policy: Policy, by: User, *positions: object, at: str, **fields: object) -> None:
    """Publish an edition as if it had been done at a moment."""
    draft = save_draft(policy, make_edition(*positions, **fields), by=by)  # type: ignore[arg-type]
    publish_by_two(draft, by=by)
    set_back("policies_policyversion", "published_at", draft.pk, at)
    for one in draft.readings.all():
        set_back("policies_sourcereading", "added_at", one.pk, at)


def set_back(table: str, column: str, key: int, at: str) -> None:
    """Give a row that never changes the moment of another day; only a test may."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [at, key])  # noqa: S608
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def show(desk: Client, policy: Policy, day: object) -> str:
    address = reverse("admin:policies_policy_said", args=[policy.pk])
    return desk.get(address, {"on": str(day)}).content.decode()


def test_what_was_published_later_was_not_said_though_it_was_in_force(
    desk: Client, chief: User, policy: Policy
) -> None:
    publish(policy, chief, ADULTS, at="2026-01-10T12:00:00Z")
    publish(policy, chief, ELDERS, effective="2026-03-01", at="2026-03-10T12:00:00Z")
    then = said(policy, on=MARCH_3, until=end_of(MARCH_3)).edition
    now = said(policy, on=MARCH_3, until=end_of(dt.date(2026, 11, 1))).edition
    assert then
    assert now
    assert (then.positions[0], now.positions[0]) == (ADULTS, ELDERS)
    page = show(desk, policy, MARCH_3)
    assert page.index("18 years or older") > page.index("What we said on March 3, 2026")
    assert "What differs" in page
    assert "<strong>Before:</strong> 18 years or older" not in page
    assert "We say the same" not in page


def test_an_edition_published_ahead_of_its_day_was_said_and_not_yet_in_force(
    policy: Policy, chief: User
) -> None:
    publish(policy, chief, ADULTS, at="2026-01-10T12:00:00Z")
    publish(policy, chief, ELDERS, effective="2026-04-01", at="2026-02-01T12:00:00Z")
    edition = said(policy, on=MARCH_3, until=end_of(MARCH_3)).edition
    assert edition
    assert edition.positions == (ADULTS,)


def test_a_day_ends_where_the_site_is_at_home(policy: Policy, chief: User) -> None:
    publish(policy, chief, ADULTS, at="2026-03-04T04:30:00Z")  # half past eleven in New York
    assert said(policy, on=MARCH_3, until=end_of(MARCH_3)).edition
    publish(policy, chief, ELDERS, effective="2026-02-01", at="2026-03-04T05:30:00Z")
    edition = said(policy, on=MARCH_3, until=end_of(MARCH_3)).edition
    assert edition
    assert edition.positions == (ADULTS,)


def test_where_nothing_differs_the_page_says_so(desk: Client, chief: User, policy: Policy) -> None:
    publish(policy, chief, ADULTS, at="2026-01-10T12:00:00Z")
    assert "We say the same of it today." in show(desk, policy, MARCH_3)


def test_before_the_first_edition_was_published_we_said_nothing(
    desk: Client, chief: User, policy: Policy
) -> None:
    publish(policy, chief, ADULTS, at="2026-05-10T12:00:00Z")
    page = show(desk, policy, MARCH_3)
    assert "We said nothing of that day then" in page
    assert "We had no edition of this document" in page


def test_what_was_read_later_was_not_known_then(policy: Policy, chief: User) -> None:
    publish(policy, chief, ADULTS, at="2026-01-10T12:00:00Z")
    version = PolicyVersion.objects.get()
    later = reading(ReadingKind.LIVE_DOCUMENT, "2026-02", key="again")
    append_readings(version, make_edition(readings=(reading(), later)))
    record_event(PolicyEvent.Kind.READ, version, by=chief)
    then = said(policy, on=MARCH_3, until=end_of(MARCH_3)).edition
    assert then
    assert [one.key for one in then.readings] == ["page"]


def test_a_title_and_a_name_that_changed_later_stand_as_they_were(
    desk: Client, policy: Policy, chief: User
) -> None:
    publish(policy, chief, ADULTS, at="2026-01-10T12:00:00Z")
    policy.title = "Another title"
    policy.insurer.name = "Acme Health"
    for thing in (policy, policy.insurer):
        changes = changed(held_fields(thing), fields_of(thing))
        thing.save()
        record_event(PolicyEvent.Kind.EDITED, thing, by=chief, changes=changes)
    then = said(Policy.objects.get(), on=MARCH_3, until=end_of(MARCH_3)).document
    assert (then.title, then.insurer.name) == ("Ketamine", "Acme")
    page = show(desk, policy, MARCH_3)
    assert "Another title" in page
    assert "What differs" in page


@pytest.mark.parametrize(
    ("day", "status", "expected"),
    [
        ("", 200, "Which day?"),
        ("yesterday", 422, "Enter a date like 3/14/2026."),
        ("2126-03-03", 422, "Enter a day up to today"),
        ("0001-01-01", 200, "We had no edition"),
    ],
)
def test_any_day_is_answered_in_words(
    desk: Client, policy: Policy, day: str, status: int, expected: str
) -> None:
    address = reverse("admin:policies_policy_said", args=[policy.pk])
    answer = desk.get(address, {"on": day})
    assert answer.status_code == status
    assert expected in answer.content.decode()


def test_each_page_about_a_policy_leads_there(desk: Client, chief: User, policy: Policy) -> None:
    publish(policy, chief, ADULTS, at="2026-01-10T12:00:00Z")
    address = reverse("admin:policies_policy_said", args=[policy.pk])
    for model, key in (("policy", policy.pk), ("policyversion", PolicyVersion.objects.get().pk)):
        page = desk.get(reverse(f"admin:policies_{model}_change", args=[key])).content.decode()
        assert f'href="{address}"' in page


def test_the_page_asks_the_database_a_fixed_number_of_times(
    desk: Client, chief: User, policy: Policy, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for year in range(2001, 2021):
        publish(policy, chief, ADULTS, effective=str(year), at=f"{year}-01-10T12:00:00Z")
    show(desk, policy, MARCH_3)
    with django_assert_num_queries(13):
        assert "We say the same" in show(desk, policy, MARCH_3)
