"""The pages that rename and merge: what moves is shown first, and only what was shown is done."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from policies.models import FormerAddress, Insurer, Policy, PolicyEvent
from policies.roles import Role
from tests.coverage_site.signing_in import make_person
from tests.policies.desk_records import add_address, add_insurer, add_link, add_policy

pytestmark = pytest.mark.django_db
WHY = "Their notice of January 5, 2026."


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(make_person("anna", Role.ADMINISTRATOR))
    return client


def page_of(name: str, thing: Insurer | Policy) -> str:
    return reverse(f"admin:policies_{name}", args=[thing.pk])


def hidden(page: str) -> dict[str, str]:
    """What the form that confirms carries."""
    form = page[page.index('id="content-main"') :]
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))


def test_an_insurer_is_renamed_once_its_old_addresses_were_shown(desk: Client) -> None:
    acme = add_insurer("acme", name="Acme")
    add_policy(acme)
    address = page_of("insurer_rename", acme)
    told = {"name": "Zenith", "slug": "zenith", "why": WHY}
    page = desk.post(address, told).content.decode()
    for one in ("/insurers/acme/", "/insurers/zenith/", "/policies/acme/ketamine/"):
        assert f"<code>{one}</code>" in page
    assert Insurer.objects.get().slug == "acme"
    assert not FormerAddress.objects.exists()
    assert desk.post(address, hidden(page)).status_code == 302
    assert Insurer.objects.get().slug == "zenith"
    history = desk.get(page_of("insurer_history", acme)).content.decode()
    assert f"Acme → Zenith: {WHY}" in history
    at_desk = desk.get(page_of("insurer_change", acme)).content.decode()
    assert "Known before as" in at_desk


def test_a_name_alone_changes_no_address(desk: Client) -> None:
    acme = add_insurer("acme", name="Acme")
    address = page_of("insurer_rename", acme)
    page = desk.post(address, {"name": "Acme Health", "slug": "acme", "why": WHY}).content.decode()
    assert "No address changes" in page
    desk.post(address, hidden(page))
    assert Insurer.objects.get().also_known_as == ["Acme"]
    assert not FormerAddress.objects.exists()


def test_a_policy_gets_another_key(desk: Client) -> None:
    policy = add_policy(add_insurer("acme"))
    address = page_of("policy_rename", policy)
    page = desk.post(address, {"slug": "mp-1", "why": WHY}).content.decode()
    assert "/policies/acme/mp-1/" in page
    desk.post(address, hidden(page))
    assert Policy.objects.get().slug == "mp-1"
    assert desk.get("/policies/acme/ketamine/").status_code == 301


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({}, "This field is required"),
        ({"name": "Acme", "slug": "acme", "why": WHY}, "Nothing would change"),
        ({"name": "Acme", "slug": "Acme!", "why": WHY}, "Use small letters"),
        ({"name": "Acme", "slug": "other", "why": WHY}, "already exists"),
        ({"name": "Other", "slug": "acme", "why": WHY}, "Other goes by the name"),
    ],
)
def test_a_wrong_name_is_told_at_its_field_and_what_was_typed_stays(
    desk: Client, told: dict[str, str], expected: str
) -> None:
    acme = add_insurer("acme", name="Acme")
    add_insurer("other", name="Other")
    answer = desk.post(page_of("insurer_rename", acme), told)
    page = answer.content.decode()
    assert (answer.status_code, expected in page) == (422, True)
    assert f'value="{told.get("slug", "")}"' in page or not told


def test_an_insurer_is_merged_as_it_was_shown(desk: Client) -> None:
    into, gone = add_insurer("into", name="Into"), add_insurer("gone", name="Gone")
    vendor = add_insurer("vendor", name="Vendor")
    add_policy(into)
    clash = add_policy(gone)
    add_link(gone, vendor)
    add_address(gone)
    address = page_of("insurer_merge", gone)
    page = desk.post(address, {"into": into.pk, "why": WHY}).content.decode()
    for text in (
        "1 document",
        "leads to <code>into/ketamine-gone</code>",
        "Vendor decides for Into",
        "1 appeal address",
        "Into goes by Gone too",
    ):
        assert text in page, text
    assert Insurer.objects.filter(slug="gone").exists()
    told = {"into": into.pk, "why": WHY, **hidden(page)}
    again = desk.post(address, told | {f"slug-{clash.pk}": "ketamine"})
    assert (again.status_code, "was, the address of another" in again.content.decode()) == (
        422,
        True,
    )
    add_policy(gone, "later")
    changed = desk.post(address, told | {f"slug-{clash.pk}": "mine"})
    assert changed.status_code == 409
    assert "Something changed since this was shown" in changed.content.decode()
    told |= hidden(changed.content.decode())
    assert desk.post(address, told | {f"slug-{clash.pk}": "mine"}).status_code == 302
    assert {one.slug for one in into.policies.all()} == {"ketamine", "mine", "later"}
    assert desk.get("/policies/gone/ketamine/").headers["Location"] == "/policies/into/mine/"
    assert PolicyEvent.objects.filter(kind="merged", what__startswith="Gone → Into").exists()


def test_only_an_administrator_merges(client: Client) -> None:
    acme = add_insurer("acme")
    client.force_login(make_person("paula", Role.PUBLISHER))
    assert client.get(page_of("insurer_merge", acme)).status_code == 403
    page = client.get(page_of("insurer_change", acme)).content.decode()
    assert page_of("insurer_rename", acme) in page
    assert page_of("insurer_merge", acme) not in page


@pytest.mark.parametrize("into", ["", "0", "x", "99999999999999999999"])
def test_an_insurer_that_is_none_is_told(desk: Client, into: str) -> None:
    acme = add_insurer("acme")
    answer = desk.post(page_of("insurer_merge", acme), {"into": into, "why": WHY})
    assert answer.status_code == 422
    assert User.objects.count() == 1
