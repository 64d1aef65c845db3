"""Papers, and the words of a letter, by the keyboard, at 320 px and at a desk."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import FilePayload, expect

from appeals.clinics.casework import OpenCase, move_case
from appeals.clinics.content import CaseContent, Happened
from appeals.denial import Denial, Notice
from appeals.denied import FIRST_DECISION, Contact
from appeals.law.reasons import ReasonId
from appeals.law.stages import Service
from appeals.models import CaseEvent
from tests.appeals.clinics.building import make_case, make_pdf
from tests.appeals.clinics.lettering import make_clinician, make_letter_clinic, user_of
from tests.appeals.clinics.ruling import PLAN, SEVERE_ADULTS, begin_rule
from tests.factories import make_situation, make_tried
from tests.pages.at_clinic import Enter
from tests.pages.walking import Walk, look_at_both

PDF = "application/pdf"
JOB = {"source": "job", "payer": "employer", "grandfathered": "no"}
Kind = CaseEvent.Kind


def a_denied_case() -> OpenCase:
    """A case of Dr. Sample's that was denied as not medically necessary."""
    policy = begin_rule(SEVERE_ADULTS)
    clinic = make_letter_clinic()
    alex = make_clinician(clinic)
    situation = make_situation(
        answers={"age": 44, "episode_severity": "severe"}, tried=[make_tried()], **PLAN
    )
    content = CaseContent(situation, JOB)
    opened = make_case(clinic, content=content, insurer=policy.insurer, clinician=alex)
    today = timezone.localdate()
    denial = Denial(
        Notice(notice_on=today - dt.timedelta(days=9)),
        FIRST_DECISION,
        reasons=(ReasonId.NOT_MEDICALLY_NECESSARY,),
        service=Service.PRE_SERVICE,
        reference_numbers=("A-100",),
    )
    told = Happened(denial=denial, contact=Contact(plan="Acme", address="PO Box 1"))
    for kind, happened, days in ((Kind.SUBMITTED, None, 20), (Kind.DENIED, told, 8)):
        opened = move_case(
            opened,
            kind,
            on=today - dt.timedelta(days=days),
            today=today,
            based_on=opened.case.counter,
            by=user_of(alex),
            happened=happened,
        )
    return opened


@pytest.fixture
def walk(enter: Enter) -> Walk:
    """The clinician, at the documents of their denied case."""
    case = a_denied_case().case
    if case.clinician is None:
        pytest.fail("the case has no clinician")
    page = enter(user_of(case.clinician))
    page.goto(reverse("clinics:documents", args=[case.clinic_id, case.pk]))
    return Walk(page)


def test_papers_are_put_in_order_and_a_letter_takes_its_clinicians_own_words(walk: Walk) -> None:
    page = walk.page
    names = ("denial notice.pdf", "chart.pdf", "scales.pdf", "trials.pdf")
    files = [FilePayload(name=one, mimeType=PDF, buffer=make_pdf(one)) for one in names]
    files.append(FilePayload(name="notes.txt", mimeType="text/plain", buffer=b"notes"))
    page.get_by_label("Add documents").set_input_files(files)
    page.get_by_role("button", name="Add", exact=True).press("Enter")
    expect(page.get_by_role("alert").filter(has_text="notes.txt")).to_contain_text("It is no PDF")
    look_at_both(walk.page)
    rows = page.locator(".paper")
    for place, paper in enumerate(
        (
            "Denial notice",
            "Chart notes",
            "Rating-scale scores with their dates",
            "Table of treatments tried, with doses and dates",
        )
    ):
        rows.nth(place).get_by_label("Goes with letters as").select_option(label=paper)
    rows.nth(2).get_by_label("Criterion 2").check()
    page.get_by_role("button", name="Move up: scales").press("Enter")
    expect(rows.nth(1).get_by_label("Name")).to_have_value("scales")
    expect(rows.nth(1)).to_contain_text("Proves 1 of the rule's criteria")
    rows.nth(1).locator("[data-handle]").drag_to(rows.nth(0).locator("[data-handle]"))
    expect(rows.nth(0).get_by_label("Name")).to_have_value("scales")
    page.get_by_role("link", name="Letters", exact=True).press("Enter")
    expect(page.get_by_label("Appeal to the plan")).to_be_checked()
    look_at_both(walk.page)
    page.get_by_role("button", name="Begin the letter").press("Enter")
    expect(page.locator("#page-request")).to_contain_text("Jane Sample")
    page.locator("[value='part.open.request']").press("Enter")
    words = page.get_by_label("The words of this part")
    words.fill("Please overturn the decision, and approve the treatment.")
    expect(page.locator("#page-request")).to_contain_text("Please overturn the decision")
    look_at_both(walk.page)
    page.get_by_role("button", name="Keep these words").press("Enter")
    expect(page.get_by_text("Your own words, not checked by us")).to_be_visible()
    page.get_by_label("The reason for the denial, word for word").fill("It is not needed.")
    page.get_by_label("How will you send it?").select_option(label="By fax")
    page.get_by_role("button", name="Save", exact=True).press("Enter")
    expect(page.get_by_text("Nothing is missing")).to_be_visible()
