"""An insurer's addresses, rename and merge, in a browser: by keyboard, and without a script."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from playwright.sync_api import Browser, Page, expect

from policies.models import Insurer
from policies.roles import Role
from tests.coverage_site.signing_in import make_person
from tests.pages.at_desk import at_desk, press
from tests.pages.walking import follow, look
from tests.policies.desk_records import add_address, add_insurer, add_link, add_policy


@pytest.fixture
def insurers(writing_site: str) -> None:
    """Three small insurers."""
    with transaction.atomic():
        acme, vendor = add_insurer("acme", name="Acme"), add_insurer("vendor", name="Vendor")
        add_policy(acme)
        add_policy(vendor)
        add_policy(add_insurer("zenith", name="Zenith"))
        add_link(acme, vendor)
        add_address(acme)


@pytest.fixture
def page(browser: Browser, writing_site: str, insurers: None) -> Iterator[Page]:
    """An administrator at the desk."""
    person = make_person("anna", Role.ADMINISTRATOR)
    with at_desk(browser, writing_site, person, "desktop, dark") as page:
        yield page


def test_an_address_is_added_and_its_insurer_renamed_and_merged(page: Page) -> None:
    acme = Insurer.objects.get(slug="acme")
    page.goto(f"/admin/policies/insurer/{acme.pk}/change/")
    expect(page.get_by_text("decides for our members")).to_be_visible()
    look(page)

    page.get_by_role("link", name="Add an address").press("Enter")
    page.get_by_label("Use:").select_option("Expedited appeal")
    page.get_by_label("A job, a union").check()
    page.get_by_label("Fax:").fill("0100")
    page.get_by_label("Source:").fill("https://example.org/fast")
    page.get_by_label("Source kind:").select_option("Live document")
    page.get_by_label("Read on:").fill("2026-11-05")
    page.get_by_label("Read by:").fill("Anna")
    press(page, "Save and continue editing")
    expect(page.get_by_text("is not a number like 1-800-555-0100")).to_be_visible()
    look(page)
    page.get_by_label("Fax:").fill("800-555-0100")
    press(page, "Save and continue editing")
    expect(page.get_by_text("was added successfully")).to_be_visible()
    look(page)

    page.goto(f"/admin/policies/insurer/{acme.pk}/rename/")
    look(page)
    page.get_by_label("Name").fill("Acme Health")
    page.get_by_label("Key").fill("acme-health")
    page.get_by_label("Why?").fill("Their notice.")
    press(page, "Show what it leads to")
    expect(page.get_by_text("/policies/acme-health/ketamine/")).to_be_visible()
    look(page)
    press(page, "Rename it as shown")
    expect(page.get_by_text("Acme is Acme Health now.")).to_be_visible()
    look(page)

    follow(page.get_by_role("link", name="Merge into another"))
    look(page)
    page.get_by_label("Into which insurer?").select_option("Zenith")
    page.get_by_label("Why?").fill("One company.")
    press(page, "Show what would move")
    expect(page.get_by_role("heading", name="2 appeal addresses")).to_be_visible()
    look(page)
    page.get_by_label("Another key for").fill("ketamine-acme")
    press(page, "Merge it as shown")
    expect(page.get_by_text("Acme Health is a part of Zenith now.")).to_be_visible()
    look(page)
    page.goto("/policies/acme/ketamine/")
    expect(page).to_have_url(
        f"{page.url.partition('/policies/')[0]}/policies/zenith/ketamine-acme/"
    )
    page.goto("/insurers/zenith/")
    expect(page.get_by_text("The address on your notice comes first")).to_be_visible()
    look(page)
