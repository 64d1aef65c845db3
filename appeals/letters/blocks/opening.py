"""How a letter opens: who writes to whom, about what, with the numbers that find the file."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from appeals.letters.blocks.parts import Writer, lines_of, name_of_writer
from appeals.letters.content import Basis, Element, Facts, Lines, Origin, Paragraph, Told
from appeals.letters.draft import Draft
from appeals.letters.kinds import LetterKind, Voice
from appeals.letters.saying import Words, line, say
from policies.language import said
from policies.wording.dates import date

# What finds the file, in the order of a reference block: the fact, and how it is called.
REFERENCE = {
    "policyholder_name": N_("Policyholder"),
    "member_id": N_("Member ID"),
    "group_number": N_("Group number"),
    "reference_number": N_("Claim or authorization number"),
    "authorization_number": N_("Authorization number"),
    "notice_on": N_("Date of denial"),
    "service_on": N_("Dates of service"),
    "codes": N_("Codes"),
}


def sender(draft: Draft) -> Iterator[Element]:
    """The writer's address; a clinician's is the letterhead of the practice."""
    names = {
        Voice.PATIENT: ("patient_name", "patient_address", "patient_phone"),
        Voice.PARENT: ("writer_name", "writer_address", "writer_phone"),
        Voice.REPRESENTATIVE: ("writer_name", "writer_address", "writer_phone"),
        Voice.CLINICIAN: (
            "practice_name",
            "clinician_name",
            "clinician_specialty",
            "clinician_address",
            "clinician_phone",
        ),
    }[draft.case.voice]
    told = [draft.known(one) for one in names]
    found = [one for each in told if each is not None for one in lines_of(each)]
    npi = draft.wanted("clinician_npi") if draft.is_clinician else None
    if npi is not None:
        found.append(say(_("NPI %(npi)s"), npi=npi))
    yield Lines(tuple(found) or (line(name_of_writer(draft)),))


def day(draft: Draft) -> Iterator[Element]:
    """The date of the letter."""
    today = Told(date(draft.case.on), (Basis(Origin.FACT, "on"),))
    yield Lines((line(today),))


def recipient(draft: Draft) -> Iterator[Element]:
    """To whom, exactly as on the notice, and how it is sent."""
    if draft.case.kind in (LetterKind.EXTERNAL_REVIEW, LetterKind.COMPLAINT):
        names = ["regulator_name", "regulator_address"]
    else:
        names = ["plan_name", "plan_address"]
    found = [
        one
        for name in names
        if (words := draft.wanted(name)) is not None
        for one in lines_of(words)
    ]
    fax = draft.known("plan_fax") if "plan_name" in names else None
    if fax is not None:
        found.append(say(_("Fax %(fax)s"), fax=fax))
    delivery = draft.wanted("delivery")
    if delivery is not None:
        found.append(line(delivery))
    yield Lines(tuple(found))


def subject(draft: Draft) -> Iterator[Element]:
    """What it is, in one strong line; an urgent one says so first."""
    title = draft.form(said(draft.plan.title))
    if draft.case.is_expedited:
        urgent = say(_("EXPEDITED"), Basis(Origin.FACT, "is_expedited"))
        yield Lines((urgent, title), is_strong=True)
    else:
        yield Lines((title,), is_strong=True)


def reference(draft: Draft) -> Iterator[Element]:
    """What finds the file: the member, the numbers, the service, the clinician, the notice."""
    rows: list[tuple[str, Words]] = [(_("Patient"), draft.patient)]
    born = draft.wanted("patient_born_on")
    if born is not None:
        rows.append((_("Date of birth"), born))
    for name, label in REFERENCE.items():
        words = draft.wanted(name)
        if words is not None:
            rows.append((_(label), words))
    service = draft.treatment
    # A request for papers alone need not name the treatment.
    if isinstance(service, Told) or draft.is_asked("stated_reason") or draft.is_asked("dose"):
        rows.append((_("Service"), service))
    result = [(label, line(words)) for label, words in rows]
    clinician = draft.wanted("clinician_name")
    if clinician is not None and not draft.is_clinician:
        phone = draft.wanted("clinician_phone")
        who = line(clinician)
        if phone is not None:
            who = say("%(name)s, %(phone)s", name=clinician, phone=phone)
        result.append((_("Treating clinician"), who))
    yield Facts(tuple(result))


def greeting(draft: Draft) -> Iterator[Element]:
    """To nobody by name: whoever reviews it."""
    text = {
        LetterKind.EXTERNAL_REVIEW: _("To the independent reviewer:"),
        LetterKind.COMPLAINT: _("To the agency:"),
        LetterKind.EMPLOYER_EXCEPTION: _("To the benefits office:"),
    }.get(draft.case.kind, _("To the reviewer:"))
    yield Paragraph((draft.form(text),))


BLOCKS: dict[str, Writer] = {
    "sender": sender,
    "date": day,
    "recipient": recipient,
    "subject": subject,
    "reference": reference,
    "greeting": greeting,
}
