"""The history: no write without an event, nothing in it ever changes, and each page shows it."""

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from policies.history import record_event
from policies.models import Administration, Insurer, Policy, PolicyEvent, PolicyVersion
from policies.models.events import reference
from policies.publishing import begin_draft, save_draft, save_policy
from policies.roles import Role, put_in_role
from tests.coverage_site.signing_in import make_person
from tests.factories import make_document, make_edition, make_insurer, make_position
from tests.policies.reviewed import publish_by_two

pytestmark = pytest.mark.django_db

INSURER = "INSERT INTO policies_insurer (slug, name, kind, states, also_known_as, pays_for, note, edited_at_desk) VALUES ('acme', 'Acme', 'commercial', '{}', '{}', '', '', false)"  # noqa: E501


@pytest.fixture
def chief() -> User:
    return make_person("chief", Role.ADMINISTRATOR)


@pytest.fixture
def desk(chief: User, client: Client) -> Client:
    client.force_login(chief)
    return client


def make_version(chief: User, slug: str = "ketamine") -> PolicyVersion:
    """A published edition of a policy of Acme."""
    with transaction.atomic():
        insurer, is_new = Insurer.objects.get_or_create(
            slug="acme", defaults={"name": "Acme", "kind": "commercial"}
        )
        if is_new:
            record_event(PolicyEvent.Kind.EDITED, insurer, by=chief)
    document = make_document(insurer=make_insurer(), slug=slug)
    policy = save_policy(document, by=chief)
    draft = save_draft(policy, make_edition(make_position()), by=chief)
    return publish_by_two(draft, by=chief)


def newest() -> PolicyEvent:
    event = PolicyEvent.objects.first()
    assert event
    return event


@pytest.fixture
def committed(transactional_db: None) -> User:
    """A person of the desk, where each write is committed and not taken back with the test."""
    return make_person("chief", Role.ADMINISTRATOR)


WRITES = {
    "a new insurer": INSURER,
    "an insurer": "UPDATE policies_insurer SET note = 'changed in silence'",
    "a policy": "UPDATE policies_policy SET title = 'changed in silence'",
    "a policy that goes": "DELETE FROM policies_policy WHERE slug = 'alone'",
    "a draft": "UPDATE policies_policyversion SET notes = '[]' WHERE published_at IS NULL",
    "a reading": "INSERT INTO policies_sourcereading (version_id, key, kind, read_on, read_by, description, url) SELECT id, 'silent', 'live_document', '2026', 'x', 'x', '' FROM policies_policyversion",  # noqa: E501
    "a case": "INSERT INTO policies_workedcase (version_id, name, added_at) SELECT id, 'silent', now() FROM policies_policyversion",  # noqa: E501
    "a link": "UPDATE policies_administration SET quote = 'changed in silence'",
    "a role": "INSERT INTO auth_user_groups (user_id, group_id) SELECT u.id, g.id FROM auth_user u, auth_group g WHERE g.name = 'reader'",  # noqa: E501
    "a role that goes": "DELETE FROM auth_user_groups",
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_the_database_refuses_a_write_without_an_event(committed: User, write: str) -> None:
    version = make_version(committed)
    begin_draft(version, by=committed)
    alone = make_document(insurer=make_insurer(), slug="alone")
    save_policy(alone, by=committed)
    if "policies_administration" in write:
        make_link(committed)
    if write is INSURER:
        write = write.replace("'acme', 'Acme'", "'other', 'Other'")
    with pytest.raises(IntegrityError, match="leaves an event that names it"):
        write_beside_an_event_about_nothing(write)


@transaction.atomic
def write_beside_an_event_about_nothing(write: str) -> None:
    record_event(PolicyEvent.Kind.EDITED, None, by=None, what="something else")
    with connection.cursor() as cursor:
        cursor.execute(write)


def make_link(by: User) -> Administration:
    insurer = Insurer.objects.get(slug="acme")
    with transaction.atomic():
        link = Administration.objects.create(
            insurer=insurer,
            administrator=insurer,
            benefit="pharmacy",
            source_url="https://example.org/",
            quote="decides",
            read_on="2026",
        )
        record_event(PolicyEvent.Kind.EDITED, link, by=by)
    return link


def test_an_event_of_an_earlier_transaction_does_not_stand_for_a_later_write(
    committed: User,
) -> None:
    version = make_version(committed)
    with pytest.raises(IntegrityError):
        Policy.objects.filter(pk=version.policy.pk).update(title="changed in silence")
    with transaction.atomic():
        Policy.objects.filter(pk=version.policy.pk).update(title="Said aloud")
        record_event(PolicyEvent.Kind.EDITED, version.policy, by=committed)
    assert Policy.objects.get(pk=version.policy.pk).title == "Said aloud"


def test_an_event_that_was_taken_back_does_not_stand_for_a_write(committed: User) -> None:
    policy = make_version(committed).policy
    with pytest.raises(IntegrityError):
        take_back_the_event_alone(policy)


@transaction.atomic
def take_back_the_event_alone(policy: Policy) -> None:
    point = transaction.savepoint()
    record_event(PolicyEvent.Kind.EDITED, policy, by=None)
    transaction.savepoint_rollback(point)
    Policy.objects.filter(pk=policy.pk).update(title="changed in silence")


@pytest.mark.parametrize(
    "change", ["UPDATE policies_policyevent SET what = 'x'", "DELETE FROM policies_policyevent"]
)
def test_an_event_never_changes(chief: User, change: str) -> None:
    make_version(chief)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_an_event_holds_what_changed_from_what_to_what(desk: Client, chief: User) -> None:
    insurer = make_version(chief).policy.insurer
    fields = {"name": "Acme Health", "kind": "commercial", "states": ["MA"]}
    desk.post(reverse("admin:policies_insurer_change", args=[insurer.pk]), fields)
    event = newest()
    assert (event.by, event.about) == (chief, [reference(insurer)])
    assert event.changes == {"name": ["Acme", "Acme Health"], "states": [[], ["MA"]]}


def test_a_role_has_an_event_of_its_own_kind_with_the_role_before(chief: User) -> None:
    person = make_person("anna", Role.EDITOR)
    put_in_role(person, Role.PUBLISHER, by=chief)
    event = newest()
    assert (event.kind, event.about) == ("role", [f"user:{person.pk}"])
    assert event.changes == {"role": ["editor", "publisher"]}


def test_an_edited_draft_keeps_the_lines_that_went_and_came(chief: User) -> None:
    draft = begin_draft(make_version(chief), by=chief)
    edition = make_edition(make_position(note="Another note."), revision=2, change_note="x")
    save_draft(draft.policy, edition, by=chief, version=draft)
    event = newest()
    assert event.about == [reference(draft), reference(draft.policy)]
    assert "+    note: Another note." in event.diff.splitlines()
    assert "-change_note: Say here what changes." in event.diff.splitlines()


def test_a_deleted_draft_is_still_to_be_read_in_the_history_of_its_policy(
    desk: Client, chief: User
) -> None:
    draft = begin_draft(make_version(chief), by=chief)
    desk.post(reverse("admin:policies_policyversion_delete", args=[draft.pk]), {"post": "yes"})
    page = desk.get(reverse("admin:policies_policy_history", args=[draft.policy.pk]))
    text = page.content.decode()
    assert "Deleted at the desk" in text
    assert "desk-diff__removed" in text
    assert "18 years or older" in text


def test_several_drafts_deleted_at_once_leave_an_event_each(
    committed: User, client: Client
) -> None:
    client.force_login(committed)
    version = make_version(committed)
    drafts = [begin_draft(version, by=committed) for _ in range(2)]
    chosen = {
        "action": "delete_selected",
        "_selected_action": [one.pk for one in drafts],
        "post": "yes",
    }
    client.post(reverse("admin:policies_policyversion_changelist"), chosen)
    assert not PolicyVersion.objects.drafts().exists()
    assert PolicyEvent.objects.filter(kind="deleted").count() == 2


def test_each_page_of_the_desk_shows_its_own_history_the_newest_first(
    desk: Client, chief: User
) -> None:
    version = make_version(chief)
    link = make_link(chief)
    for model, thing in (
        ("policies_policy", version.policy),
        ("policies_policyversion", version),
        ("policies_insurer", version.policy.insurer),
        ("policies_administration", link),
        ("auth_user", chief),
    ):
        record_event(PolicyEvent.Kind.EDITED, thing, by=chief, what="an older write")
        record_event(PolicyEvent.Kind.EDITED, thing, by=chief, what="a newer write")
        for page in ("change", "history"):
            text = desk.get(reverse(f"admin:{model}_{page}", args=[thing.pk])).content.decode()
            assert 0 < text.index("a newer write") < text.index("an older write"), (model, page)


def test_a_published_edition_leads_to_what_changed_in_its_words(desk: Client, chief: User) -> None:
    draft = begin_draft(make_version(chief), by=chief)
    edition = make_edition(make_position(note="Said anew."), revision=2, change_note="A note.")
    save_draft(draft.policy, edition, by=chief, version=draft)
    publish_by_two(draft, by=chief)
    address = "/policies/acme/ketamine/changes/2026-01-01/2026-01-01-r2/"
    for model, key in (("policy", draft.policy.pk), ("policyversion", draft.pk)):
        page = desk.get(reverse(f"admin:policies_{model}_history", args=[key])).content.decode()
        assert address in page
    assert "Said anew." in desk.get(address).content.decode()


def test_the_page_with_all_of_it_is_narrowed_by_kind_person_and_day(
    desk: Client, chief: User
) -> None:
    make_version(chief)
    anna = make_person("anna", Role.EDITOR)
    PolicyEvent.objects.create(
        kind="edited", what="of last spring", by=anna, at="2026-03-03T12:00:00Z"
    )
    address = reverse("admin:policies_policyevent_changelist")
    for query, found in (
        ({"kind__exact": "published"}, "Acme, Ketamine (2026-01-01)"),
        ({"by__id__exact": anna.pk}, "of last spring"),
        ({"at__year": 2026, "at__month": 3, "at__day": 3}, "of last spring"),
        ({"q": "last spring"}, "of last spring"),
    ):
        page = desk.get(address, query)
        assert page.context["cl"].result_count == 1, query
        assert found in page.content.decode()


def test_history_pages_ask_the_database_a_fixed_number_of_times_with_500_policies(
    desk: Client, chief: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    policy = make_version(chief).policy
    insurer = policy.insurer
    others = Policy.objects.bulk_create(
        Policy(insurer=insurer, slug=f"other-{number}", title="Other", kind="medical_policy")
        for number in range(499)
    )
    for one in [*others, *[policy] * 60]:
        record_event(PolicyEvent.Kind.EDITED, one, by=chief)
    for address, queries in (
        (reverse("admin:policies_policyevent_changelist"), 9),
        (reverse("admin:policies_policy_history", args=[policy.pk]), 10),
        (reverse("admin:policies_policy_history", args=[policy.pk]) + "?page=2", 10),
        (reverse("admin:policies_policy_change", args=[policy.pk]), 12),
    ):
        desk.get(address)
        with django_assert_num_queries(queries):
            assert desk.get(address).status_code == 200
