"""A day at a clinic, through its pages, in which whatever tells of the patient bears a mark."""

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from appeals.clinics.casework import open_case
from appeals.models import Case, CaseEvent, Clinic, Letter, Patient, Role
from tests.appeals.clinics.building import make_clinic, make_member, make_pdf, make_signed_letter
from tests.appeals.clinics.ruling import SEVERE_ADULTS, begin_rule
from tests.appeals.letter_files import LETTER, letter_content, pdf
from tests.appeals.letters_pages import fields_of
from tests.appeals.working import work_off
from tests.coverage_site.signing_in import SIGN_IN

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

MARK = "qwmark"
BORN, PHONE = "1931-07-19", "555-0177"
MARKS = (MARK, BORN, PHONE)
WHO = {
    "patient-family_name": "Qwmarkfamily",
    "patient-given_name": "Qwmarkgiven",
    "patient-birth_on": BORN,
    "patient-member_id": "QWMARK-77",
    "patient-group": "Qwmarkgroup",
    "patient-phone": PHONE,
    "patient-address": "1 Qwmark Street",
    "patient-note": "Qwmark lives with her sister",
}
LAW = {"kind-source": "job", "kind-payer": "employer", "kind-grandfathered": "no"}


@dataclass
class MarkedDay:
    """A clinic with an admin signed in, and what its pages answered."""

    client: Client
    clinic: Clinic
    pages: list["Response"]

    def post(self, name: str, data: dict[str, Any], *ids: object, expect: int = 302) -> "Response":
        """Send a form to one of the clinic's addresses."""
        page = self.client.post(reverse(f"clinics:{name}", args=[self.clinic.pk, *ids]), data)
        assert page.status_code == expect, (name, page.status_code)
        self.pages.append(page)
        return page

    def get(self, name: str, *ids: object) -> "Response":
        page = self.client.get(reverse(f"clinics:{name}", args=[self.clinic.pk, *ids]))
        assert page.status_code == 200, (name, page.status_code)
        return page

    @property
    def patient(self) -> Patient:
        return Patient.objects.get()

    @property
    def case(self) -> Case:
        return Case.objects.select_related("patient__clinic").get()

    def look_everywhere(self) -> None:
        """Open each page that shows something of the patient."""
        for name in ("clinic", "print", "log", "people_log", "old_cases", "settings"):
            self.get(name)
        for name in ("case", "documents", "letters"):
            self.get(name, self.case.pk)
        self.get("patient", self.patient.pk)
        self.get("patient_delete", self.patient.pk)


def marked_file(name: str = "qwmark.pdf", *lines: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, make_pdf("Qwmark chart"), "application/pdf")


def begin_day() -> MarkedDay:
    """A clinic, its admin, and a rule to hold a case against."""
    begin_rule(SEVERE_ADULTS)
    clinic = make_clinic()
    client = Client()
    client.force_login(make_member(clinic, Role.ADMIN, "admin"))
    return MarkedDay(client, clinic, [])


def live_through(day: MarkedDay) -> None:
    """Have a case begun, filled, denied, documented, written and printed."""
    begin(day)
    fill(day)
    hear_of_a_denial(day)
    gather(day)
    write(day)
    keep(day)


def begin(day: MarkedDay) -> None:
    """Write the patient down, first wrong; search for them, also without luck."""
    wrong = WHO | {"go": "new", "patient-member_id": "QWMARK*77"}
    day.post("begin", wrong, expect=422)
    day.post("begin", WHO | {"go": "new"})
    for text in ("Qwmarkfamily", "QWMARK-77", BORN, "Qwmarknobody"):
        day.post("begin", {"go": "search", "text": text}, expect=200)
        day.post("search", {"text": text}, expect=200)
    day.post("view_save", {"name": "Overdue", "due": "overdue"})
    day.post("patient", WHO | {"based_on": "7"}, day.patient.pk, expect=422)
    day.post("patient", WHO | {"based_on": "0"}, day.patient.pk)


def fill(day: MarkedDay) -> None:
    """Fill the case, at first in a way that has to be put right, and take a note."""
    page = day.get("case", day.case.pk)
    told = LAW | {
        "go": "save",
        "plan-treatment": "iv_ketamine",
        "plan-other_insurer": "Qwmark Mutual Administrators",
        "tried-0-drug": "Qwmarkmedicine",
        "tried-0-kind": "antidepressant",
        "tried-0-weeks": "8",
    }
    sent = fields_of(page, "case-form") | told
    day.post("case", sent | {"answers-age": "two"}, day.case.pk, expect=422)
    day.post("case", sent, day.case.pk)
    day.post("case", sent, day.case.pk, expect=409)  # somebody else was first
    day.post("case_note", {"note-text": "Qwmark called"}, day.case.pk)
    due = {"due_on": "2027-01-04", "based_on": day.case.counter}
    day.post("case_due", due, day.case.pk)


def happened(day: MarkedDay, kind: str, **fields: Any) -> None:
    place = reverse("clinics:case_happened", args=[day.clinic.pk, day.case.pk, kind])
    sent = fields_of(day.client.get(place), "happened")
    day.post("case_happened", sent | {"go": "record"} | fields, day.case.pk, kind)


def hear_of_a_denial(day: MarkedDay) -> None:
    """Read a scanned notice, and record what it says."""
    happened(day, CaseEvent.Kind.SUBMITTED, **{"move-text": "Qwmark by fax"})
    kind = CaseEvent.Kind.DENIED
    place = reverse("clinics:case_happened", args=[day.clinic.pk, day.case.pk, kind])
    today = timezone.localdate()
    told = f"{today:%B} {today.day}, {today.year}"
    lines = ["Qwmarkfamily", *(line.replace("March 14, 2026", told) for line in LETTER)]
    notice = SimpleUploadedFile("qwmark.pdf", pdf(letter_content(lines)), "application/pdf")
    sent = fields_of(day.client.get(place), "happened") | {"go": "read", "file": notice}
    read = day.client.post(place, sent)
    assert read.status_code == 200
    fields = fields_of(read, "happened") | {
        "notice-is_date_checked": "on",
        "notice-reasons": ["not_medically_necessary"],
        "notice-reference_numbers": "QWMARK-REF",
        "notice-plan": "Qwmark plan",
        "move-text": "Qwmark is upset",
        "go": "record",
    }
    day.post("case_happened", fields, day.case.pk, kind)


def gather(day: MarkedDay) -> None:
    """Add documents: one is right, one is no document at all."""
    files = [marked_file(), SimpleUploadedFile("qwmark.exe", b"MZ qwmark")]
    day.post("documents_add", {"files": files, "whole": "1"}, day.case.pk, expect=422)
    document = day.case.documents.get()
    page = day.get("documents", day.case.pk).content.decode()
    state = page.partition(f'name="{document.pk}-state" value="')[2].partition('"')[0]
    row = {"name": "Qwmark PHQ-9", "on": "2026-05-03", "paper": "", "state": state}
    day.post(
        "documents_save", {f"{document.pk}-{name}": one for name, one in row.items()}, day.case.pk
    )


def write(day: MarkedDay) -> None:
    """Begin a letter and write in it; then print one that was signed, and look at the pages."""
    first = day.get("letters", day.case.pk)
    day.post("letters", fields_of(first, "id_clinician"), day.case.pk)
    draft = Letter.objects.get()
    sent = fields_of(day.get("letter", day.case.pk, draft.pk), "letter")
    day.post("letter", sent | {"told-patient_name": "Qwmarkfamily"}, day.case.pk, draft.pk)
    signed = make_signed_letter(open_case(day.case), pdf=make_pdf("Qwmark letter"))
    day.post("print", {"letter": str(signed.pk), "form": "pdf"})
    work_off()
    day.post("batch_file", {}, day.clinic.batches.get().pk, expect=200)
    day.post("print", {"letter": str(signed.pk), "form": "zip"})  # this one waits


def keep(day: MarkedDay) -> None:
    """Hold the record, let it go, take it out, and look at all pages."""
    day.post("patient_hold", {"hold-reason": "Qwmark sues"}, day.patient.pk)
    page = day.post("patient_record", {}, day.patient.pk, expect=200)
    zipped = ZipFile(BytesIO(b"".join(page.streaming_content)))  # type: ignore[attr-defined]
    record = zipped.read("record.json").decode().casefold()
    # All of it did come in: who it is, the case, the notice, the papers, the letter.
    for told in ("family", BORN, PHONE, "medicine", " called", "-ref", " phq-9", " is upset"):
        assert told in record
    assert record.count(MARK) > len(WHO)
    wrong = {"confirm-typed": "Qwmark", "shown": "x"}
    day.post("patient_delete", wrong, day.patient.pk, expect=422)
    day.look_everywhere()


def come_too_late(day: MarkedDay) -> None:
    """Send a marked case after the sign-in has ended."""
    address = reverse("clinics:case", args=[day.clinic.pk, day.case.pk])
    carried = f'["{address}", [["tried-0-drug", "Qwmarkmedicine"]], false]'
    late = Client()
    assert late.post(address, {"tried-0-drug": "Qwmarkmedicine"}).status_code == 403
    wrong = {"login": "nobody", "password": "wrong", "carried": carried}
    assert "Qwmarkmedicine" in late.post(SIGN_IN, wrong).content.decode()


def delete(day: MarkedDay) -> None:
    """Release the hold, and destroy the record."""
    day.post("patient_hold", {"to": "release"}, day.patient.pk)
    page = day.get("patient_delete", day.patient.pk).content.decode()
    shown = page.partition('name="shown" value="')[2].partition('"')[0]
    day.post("patient_delete", {"confirm-typed": "1", "shown": shown}, day.patient.pk)
