"""Whom a letter goes to, and how: what sets its place in the mail and its separator sheet."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from appeals.clinics.casework import OpenCase, happened_in
from appeals.clinics.content import ContentError
from appeals.clinics.letters.drafting import record_of
from appeals.clinics.letters.records import GoingRecord
from appeals.denied import Contact
from appeals.letters.facts import letter_facts
from appeals.letters.kinds import LetterKind
from appeals.models import CaseEvent, Letter
from appeals.sealing import SealError

NOT_TOLD = "Not told: see the case"
# Those that do not go to the plan, and the facts that name where they go.
ELSEWHERE: Mapping[str, tuple[str, str]] = {
    LetterKind.COMPLAINT: ("regulator_name", "regulator_address"),
    LetterKind.EMPLOYER_EXCEPTION: ("employer_name", "employer_contact"),
}


@dataclass(frozen=True, slots=True)
class Address:
    """Where a letter goes; `way` is one of the choices of how it is sent, or empty."""

    name: str
    lines: str = ""
    fax: str = ""
    way: str = ""

    @property
    def way_told(self) -> str:
        """How it is sent, in words."""
        return letter_facts()["delivery"].choices.get(self.way, NOT_TOLD)

    @property
    def in_mail(self) -> tuple[int, str, str]:
        """Its place in the mail: what is sent in one way to one place lies together."""
        ways = list(letter_facts()["delivery"].choices)
        way = ways.index(self.way) if self.way in ways else len(ways)
        return way, self.name.casefold(), self.lines.casefold()


def address_of(letter: Letter, opened: OpenCase) -> Address:
    """As it was signed; of a letter signed before that was kept, as the case tells it."""
    if (going := _signed_to(letter, opened)) is not None:
        return Address(going.recipient or NOT_TOLD, going.lines, going.fax, going.way)
    told = opened.content.told
    way = told.get("delivery", "")
    if letter.kind in ELSEWHERE:
        name, lines = (told.get(one, "") for one in ELSEWHERE[letter.kind])
        return Address(name or NOT_TOLD, lines, way=way)
    case = opened.case
    payer = case.insurer.name if case.insurer else case.payer_name
    name = told.get("plan_name") or payer or NOT_TOLD
    return Address(name, told.get("plan_address", ""), told.get("plan_fax", ""), way)


def _signed_to(letter: Letter, opened: OpenCase) -> GoingRecord | None:
    try:
        signed = record_of(opened, letter).signed
    except (SealError, ContentError):
        return None  # it has its place in the list, and is told there as what can't be opened
    return signed.going if signed is not None else None


def whole_address_of(letter: Letter, opened: OpenCase) -> Address:
    """The same, and what the case does not tell as the last denial's notice does."""
    address = address_of(letter, opened)
    if letter.kind in ELSEWHERE or _signed_to(letter, opened) is not None:
        return address
    contact = last_contact(opened)
    return replace(address, lines=address.lines or contact.address, fax=address.fax or contact.fax)


def last_contact(opened: OpenCase) -> Contact:
    """Whom the last denial's notice names."""
    denials = opened.case.events.filter(kind=CaseEvent.Kind.DENIED)
    last = denials.order_by("-on", "-at").first()
    return happened_in(opened, last).contact if last else Contact()
