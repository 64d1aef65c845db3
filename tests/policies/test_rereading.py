"""A document read again: what is written beside its edition, once a day and with its address."""

import datetime as dt

import pytest
from django.contrib.auth.models import User

from policies.models import Policy, PolicyEvent, PolicyVersion, SourceReading
from policies.publishing import save_draft
from policies.rereading import NOTHING_CHANGED, RereadError, read_again, version_in_force
from policies.roles import Role
from policies.sureness import Sureness, sureness_of
from tests.coverage_site.signing_in import make_person
from tests.factories import HEARSAY, ON, make_edition, make_position, make_reading
from tests.policies.many import make_many

pytestmark = pytest.mark.django_db

OWN = "https://acme.example.org/policy.pdf"
ACCOUNT = "https://blog.example.org/acme"


@pytest.fixture
def policy() -> Policy:
    return make_many(1)[0]


@pytest.fixture
def anna() -> User:
    return make_person("anna", Role.EDITOR)


def in_force(policy: Policy, on: dt.date = ON) -> PolicyVersion:
    found = version_in_force(Policy.objects.with_record().get(pk=policy.pk), on=on)
    assert found
    return found


def second_hand(policy: Policy, url: str) -> None:
    """Make the policy's edition in force one that was told by somebody else."""
    reading = make_reading(HEARSAY, url=ACCOUNT)
    edition = make_edition(make_position(), effective="2026-02-01", readings=(reading,))
    draft = save_draft(policy, edition, by=None)
    PolicyVersion.objects.filter(pk=draft.pk).update(published_at="2026-02-02T00:00Z")
    Policy.objects.filter(pk=policy.pk).update(url=url)
    policy.refresh_from_db()


def test_a_reading_is_appended_to_the_edition_in_force_and_makes_it_current(
    policy: Policy, anna: User
) -> None:
    version = in_force(policy)
    before = [one.key for one in version.readings.all()]
    assert sureness_of(version.edition(), on=ON) is Sureness.DATED
    done = read_again(policy, on=ON, by=anna)
    reading = SourceReading.objects.get(pk=done.reading.pk)
    assert done.is_new
    assert (reading.version, reading.kind, reading.read_on) == (version, "live_document", f"{ON}")
    assert (reading.read_by, reading.description) == ("anna", NOTHING_CHANGED)
    assert reading.url == "https://example.org/policy.pdf"
    assert sureness_of(in_force(policy).edition(), on=ON) is Sureness.CURRENT
    assert [one.key for one in in_force(policy).readings.all()] == [*before, "2026-11-25"]
    event = PolicyEvent.objects.about(version)[0]
    assert (event.kind, event.by) == (PolicyEvent.Kind.READ, anna)
    assert event.what.endswith("read again on November 25, 2026; nothing changed")


def test_twice_on_one_day_is_written_once_and_the_next_day_again(
    policy: Policy, anna: User
) -> None:
    ben = make_person("ben", Role.EDITOR)
    read_again(policy, on=ON, by=anna)
    events = PolicyEvent.objects.count()
    again = read_again(policy, on=ON, by=ben)
    assert (again.is_new, again.reading.read_by) == (False, "anna")
    assert PolicyEvent.objects.count() == events
    assert read_again(policy, on=ON + dt.timedelta(1), by=ben).is_new
    assert in_force(policy).readings.count() == 3


def test_the_full_name_of_an_editor_stands_where_there_is_one(policy: Policy, anna: User) -> None:
    anna.first_name, anna.last_name = "Anna", "Lee"
    assert read_again(policy, on=ON, by=anna).reading.read_by == "Anna Lee"


@pytest.mark.parametrize(
    "url", [pytest.param("", id="no address"), pytest.param(ACCOUNT, id="that of the account")]
)
def test_what_is_known_second_hand_is_not_read_again_without_an_address_of_its_own(
    policy: Policy, anna: User, url: str
) -> None:
    second_hand(policy, url)
    with pytest.raises(RereadError, match="only of somebody else's account"):
        read_again(policy, on=ON, by=anna)
    assert in_force(policy).readings.count() == 1


def test_what_is_known_second_hand_is_read_again_at_its_own_address(
    policy: Policy, anna: User
) -> None:
    second_hand(policy, OWN)
    assert read_again(policy, on=ON, by=anna).reading.url == OWN


def test_before_the_first_edition_there_is_nothing_to_read_again(
    policy: Policy, anna: User
) -> None:
    with pytest.raises(RereadError, match="No edition of this document"):
        read_again(policy, on=dt.date(2025, 12, 31), by=anna)
