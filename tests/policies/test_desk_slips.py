"""Ordinary slips at the desk: each is told, nothing breaks, and nothing typed is lost."""

import re

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from policies.admin.versions import text_of
from policies.catalogue.reading import read_edition
from policies.catalogue.yaml_text import read_yaml
from policies.draft_states import working_of
from policies.drafting import keep_text
from policies.history import record_event
from policies.models import Administration, Insurer, Policy, PolicyEvent, PolicyVersion
from policies.published import published_catalogue
from policies.publishing import begin_draft, publish_version, save_draft
from policies.reviewing import submit_draft
from policies.roles import Role
from tests.coverage_site.signing_in import make_person
from tests.policies.reviewed import acme_draft, publish_by_two, second_person
from tests.real_catalogue import FEW

pytestmark = pytest.mark.django_db

CHANGE = "admin:policies_policyversion_change"


@pytest.fixture
def chief(some_policies: None) -> User:
    return User.objects.create_superuser("chief")


@pytest.fixture
def desk(chief: User, client: Client) -> Client:
    client.force_login(chief)
    return client


def version_of(slug: str) -> PolicyVersion:
    return PolicyVersion.objects.published().get(policy__slug=slug)


@pytest.mark.parametrize(
    ("wrong", "right", "expected"),
    [
        pytest.param("revision: 2\n", "", "A correction takes the next revision", id="taken"),
        pytest.param("revision: 2", "revision: 99999", "from 1 to 1000", id="a huge revision"),
        pytest.param("  page:", "  the page:", "letters, digits, hyphens", id="a key with a space"),
        pytest.param("read_by: Catalogue", f"read_by: {'x' * 201}", "longer than 200", id="long"),
        pytest.param("url: https:", 'url: "javascript:', "is not an address", id="no address"),
        pytest.param("read_by: Catalogue", 'read_by: "a\\0b', "can&#x27;t be shown", id="a null"),
        pytest.param("positions:", "positions: &a\n  - *a\n", "an alias is not taken", id="alias"),
    ],
)
def test_a_slip_in_a_draft_is_told_and_the_text_comes_back(
    desk: Client, chief: User, wrong: str, right: str, expected: str
) -> None:
    draft = begin_draft(version_of("mp-446"), by=chief)
    held = text_of(draft.edition())
    assert wrong in held
    text = held.replace(wrong, right, 1)
    if right.count('"') == 1:  # close the quote that the slip opened
        text = "\n".join(
            f'{line}"' if line.count('"') == 1 and right.split(":", maxsplit=1)[0] in line else line
            for line in text.splitlines()
        )
    page = desk.post(reverse(CHANGE, args=[draft.pk]), {"text": text})
    assert page.status_code == 200
    assert expected in page.content.decode()
    assert text_of(PolicyVersion.objects.get(pk=draft.pk).edition()) == held


def test_what_another_editor_saved_in_the_meantime_is_what_is_published(chief: User) -> None:
    seen = begin_draft(version_of("mp-446"), by=chief)
    other = PolicyVersion.objects.get(pk=seen.pk)
    text = text_of(other.edition()).replace("Say here what changes.", "The key was renamed.")
    renamed = text.replace("  page:", "  copy:").replace("from: page", "from: copy")
    save_draft(other.policy, read_edition(read_yaml(renamed).data), by=chief, version=other)
    published = publish_by_two(seen, by=chief)
    edition = PolicyVersion.objects.get(pk=published.pk).edition()
    assert [reading.key for reading in edition.readings] == ["copy"]
    assert edition.change_note == "The key was renamed."


def test_a_draft_published_in_the_meantime_can_not_be_saved_over(chief: User) -> None:
    seen = begin_draft(version_of("087"), by=chief)
    edition = seen.edition()
    publish_version(PolicyVersion.objects.get(pk=seen.pk), by=None)
    with pytest.raises(ValidationError, match="published already"):
        save_draft(seen.policy, edition, by=chief, version=seen)


def test_worked_cases_go_on_proving_after_an_edition_of_the_desk(chief: User) -> None:
    first = begin_draft(version_of("mp-446"), by=chief)
    PolicyVersion.objects.filter(pk=first.pk).update(change_note="Read again.")
    publish_by_two(first, by=chief)
    assert len(Policy.objects.get(slug="mp-446").current_cases()) == FEW
    second = begin_draft(PolicyVersion.objects.get(pk=first.pk), by=chief)
    PolicyVersion.objects.filter(pk=second.pk).update(change_note="Emptied.", positions=[])
    with pytest.raises(ValidationError, match="worked cases come out otherwise"):
        submit_draft(second, by=chief)


def test_a_date_that_is_none_is_refused_where_two_insurers_are_linked(desk: Client) -> None:
    insurer, vendor = Insurer.objects.all()[:2]
    fields = {
        "insurer": insurer.pk,
        "administrator": vendor.pk,
        "benefit": "pharmacy",
        "source_url": "https://example.org/contract",
        "quote": "decides",
        "read_on": "last week",
    }
    page = desk.post(reverse("admin:policies_administration_add"), fields)
    assert "is not a date like" in page.content.decode()
    assert not Administration.objects.exists()
    assert published_catalogue().administrations == ()


def test_what_a_row_is_known_by_can_not_be_changed_at_the_desk(desk: Client) -> None:
    insurer = Insurer.objects.get(slug="aetna")
    address = reverse("admin:policies_insurer_change", args=[insurer.pk])
    names = "Aetna Life\nBlue Cross, Inc."
    fields = {"slug": "other", "name": "Aetna", "kind": "commercial", "also_known_as": names}
    assert desk.post(address, fields).status_code == 302
    insurer.refresh_from_db()
    assert insurer.slug == "aetna"
    assert insurer.also_known_as == ["Aetna Life", "Blue Cross, Inc."]


def test_a_deleted_draft_leaves_a_trace(desk: Client, chief: User) -> None:
    draft = begin_draft(version_of("087"), by=chief)
    address = reverse("admin:policies_policyversion_delete", args=[draft.pk])
    assert desk.post(address, {"post": "yes"}).status_code == 302
    event = PolicyEvent.objects.first()
    assert event is not None
    assert (event.kind, event.by) == ("deleted", chief)


@pytest.mark.parametrize("tree", ["[" * 5000, '{"label": "a\\u0000b", "unread": true}', "1" * 5000])
def test_a_condition_for_applying_that_can_not_be_read_is_told(desk: Client, tree: str) -> None:
    policy = Policy.objects.get(slug="087")
    fields = {
        "title": policy.title,
        "kind": policy.kind,
        "lines_of_business": ["commercial"],
        "applies_if": tree,
    }
    page = desk.post(reverse("admin:policies_policy_change", args=[policy.pk]), fields)
    assert page.status_code == 200
    policy.refresh_from_db()
    assert policy.applies_if is None


def test_a_new_policy_leads_to_its_page_and_from_there_to_its_first_edition(
    desk: Client, chief: User
) -> None:
    fields = {
        "insurer": Insurer.objects.get(slug="aetna").pk,
        "number": "CPB 0999_a",
        "title": "Ketamine",
        "kind": "medical_policy",
        "lines_of_business": ["commercial"],
    }
    answer = desk.post(reverse("admin:policies_policy_add"), fields, follow=True)
    policy = Policy.objects.get(slug="cpb-0999-a")
    own = reverse("admin:policies_policy_change", args=[policy.pk])
    assert answer.redirect_chain == [(own, 302)]
    page = answer.content.decode()
    assert "Write its first edition" in page
    assert "View on site" not in page
    begin = reverse("admin:policies_policy_begin", args=[policy.pk])
    answer = desk.post(begin)
    draft = policy.versions.get()
    write = reverse("admin:policies_policyversion_write", args=[draft.pk])
    assert answer["Location"] == desk.post(begin)["Location"] == write
    page = desk.get(own).content.decode()
    assert f'href="{write}">Go on with the draft' in page
    assert draft.created_by == chief


def test_a_policy_lists_its_editions_and_drafts(desk: Client, chief: User) -> None:
    version = version_of("087")
    draft = begin_draft(version, by=chief)
    page = desk.get(reverse("admin:policies_policy_change", args=[version.policy.pk]))
    text = page.content.decode()
    assert "View on site" in text
    for name, one in [("review", version), ("review", draft), ("write", draft)]:
        assert f'href="{reverse(f"admin:policies_policyversion_{name}", args=[one.pk])}"' in text
    assert reverse("admin:policies_policyversion_write", args=[version.pk]) not in text


@pytest.mark.parametrize("number", ["", "Π"])
def test_a_name_in_our_addresses_is_asked_for_where_none_can_be_made(
    desk: Client, number: str
) -> None:
    fields = {"number": number, "title": "Π", "lines_of_business": ["commercial"]}
    page = desk.post(reverse("admin:policies_policy_add"), fields).content.decode()
    assert "Write it here: number and title have no letter to make it from." in page


def test_an_edition_is_begun_by_the_first_button_and_a_text_is_a_second_way(desk: Client) -> None:
    address = reverse("admin:policies_policyversion_add")
    page = desk.get(address).content.decode()
    assert "Add edition" in page
    assert page.index("Write line by line") < page.index("<details") < page.index("<textarea")
    version = version_of("087")
    answer = desk.post(address, {"policy": version.policy.pk, "text": "", "_write": "x"})
    draft = PolicyVersion.objects.drafts().get()
    assert answer["Location"] == reverse("admin:policies_policyversion_write", args=[draft.pk])
    page = desk.post(address, {"policy": version.policy.pk, "text": "notes: ["}).content.decode()
    assert '<details class="desk-paste" open>' in page


def test_the_front_page_lists_the_drafts_that_one_began_or_wrote_last(
    desk: Client, chief: User
) -> None:
    other = second_person()
    own = begin_draft(version_of("087"), by=chief)
    others = begin_draft(version_of("mp-446"), by=other)
    assert [str(own)] == drafts_told(desk)
    keep_text(others, others.edition(), based_on=None, by=chief)
    assert [str(others), str(own)] == drafts_told(desk)
    keep_text(others, others.edition(), based_on=None, by=other)
    assert [str(own)] == drafts_told(desk)


def drafts_told(desk: Client) -> list[str]:
    """What stands under “Your drafts”."""
    section = desk.get(reverse("admin:index")).content.decode().partition("Your drafts")[2]
    return re.findall(r'/write/">(.*?)</a>', section.partition("</section>")[0])


def test_a_name_leads_to_its_persons_page_only_for_whoever_may_open_it(
    desk: Client, chief: User, client: Client
) -> None:
    edition = publish_by_two(acme_draft(chief), by=chief)
    address = reverse(CHANGE, args=[edition.pk])
    link = reverse("admin:auth_user_change", args=[chief.pk])
    assert f'href="{link}"' in desk.get(address).content.decode()
    client.force_login(second_person())
    page = client.get(address).content.decode()
    assert f'href="{link}"' not in page
    assert ">chief</div>" in page


@pytest.mark.parametrize(
    "address",
    [
        "/admin/policies/policy/?kind__exact=%00",
        "/admin/policies/policyevent/?kind__exact=a%00",
        "/admin/policies/appealaddress/?use__exact=%00",
    ],
)
def test_a_zero_byte_in_an_address_breaks_no_list(desk: Client, address: str) -> None:
    assert desk.get(address).status_code < 500


def test_a_zero_byte_that_was_pasted_is_left_out_of_what_is_kept(desk: Client, chief: User) -> None:
    draft = begin_draft(version_of("mp-446"), by=chief)
    address = reverse("admin:policies_policyversion_write", args=[draft.pk])
    sent = {"based_on": "0", "do": "save", "opened": "edition", "change_note": "A\0b"}
    assert desk.post(address, sent).status_code == 302
    draft.refresh_from_db()
    assert working_of(draft).fields["change_note"] == "Ab"


def test_what_is_typed_into_an_edition_published_meanwhile_is_given_back(
    desk: Client, chief: User
) -> None:
    published = publish_by_two(acme_draft(chief), by=chief)
    address = reverse("admin:policies_policyversion_write", args=[published.pk])
    sent = {"based_on": "0", "do": "save", "opened": "edition", "change_note": "A long remark"}
    answer = desk.post(address, sent)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "published meanwhile" in page
    assert "A long remark" in page


@pytest.mark.parametrize(
    ("role", "is_changed"),
    [(Role.EDITOR, False), (Role.PUBLISHER, True)],
    ids=["editor", "publisher"],
)
def test_for_whom_a_published_document_speaks_is_a_publishers_to_change(
    client: Client, chief: User, role: Role, is_changed: bool
) -> None:
    policy = publish_by_two(acme_draft(chief), by=chief).policy
    client.force_login(make_person("someone", role))
    sent = {
        "number": "K 1",
        "title": "Another title",
        "kind": policy.kind,
        "lines_of_business": ["va"],
        "states": ["CA"],
        "applies_if": "null",
    }
    address = reverse("admin:policies_policy_change", args=[policy.pk])
    assert client.post(address, sent).status_code == 302
    held = Policy.objects.get(pk=policy.pk)
    assert held.title == "Another title"
    assert (held.states == ["CA"], held.lines_of_business == ["va"]) == (is_changed, is_changed)


def test_a_document_is_entered_from_the_front_page_for_an_insurer_found_by_its_name(
    desk: Client, chief: User
) -> None:
    add = reverse("admin:policies_policy_add")
    for page in ("admin:index", "admin:policies_policy_work"):
        assert f'href="{add}">Enter a new document</a>' in desk.get(reverse(page)).content.decode()
    small = Insurer.objects.create(slug="a-small-one", name="a small one", kind="insurer")
    record_event(PolicyEvent.Kind.ADDED, small, by=chief)
    form = desk.get(add).context["adminform"].form
    names = [one.name for one in form.fields["insurer"].queryset]
    assert names == sorted(names, key=str.casefold)


def test_the_text_of_an_edition_is_folded_under_what_patients_read(
    desk: Client, chief: User
) -> None:
    draft = begin_draft(PolicyVersion.objects.published()[0], by=chief)
    page = desk.get(reverse("admin:policies_policyversion_change", args=[draft.pk]))
    markup = page.content.decode()
    assert markup.index('id="preview"') < markup.index("As text") < markup.index('id="id_text"')
    assert "Prior authorization" in markup
    fold = page.context["adminform"].fieldsets[1]
    assert fold == ("As text", {"fields": ["text", "based_on"], "classes": ["collapse"]})
