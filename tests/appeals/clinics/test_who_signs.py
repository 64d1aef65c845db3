"""Who signs a letter: the one whom its signature names, and what the page says of it to others."""

from dataclasses import replace

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from appeals.clinics.casework import OpenCase
from appeals.clinics.letters.drafting import change_letter, record_of
from appeals.clinics.letters.signing import (
    StalePagesError,
    UnsignableError,
    pages_to_sign,
    sign_letter,
    why_not,
)
from appeals.letters.edits import Edits
from appeals.letters.kinds import LetterKind, Voice
from appeals.models import CaseDocument, Clinic, Clinician, Letter, Role
from tests.appeals.clinics.building import make_case, make_member, reopened
from tests.appeals.clinics.lettering import (
    NPI,
    begun,
    make_clinician,
    user_of,
    written,
)
from tests.appeals.letters_pages import fields_of
from tests.policies.html import text_of

pytestmark = pytest.mark.django_db
OTHER_NPI = "1245319599"
OURS = "Sincerely,\n\n______\nDr. Alex Sample, MD\nPsychiatry\nNPI 1234567893"


@pytest.fixture
def yuri(clinic: Clinic) -> Clinician:
    return make_clinician(clinic, "Yuri Other", npi=OTHER_NPI)


def change(opened: OpenCase, letter: Letter, by: User, clinician: Clinician, edits: Edits) -> None:
    held = change_letter(
        opened,
        letter,
        record_of(opened, letter).with_edits(edits),
        {},
        clinician=clinician,
        based_on=letter.counter,
        on=timezone.localdate(),
        by=by,
    )
    letter.sealed, letter.counter = held.sealed, held.counter


def page_of(opened: OpenCase, letter: Letter, name: str = "letter") -> str:
    return reverse(f"clinics:{name}", args=[opened.case.clinic_id, opened.case.pk, letter.pk])


# The signature


def test_a_signature_written_for_another_clinician_is_not_signed(
    opened: OpenCase, draft: Letter, alex: Clinician, yuri: Clinician, biller: User
) -> None:
    change(opened, draft, biller, alex, Edits(texts={"closing": f"{OURS}\nMedical director"}))
    assert why_not(written(opened, draft), alex) == ""
    change(opened, draft, biller, yuri, record_of(opened, draft).edits)
    reason = why_not(written(opened, draft), yuri)
    assert reason == (
        "The part Signature has words of your own that do not name Yuri Other, MD: undo them."
    )
    with pytest.raises(UnsignableError):
        pages_to_sign(written(opened, draft), yuri)


@pytest.mark.parametrize(
    "line",
    [
        "Yuri Other, MD",
        "for yuri other",
        "Robin Unknown, D.O.",
        "for Dr. Unknown",
        f"NPI {OTHER_NPI}",
        "NPI 1245 319 599",
        OTHER_NPI,
    ],
)
@pytest.mark.usefixtures("yuri")
def test_a_line_that_names_somebody_else_is_told_and_not_signed(
    opened: OpenCase, draft: Letter, alex: Clinician, biller: User, line: str
) -> None:
    change(opened, draft, biller, alex, Edits(texts={"closing": f"{OURS}\n{line}"}))
    reason = why_not(written(opened, draft), alex)
    assert f"“{line}”" in reason
    assert "somebody else than Dr. Alex Sample, MD" in reason


@pytest.mark.parametrize(
    "line",
    ["Medical director", "Dr. Alex Sample, MD, medical director", f"NPI: {NPI}", "617-555-0100"],
)
@pytest.mark.usefixtures("yuri")
def test_what_the_signer_adds_of_their_own_is_signed(
    opened: OpenCase, draft: Letter, alex: Clinician, biller: User, line: str
) -> None:
    change(opened, draft, biller, alex, Edits(texts={"closing": f"{OURS}\n{line}"}))
    assert why_not(written(opened, draft), alex) == ""


@pytest.mark.parametrize(
    "edits",
    [
        pytest.param(Edits(texts={"closing": "Sincerely,"}), id="without its line"),
        pytest.param(Edits(left_out=("closing",)), id="left out"),
    ],
)
def test_a_letter_without_a_line_to_sign_on_is_not_signed(
    opened: OpenCase, draft: Letter, alex: Clinician, biller: User, edits: Edits
) -> None:
    change(opened, draft, biller, alex, edits)
    assert "The line to sign on is gone" in why_not(written(opened, draft), alex)


def test_words_of_our_own_that_are_another_clinician_are_no_second_signature(
    opened: OpenCase, draft: Letter, alex: Clinician, yuri: Clinician, biller: User
) -> None:
    edits = Edits(added=("own.1",), texts={"own.1": "Yuri Other, MD"})
    change(opened, draft, biller, alex, edits)
    assert "“Yuri Other, MD”" in why_not(written(opened, draft), alex)
    told = replace(edits, texts={"own.1": "She was referred by Yuri Other, MD."})
    change(opened, draft, biller, alex, told)
    assert why_not(written(opened, draft), alex) == ""


def test_a_clinician_who_was_changed_while_the_pages_were_read_does_not_sign(
    opened: OpenCase, draft: Letter, alex: Clinician, yuri: Clinician, biller: User
) -> None:
    writing = written(opened, draft)
    pages = pages_to_sign(writing, alex)
    change(opened, draft, biller, yuri, Edits())
    with pytest.raises(StalePagesError):
        sign_letter(writing, alex, name=alex.name, digest=pages.digest, by=user_of(alex))
    assert Letter.objects.get(pk=draft.pk).signed_at is None


# What the page says


def test_only_the_clinician_who_signs_is_led_to_signing(
    desk: Client, opened: OpenCase, draft: Letter, alex: Clinician, yuri: Clinician
) -> None:
    for clinician, is_led in ((alex, True), (yuri, False)):
        browser = Client()
        browser.force_login(user_of(clinician))
        body = browser.get(page_of(opened, draft)).content.decode()
        assert ("Read and sign</a>" in body) is is_led
    text = text_of(desk.get(page_of(opened, draft)))
    assert "Dr. Alex Sample, MD reads and signs it." in text


def test_while_something_is_missing_nobody_is_led_to_signing(
    clinic: Clinic, opened: OpenCase, alex: Clinician, biller: User
) -> None:
    letter = begun(opened, alex, by=biller, kind=LetterKind.MEDICAL_NECESSITY)
    browser = Client()
    browser.force_login(user_of(alex))
    page = browser.get(page_of(opened, letter))
    assert "Read and sign</a>" not in page.content.decode()
    assert "missing, told above: then Dr. Alex Sample, MD reads and signs it" in text_of(page)


def test_a_clinician_without_an_account_is_told_of(
    desk: Client, opened: OpenCase, draft: Letter, alex: Clinician
) -> None:
    Clinician.objects.filter(pk=alex.pk).update(user=None)
    assert "once an admin connects them" in text_of(desk.get(page_of(opened, draft)))


def test_a_signature_that_names_another_says_so_in_the_place_of_nothing_is_missing(
    desk: Client, opened: OpenCase, draft: Letter, alex: Clinician, biller: User
) -> None:
    change(opened, draft, biller, alex, Edits(texts={"closing": f"{OURS}\nfor Dr. Unknown"}))
    text = text_of(desk.get(page_of(opened, draft)))
    assert "Nothing is missing" not in text
    assert "“for Dr. Unknown”" in text


# What the records propose


def test_the_number_for_the_call_is_the_clinician_s_or_the_clinic_s(
    desk: Client, opened: OpenCase, alex: Clinician, biller: User
) -> None:
    letter = begun(opened, alex, by=biller, kind=LetterKind.PRIOR_AUTHORIZATION)
    page = desk.get(page_of(opened, letter))
    assert "Dr. Alex Sample, MD's number for the call" in text_of(page)
    assert "Your number" not in text_of(page)
    fields = fields_of(page, "letter")
    assert fields["told-call_phone"] == "617-555-0100"
    assert fields["told-site_name"] == "Sample Clinic, 1 Example Street"
    Clinician.objects.filter(pk=alex.pk).update(phone="617-555-0155")
    fields = fields_of(desk.get(page_of(opened, letter)), "letter")
    assert fields["told-call_phone"] == "617-555-0155"
    assert "call_phone" not in reopened(opened).content.told


def test_a_case_that_goes_on_from_another_says_that_the_treatment_does(
    clinic: Clinic, opened: OpenCase, alex: Clinician, biller: User
) -> None:
    content = replace(opened.content, continues=str(opened.case.pk))
    later = make_case(clinic, opened.patient, content=content, clinician=alex)
    letter = begun(later, alex, by=biller, kind=LetterKind.PRIOR_AUTHORIZATION)
    assert written(later, letter).told["phase"] == "continuing"
    first = begun(opened, alex, by=biller, kind=LetterKind.PRIOR_AUTHORIZATION)
    assert "phase" not in written(opened, first).told


def test_an_npi_that_is_not_there_is_told_with_whom_to_ask(
    desk: Client, clinic: Clinic, opened: OpenCase, alex: Clinician, biller: User
) -> None:
    Clinician.objects.filter(pk=alex.pk).update(npi="")
    admin = make_member(clinic, Role.ADMIN, name="ada")
    letter = begun(opened, alex, by=biller, kind=LetterKind.PRIOR_AUTHORIZATION)
    text = text_of(desk.get(page_of(opened, letter)))
    assert "Dr. Alex Sample, MD (no NPI yet: ask a clinic admin)" in text
    assert "Dr. Alex Sample, MD has none here yet. Ask a clinic admin (ada)" in text
    browser = Client()
    browser.force_login(admin)
    place = reverse("clinics:clinician", args=[clinic.pk, alex.pk])
    assert f'href="{place}"' in browser.get(page_of(opened, letter)).content.decode()


def test_the_menu_has_the_npi_beside_each_name(desk: Client, opened: OpenCase) -> None:
    page = desk.get(reverse("clinics:letters", args=[opened.case.clinic_id, opened.case.pk]))
    assert f"Dr. Alex Sample, MD (NPI {NPI})" in text_of(page)


def test_what_is_signed_on_paper_leads_nobody_to_signing(
    opened: OpenCase, alex: Clinician, form: CaseDocument
) -> None:
    letter = begun(opened, alex, voice=Voice.PATIENT, by=user_of(alex))
    browser = Client()
    browser.force_login(user_of(alex))
    page = browser.get(page_of(opened, letter))
    assert "Read and sign</a>" not in page.content.decode()
    assert "signed on paper" in text_of(page)
