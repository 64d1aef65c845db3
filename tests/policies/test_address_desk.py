"""Appeal addresses at the desk: looked at, ended, and never written over in silence."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from policies.models import AppealAddress, Insurer, PolicyEvent
from policies.roles import Role
from policies.situation import LineOfBusiness
from tests.coverage_site.signing_in import make_person
from tests.policies.desk_records import add_address, add_insurer, add_link, add_policy

pytestmark = pytest.mark.django_db
LIST = "/admin/policies/appealaddress/"


@pytest.fixture
def anna() -> User:
    return make_person("anna", Role.EDITOR)


@pytest.fixture
def desk(anna: User, client: Client) -> Client:
    client.force_login(anna)
    return client


@pytest.fixture
def acme() -> Insurer:
    return add_insurer("acme", name="Acme")


def fields(insurer: Insurer, **changes: Any) -> dict[str, Any]:
    return {
        "insurer": insurer.pk,
        "use": "appeal",
        "lines_of_business": ["commercial"],
        "postal": "Appeals\r\nPO Box 1\r\nSpringfield, IL 62701",
        "source_url": "https://example.org/appeals",
        "source_kind": "live_document",
        "read_on": "2026-11-02",
        "read_by": "A tester",
    } | changes


def test_an_address_is_added_with_its_source_and_leaves_an_event_at_its_insurer(
    desk: Client, anna: User, acme: Insurer
) -> None:
    assert desk.post(f"{LIST}add/", fields(acme)).status_code == 302
    row = AppealAddress.objects.get()
    assert row.record().postal == ("Appeals", "PO Box 1", "Springfield, IL 62701")
    event = PolicyEvent.objects.about(acme).first()
    assert event is not None
    assert (event.kind, event.what, event.by) == ("added", "Acme, appeal", anna)
    page = desk.get(reverse("admin:policies_insurer_change", args=[acme.pk])).content.decode()
    assert "Springfield, IL 62701" in page


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"lines_of_business": []}, "addresses differ by plan"),
        ({"fax": "555-0100"}, "is not a number like 1-800-555-0100"),
        ({"postal": "PO Box 1"}, "End with place, state and ZIP"),
        ({"postal": ""}, "Give an address, a fax, a phone number or a web form"),
        ({"web": "ftp://example.org/"}, "is not an address like https://"),
        ({"read_on": "last week"}, "is not a date like 2024-11-05"),
        ({"states": ["XX"]}, "XX is not one of the available choices"),
    ],
)
def test_what_is_wrong_is_told_in_words_and_nothing_is_written(
    desk: Client, acme: Insurer, changes: dict[str, Any], expected: str
) -> None:
    page = desk.post(f"{LIST}add/", fields(acme, **changes)).content.decode()
    assert expected in page
    assert not AppealAddress.objects.exists()


def test_a_new_place_stands_beside_the_old_one_which_ends(desk: Client, acme: Insurer) -> None:
    old = add_address(acme)
    address = reverse("admin:policies_appealaddress_change", args=[old.pk])
    moved = fields(acme, postal="Appeals\nPO Box 2\nSpringfield, IL 62701")
    page = desk.post(address, moved).content.decode()
    assert "Say when you read the new address" in page
    assert desk.post(address, moved | {"read_on": "2026-11-20"}).status_code == 302
    before, now = AppealAddress.objects.order_by("pk")
    assert (before.pk, before.ended_on) == (old.pk, timezone.localdate())
    assert "PO Box 1" in before.postal
    assert (now.ended_on, now.read_on) == (None, "2026-11-20")


def test_what_is_saved_as_it_stands_stays_as_it_is(desk: Client, acme: Insurer) -> None:
    old = add_address(acme)
    address = reverse("admin:policies_appealaddress_change", args=[old.pk])
    assert desk.post(address, fields(acme, note="By mail alone.")).status_code == 302
    row = AppealAddress.objects.get()
    assert (row.pk, row.ended_on, row.note) == (old.pk, None, "By mail alone.")


def test_a_slip_is_mended_in_place_and_the_history_keeps_what_stood_there(
    desk: Client, acme: Insurer
) -> None:
    old = add_address(acme)
    address = reverse("admin:policies_appealaddress_change", args=[old.pk])
    mended = fields(acme, postal="Appeals\nPO Box 10\nSpringfield, IL 62701", is_slip="on")
    assert desk.post(address, mended).status_code == 302
    row = AppealAddress.objects.get()
    event = PolicyEvent.objects.about(row).first()
    assert event is not None
    assert "PO Box 1\n" in event.changes["postal"][0]
    assert "PO Box 10" in event.changes["postal"][1]


def test_read_again_and_ended_are_one_click_each(desk: Client, anna: User, acme: Insurer) -> None:
    first, second = add_address(acme), add_address(acme, fax="800-555-0100")
    today = timezone.localdate()
    chosen = {"_selected_action": [first.pk]}
    desk.post(LIST, {"action": "read_again_today", **chosen})
    first.refresh_from_db()
    assert (first.read_on, first.read_by) == (today.isoformat(), "anna")
    desk.post(LIST, {"action": "end_today", "_selected_action": [second.pk]})
    second.refresh_from_db()
    assert second.ended_on == today
    assert desk.post(f"{LIST}{first.pk}/delete/", {"post": "yes"}).status_code == 403


def test_the_list_is_narrowed_by_what_an_address_is_for(desk: Client, acme: Insurer) -> None:
    other = add_insurer("other", name="Other")
    add_address(acme, states=("MA",), read_on="2024-05")
    add_address(other, lines_of_business=(LineOfBusiness.MEDICARE_ADVANTAGE,))
    add_address(acme, ended_on=dt.date(2026, 1, 1), states=("NY",))
    for query, count in (
        ({}, 3),
        ({"insurer__id__exact": acme.pk}, 2),
        ({"use__exact": "appeal"}, 3),
        ({"line": "medicare_advantage"}, 1),
        ({"state": "MA"}, 2),
        ({"holds": "yes"}, 2),
        ({"holds": "confirm"}, 1),
        ({"holds": "no"}, 1),
        ({"q": "springfield"}, 3),
    ):
        assert desk.get(LIST, query).context["cl"].result_count == count, query


def test_an_insurers_page_shows_its_parts_its_vendors_with_proof_and_its_addresses(
    desk: Client, acme: Insurer
) -> None:
    brand = add_insurer("brand", name="Brand", parent=acme)
    vendor = add_insurer("vendor", name="Vendor", kind="vendor")
    add_policy(vendor, "speaks", title="It speaks")
    add_policy(vendor, "silent", title="It is silent", lines=(LineOfBusiness.MEDICARE_ADVANTAGE,))
    add_link(acme, vendor, lines_of_business=["commercial"])
    add_address(acme)
    add_address(acme, fax="800-555-0100")
    page = desk.get(reverse("admin:policies_insurer_change", args=[acme.pk])).content.decode()
    for text in ("Brand", "decides for our members", "https://example.org/link", "It speaks"):
        assert text in page, text
    assert "It is silent" not in page
    assert "those patients are offered none of them" in page
    of_brand = desk.get(reverse("admin:policies_insurer_change", args=[brand.pk])).content.decode()
    assert "Part of" in of_brand
    of_vendor = desk.get(reverse("admin:policies_insurer_change", args=[vendor.pk]))
    assert "For whose plans it decides" in of_vendor.content.decode()


def test_a_circle_of_parents_and_a_name_of_another_are_refused_at_the_form(
    desk: Client, acme: Insurer
) -> None:
    brand = add_insurer("brand", name="Brand", parent=acme)
    address = reverse("admin:policies_insurer_change", args=[acme.pk])
    told = {"slug": "acme", "name": "Acme", "kind": "commercial"}
    page = desk.post(address, told | {"parent": brand.pk}).content.decode()
    assert "an insurer is no part of itself" in page
    add_insurer("other", name="Other", also_known_as=["Another"])
    page = desk.post(address, told | {"also_known_as": "another"}).content.decode()
    assert "Other goes by the name" in page
