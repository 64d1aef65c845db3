"""Where a letter goes: by what it is for and by the newest notice, and unchanged once signed."""

import datetime as dt
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from appeals.clinics.casework import OpenCase, move_case
from appeals.clinics.content import Happened, to_plain
from appeals.clinics.continuing import begin_continuation
from appeals.clinics.letters.drafting import change_letter, record_of
from appeals.clinics.letters.signing import is_genuine, put_signature
from appeals.clinics.printing.addressing import whole_address_of
from appeals.denial import Denial, Notice
from appeals.denied import FIRST_DECISION, LATER_DECISION, Contact
from appeals.letters.kinds import LetterKind, Voice
from appeals.models import CaseDocument, CaseEvent, Clinician, Letter
from tests.appeals.clinics.building import reopened
from tests.appeals.clinics.lettering import (
    begun,
    give_form,
    signed,
    user_of,
    written,
)
from tests.appeals.letters_pages import fields_of
from tests.policies.html import text_of

pytestmark = pytest.mark.django_db
Kind = CaseEvent.Kind
EARLIER = {
    "plan_name": "Aetna",
    "plan_address": "Aetna Precertification",
    "plan_fax": "617-555-0199",
    "reference_number": "PA-1",
}


def tell(opened: OpenCase, letter: Letter, by: User, **facts: str) -> None:
    change_letter(
        reopened(opened),
        letter,
        record_of(opened, letter),
        facts,
        clinician=letter.clinician,
        based_on=letter.counter,
        on=timezone.localdate(),
        by=by,
    )
    letter.refresh_from_db()


def notified(answers: str, *numbers: str, **contact: str) -> Happened:
    notice = Notice(notice_on=timezone.localdate())
    denial = Denial(notice=notice, answers=answers, reference_numbers=numbers)
    return Happened(denial=denial, contact=Contact(**contact))


def deny(opened: OpenCase, by: User, *numbers: str, **contact: str) -> None:
    now, on = reopened(opened), timezone.localdate()
    happened = notified(FIRST_DECISION, *numbers, **contact)
    for kind, told in ((Kind.SUBMITTED, None), (Kind.DENIED, happened)):
        now = move_case(now, kind, on=on, today=on, based_on=now.case.counter, by=by, happened=told)


def facts_of(opened: OpenCase, letter: Letter) -> dict[str, Any]:
    return dict(written(opened, letter).told)


def test_an_appeal_takes_its_address_from_the_notice_and_not_from_an_earlier_letter(
    opened: OpenCase, alex: Clinician, biller: User
) -> None:
    request = begun(opened, alex, kind=LetterKind.PRIOR_AUTHORIZATION, by=biller)
    tell(opened, request, biller, **EARLIER)
    deny(opened, biller, "D-9", plan="Aetna Appeals", address="PO Box 9", fax="617-555-0111")
    appeal = begun(opened, alex, kind=LetterKind.INTERNAL_APPEAL, by=biller)
    told = facts_of(opened, appeal)
    assert told["plan_address"] == "PO Box 9"
    assert told["plan_fax"] == "617-555-0111"
    assert told["reference_number"] == "D-9"
    assert told["plan_name"] == "Aetna Appeals"
    assert told["notice_on"] == timezone.localdate()
    before = facts_of(opened, request)
    assert before["plan_address"] == "Aetna Precertification"
    assert before["plan_fax"] == "617-555-0199"


def test_what_the_notice_does_not_name_is_missing_in_the_appeal(
    opened: OpenCase, alex: Clinician, biller: User
) -> None:
    request = begun(opened, alex, kind=LetterKind.PRIOR_AUTHORIZATION, by=biller)
    tell(opened, request, biller, **EARLIER)
    deny(opened, biller)
    appeal = begun(opened, alex, kind=LetterKind.INTERNAL_APPEAL, by=biller)
    missing = {one.id for one in written(opened, appeal).content.gaps}
    assert {"plan_address", "reference_number", "delivery"} <= missing


def test_what_is_typed_for_one_notice_is_not_said_of_the_next(
    opened: OpenCase, alex: Clinician, biller: User
) -> None:
    deny(opened, biller, "D-9", address="PO Box 9")
    appeal = begun(opened, alex, kind=LetterKind.INTERNAL_APPEAL, by=biller)
    tell(opened, appeal, biller, plan_address="PO Box 8", delivery="portal")
    assert facts_of(opened, appeal)["plan_address"] == "PO Box 8"
    now, on = reopened(opened), timezone.localdate()
    upheld = notified(LATER_DECISION, "U-1", address="Level 2")
    for kind, told in ((Kind.APPEALED, None), (Kind.UPHELD, upheld)):
        now = move_case(
            now, kind, on=on, today=on, based_on=now.case.counter, by=biller, happened=told
        )
    later = facts_of(opened, appeal)
    assert (later["plan_address"], later["reference_number"]) == ("Level 2", "U-1")
    assert "delivery" not in later


@pytest.mark.parametrize(
    ("kind", "voice"),
    [
        (LetterKind.CORRECTED_CLAIM, Voice.CLINICIAN),
        (LetterKind.OUT_OF_NETWORK_CLAIM, Voice.PATIENT),
    ],
)
def test_a_claim_does_not_go_to_the_address_for_appeals(
    opened: OpenCase, alex: Clinician, biller: User, kind: LetterKind, voice: Voice
) -> None:
    deny(opened, biller, "D-9", address="PO Box 9", fax="617-555-0111")
    letter = begun(opened, alex, kind=kind, voice=voice, by=biller)
    assert "plan_address" not in facts_of(opened, letter)
    tell(opened, letter, biller, plan_address="Claims, PO Box 3")
    appeal = begun(opened, alex, kind=LetterKind.INTERNAL_APPEAL, by=biller)
    assert facts_of(opened, letter)["plan_address"] == "Claims, PO Box 3"
    assert facts_of(opened, appeal)["plan_address"] == "PO Box 9"


def test_an_address_that_is_not_the_notice_s_is_told_at_its_field(
    desk: Client, opened: OpenCase, alex: Clinician, biller: User
) -> None:
    deny(opened, biller, "D-9", address="PO Box 9\nDayton", fax="617-555-0111")
    appeal = begun(opened, alex, kind=LetterKind.INTERNAL_APPEAL, by=biller)
    place = reverse("clinics:letter", args=[opened.case.clinic_id, opened.case.pk, appeal.pk])
    page = desk.get(place)
    assert "The newest notice says otherwise" not in text_of(page)
    sent = fields_of(page, "letter") | {"told-plan_address": "PO Box 8"}
    assert desk.post(place, sent).status_code == 302
    text = text_of(desk.get(place))
    assert "The newest notice says otherwise: PO Box 9, Dayton" in text
    assert "Not as on the newest notice: The address for appeals" in text
    request = begun(opened, alex, kind=LetterKind.PRIOR_AUTHORIZATION, by=biller)
    place = reverse("clinics:letter", args=[opened.case.clinic_id, opened.case.pk, request.pk])
    assert "newest notice" not in text_of(desk.get(place))


def test_a_continuation_keeps_no_number_of_an_old_notice(opened: OpenCase, biller: User) -> None:
    made = begin_continuation(opened, on=timezone.localdate(), by=biller)
    assert made.content.told["plan_address"] == "PO Box 1"
    assert made.content.told.keys().isdisjoint({"reference_number", "notice_on"})
    assert made.content.told_for == {}


# Once it is signed


def test_where_a_signed_letter_goes_never_changes(
    desk: Client, opened: OpenCase, alex: Clinician, biller: User, form: CaseDocument
) -> None:
    draft = begun(opened, alex, by=biller)
    tell(opened, draft, biller, plan_fax="617-555-0111")
    letter = signed(opened, draft, alex)
    other = begun(opened, alex, by=biller)
    tell(opened, other, biller, plan_fax="617-555-0199", plan_name="Other", delivery="portal")
    deny(opened, biller, "D-9", plan="Third", address="PO Box 9", fax="617-555-0222")
    Clinician.objects.filter(pk=alex.pk).update(name="Renamed", phone="617-555-0333")
    address = whole_address_of(letter, reopened(opened))
    assert (address.name, address.lines) == ("Acme", "PO Box 1")
    assert (address.fax, address.way) == ("617-555-0111", "fax")
    place = reverse(
        "clinics:letter_packet", args=[opened.case.clinic_id, opened.case.pk, letter.pk]
    )
    cover = PdfReader(BytesIO(desk.get(place).content)).pages[0].extract_text()
    for kept in ("Fax cover sheet", "Acme", "617-555-0111", "Dr. Alex Sample, MD"):
        assert kept in cover
    for later in ("Other", "Third", "617-555-0199", "617-555-0222", "Renamed", "617-555-0333"):
        assert later not in cover


def test_a_packet_that_lacks_one_of_the_documents_that_were_enclosed_is_not_made(
    desk: Client, opened: OpenCase, alex: Clinician, biller: User, form: CaseDocument
) -> None:
    second = give_form(opened, biller, name="A second sheet")
    letter = signed(opened, begun(opened, alex, by=biller), alex)
    args = [opened.case.clinic_id, opened.case.pk]
    desk.post(reverse("clinics:document_remove", args=[*args, second.pk]))
    answer = desk.get(reverse("clinics:letter_packet", args=[*args, letter.pk]), follow=True)
    assert "documents that the letter encloses were removed" in text_of(answer)


def test_a_letter_signed_before_its_way_was_kept_still_matches_its_signature(
    opened: OpenCase, alex: Clinician, form: CaseDocument
) -> None:
    letter = signed(opened, begun(opened, alex, by=user_of(alex)), alex)
    record = record_of(opened, letter)
    assert record.signed is not None
    assert record.signed.going is not None
    old = replace(record, signed=replace(record.signed, going=None))
    assert "going" not in to_plain(old)["signed"]
    at = timezone.now() - dt.timedelta(days=1)
    put_signature(opened, letter, old, by=user_of(alex), at=at)
    assert is_genuine(opened, letter)
    assert record_of(opened, letter) == old
    assert whole_address_of(letter, reopened(opened)).lines == "PO Box 1"
