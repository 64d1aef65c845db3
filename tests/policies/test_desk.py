"""The editors' desk: drafts are read with their faults, published editions can't be changed."""

import pytest
from django.contrib.auth.models import Permission, User
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from policies.admin.reviewing.views import seen_of
from policies.admin.versions import text_of
from policies.models import Insurer, Policy, PolicyEvent, PolicyVersion
from policies.published import published_catalogue
from policies.publishing import begin_draft, publish_version
from policies.reviewing import submit_draft
from tests.policies.reviewed import second_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_policies")]

CHANGE = "admin:policies_policyversion_change"
REVIEW = "admin:policies_policyversion_review"
ADD = "admin:policies_policyversion_add"


@pytest.fixture
def chief() -> User:
    return User.objects.create_superuser("chief", password="a long sentence of words")  # noqa: S106


@pytest.fixture
def desk(chief: User, client: Client) -> Client:
    client.force_login(chief)
    return client


def version_of(slug: str) -> PolicyVersion:
    return PolicyVersion.objects.get(policy__slug=slug)


def test_a_published_edition_is_shown_and_can_not_be_changed(desk: Client) -> None:
    version = version_of("087")
    address = reverse(CHANGE, args=[version.pk])
    page = desk.get(address).content.decode()
    assert "Not enough response to 4 antidepressants" in page
    assert 'name="_save"' not in page
    assert desk.post(address, {"text": "notes: []"}).status_code == 403
    delete = reverse("admin:policies_policyversion_delete", args=[version.pk])
    assert desk.post(delete, {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("column", ["positions", "effective", "published_at", "change_note"])
def test_the_database_itself_refuses_a_change_to_what_was_published(column: str) -> None:
    version = version_of("087")
    value: object = {"positions": [], "published_at": None}.get(column, "x")
    with pytest.raises(DatabaseError), transaction.atomic():
        PolicyVersion.objects.filter(pk=version.pk).update(**{column: value})
    with pytest.raises(DatabaseError), transaction.atomic():
        PolicyVersion.objects.filter(pk=version.pk).delete()


def test_the_database_refuses_to_change_or_remove_what_stands_beside_a_published_edition() -> None:
    version = version_of("087")
    for rows in (version.readings.all(), version.cases.all(), PolicyEvent.objects.all()):
        assert rows.exists()
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        version.readings.update(description="another account")


def test_a_new_revision_is_drafted_edited_published_and_then_stands(
    desk: Client, chief: User
) -> None:
    version = version_of("mp-446")
    listing = reverse("admin:policies_policyversion_changelist")
    desk.post(listing, {"action": "begin_next_revision", "_selected_action": [version.pk]})
    draft = PolicyVersion.objects.drafts().get()
    assert (draft.revision, draft.created_by) == (2, chief)
    text = text_of(draft.edition()).replace("Say here what changes.", "A title was mended.")
    address = reverse(CHANGE, args=[draft.pk])
    assert desk.post(address, {"text": text}).status_code == 302
    sent = submit_draft(draft, by=second_person())
    press = {"do": "publish", "seen": seen_of(sent)}
    assert desk.post(reverse(REVIEW, args=[draft.pk]), press).status_code == 302
    draft.refresh_from_db()
    assert draft.published_at is not None
    assert draft.published_by == chief
    document = next(one for one in published_catalogue().documents if one.slug == "mp-446")
    assert [one.revision for one in document.editions] == [2, 1]
    assert document.edition_in_force(document.editions[0].known_from) == document.editions[0]


@pytest.mark.parametrize(
    ("wrong", "right", "expected"),
    [
        pytest.param(
            "fact: age", "fact: wieght", "there is no fact called &#x27;wieght&#x27;", id="fact"
        ),
        pytest.param("min: 18", "min: 180", "out of range", id="range"),
        pytest.param(
            "coverage: covered_with_criteria", "coverage: yes", "is not one of", id="coverage"
        ),
        pytest.param("positions:", "positions: [", "this is not YAML", id="yaml"),
    ],
)
def test_a_draft_with_a_fault_comes_back_as_typed_with_the_line(
    desk: Client, chief: User, wrong: str, right: str, expected: str
) -> None:
    draft = begin_draft(version_of("087"), by=chief)
    held = text_of(draft.edition())
    text = held.replace(wrong, right, 1)
    page = desk.post(reverse(CHANGE, args=[draft.pk]), {"text": text}).content.decode()
    assert expected in page
    assert "Line " in page or "line " in page
    assert right in page
    assert text_of(PolicyVersion.objects.get(pk=draft.pk).edition()) == held


def test_an_edition_of_a_date_and_revision_that_exists_is_refused_in_words(desk: Client) -> None:
    version = version_of("i-212")
    page = desk.post(
        reverse(ADD), {"policy": version.policy.pk, "text": text_of(version.edition())}
    )
    assert page.status_code == 200
    assert "A correction takes the next revision" in page.content.decode()
    assert PolicyVersion.objects.drafts().count() == 0


def test_an_editor_without_the_right_to_publish_can_not_publish(
    client: Client, chief: User
) -> None:
    editor = User.objects.create_user("editor", is_staff=True)
    for name in ("view_policyversion", "change_policyversion", "add_policyversion"):
        editor.user_permissions.add(Permission.objects.get(codename=name))
    client.force_login(editor)
    draft = begin_draft(version_of("087"), by=chief)
    address = reverse(REVIEW, args=[draft.pk])
    assert 'value="publish"' not in client.get(address).content.decode()
    assert client.post(address, {"do": "publish"}).status_code == 403
    assert PolicyVersion.objects.drafts().count() == 1


def test_what_is_saved_at_the_desk_is_marked_and_leaves_a_trace(desk: Client, chief: User) -> None:
    insurer = Insurer.objects.get(slug="aetna")
    address = reverse("admin:policies_insurer_change", args=[insurer.pk])
    fields = {"slug": "aetna", "name": "Aetna Health", "kind": "commercial"}
    assert desk.post(address, fields).status_code == 302
    insurer.refresh_from_db()
    assert insurer.edited_at_desk
    event = PolicyEvent.objects.first()
    assert event is not None
    assert (event.kind, event.what, event.by) == ("edited", "Aetna Health", chief)


def test_a_policy_needs_a_line_of_business_and_a_readable_condition(desk: Client) -> None:
    policy = Policy.objects.get(slug="087")
    fields = {
        "insurer": policy.insurer.pk,
        "slug": "087",
        "title": policy.title,
        "kind": policy.kind,
        "applies_if": '{"label": "x", "fact": "formulery"}',
    }
    page = desk.post(reverse("admin:policies_policy_change", args=[policy.pk]), fields)
    text = page.content.decode()
    assert "Choose at least one" in text
    assert "there is no fact called" in text


@pytest.mark.parametrize(
    ("model", "queries"),
    [
        ("insurer", 5),
        ("policy", 8),
        ("policyversion", 7),
        ("policyevent", 7),
        ("administration", 5),
    ],
)
def test_each_list_of_the_desk_asks_the_database_a_fixed_number_of_times(
    desk: Client, django_assert_num_queries: DjangoAssertNumQueries, model: str, queries: int
) -> None:
    address = reverse(f"admin:policies_{model}_changelist")
    desk.get(address)
    with django_assert_num_queries(queries):
        assert desk.get(address).status_code == 200


def test_a_published_edition_is_not_published_twice(chief: User) -> None:
    draft = begin_draft(version_of("087"), by=chief)
    publish_version(draft, by=None)
    with pytest.raises(Exception, match="published already"):
        publish_version(draft, by=None)


@pytest.mark.parametrize(
    ("wrong", "right", "expected"),
    [
        pytest.param(
            "coverage: investigational", "coverage: covered", "worked cases come out", id="a case"
        ),
        pytest.param("x", "x", "Say what this revision changes", id="no note"),
    ],
)
def test_a_draft_that_turns_a_worked_case_or_says_no_change_is_not_sent_to_review(
    desk: Client, chief: User, wrong: str, right: str, expected: str
) -> None:
    draft = begin_draft(version_of("mp-446"), by=chief)
    text = text_of(draft.edition()).replace(wrong, right, 1)
    if wrong != right:
        text = text.replace("Say here what changes.", "The position was read again.")
    desk.post(reverse(CHANGE, args=[draft.pk]), {"text": text})
    answer = desk.post(reverse(REVIEW, args=[draft.pk]), {"do": "submit"})
    assert answer.status_code == 422
    assert expected in answer.content.decode()
    held = PolicyVersion.objects.get(pk=draft.pk)
    assert (held.submitted_at, text_of(held.edition())) == (None, text)
