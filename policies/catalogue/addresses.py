"""Where an insurer takes a kind of request, as a source prints it, and what such things look like.

One address for each insurer would be wrong: they differ by plan.
"""

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

from policies.catalogue.sources import PrintedDate, ReadingKind
from policies.situation import LineOfBusiness

_NUMBER = r"(?:\+?1[-. ]?)?(?:\(\d{3}\) ?|\d{3}[-. ]?)\d{3}[-. ]?\d{4}"
_FAX = re.compile(_NUMBER)
_PHONE = re.compile(rf"{_NUMBER}(?:,? (?:ext\.?|extension|option|x) ?\d{{1,6}})?", re.IGNORECASE)
_WEB = re.compile(r"https?://[^\s<>\"]+\.[^\s<>\"]+")
# A last line as the mail wants it: place, state, ZIP.
_LAST_LINE = re.compile(r".*\b[A-Z]{2},? +\d{5}(-\d{4})?")
MOST_LINES = 8
LONGEST_LINE = 100


class AddressUse(StrEnum):
    """What is sent to an address, or asked there."""

    PRIOR_AUTHORIZATION = "prior_authorization"
    APPEAL = "appeal"
    EXPEDITED_APPEAL = "expedited_appeal"
    PEER_TO_PEER = "peer_to_peer"
    DOCUMENTS = "documents"

    @property
    def label(self) -> str:
        return {
            "prior_authorization": "Prior authorization",
            "appeal": "Appeal",
            "expedited_appeal": "Expedited appeal",
            "peer_to_peer": "Peer-to-peer call",
            "documents": "Request for documents",
        }[self]


class Benefit(StrEnum):
    """The part of a plan under which a treatment is paid, which may be run by another company."""

    MEDICAL = "medical"
    PHARMACY = "pharmacy"
    BEHAVIORAL = "behavioral"

    @property
    def label(self) -> str:
        return {
            "medical": "Medical",
            "pharmacy": "Pharmacy",
            "behavioral": "Behavioral health",
        }[self]


@dataclass(frozen=True, slots=True)
class AppealAddress:
    """Where an insurer takes one kind of request, for some lines and states.

    `states` empty means the whole country, `benefit` None any of them. `ended_on` is the day from
    which it no longer holds.
    """

    insurer: str
    use: AddressUse
    lines_of_business: tuple[LineOfBusiness, ...]
    source_url: str
    source_kind: ReadingKind
    read_on: PrintedDate
    read_by: str
    benefit: Benefit | None = None
    states: tuple[str, ...] = ()
    postal: tuple[str, ...] = ()
    fax: str = ""
    phone: str = ""
    web: str = ""
    note: str = ""
    printed: PrintedDate | None = None
    ended_on: dt.date | None = None

    @property
    def leads_to(self) -> tuple[tuple[str, ...], str, str, str]:
        """Where what is sent arrives."""
        return self.postal, self.fax, self.phone, self.web

    @property
    def is_for(self) -> tuple[object, ...]:
        """Whose requests it takes, the order of what is listed aside."""
        return (
            self.insurer,
            self.use,
            self.benefit,
            frozenset(self.lines_of_business),
            frozenset(self.states),
        )

    def is_same_as(self, other: "AppealAddress") -> bool:
        """Whether both tell of one place for the same requests; what was read of it may differ."""
        return (self.is_for, self.leads_to) == (other.is_for, other.leads_to)

    def faults(self) -> dict[str, str]:
        """What does not look as such a thing does, by the name of its field."""
        found = {
            "postal": postal_fault(self.postal),
            "fax": number_fault(self.fax, is_fax=True),
            "phone": number_fault(self.phone),
            "web": web_fault(self.web),
            "source_url": web_fault(self.source_url),
        }
        if not any(self.leads_to):
            found["postal"] = "give an address, a fax, a phone number or a web form"
        return {name: text for name, text in found.items() if text}


def number_fault(text: str, *, is_fax: bool = False) -> str:
    """Why a text is no number to call or to fax; empty where it is one, or nothing.

    >>> number_fault("1-800-555-0100"), number_fault("(617) 555-0100 ext. 12")
    ('', '')
    >>> number_fault("555-0100")
    "'555-0100' is not a number like 1-800-555-0100; give it with its area code, in digits"
    """
    wanted = _FAX if is_fax else _PHONE
    if not text or wanted.fullmatch(text):
        return ""
    return f"{text!r} is not a number like 1-800-555-0100; give it with its area code, in digits"


def postal_fault(lines: tuple[str, ...]) -> str:
    """Why lines are no address in the United States; empty where they are one, or none.

    >>> postal_fault(("Appeals", "PO Box 1", "Springfield, IL 62701"))
    ''
    """
    if not lines:
        return ""
    if len(lines) > MOST_LINES or any(len(line) > LONGEST_LINE for line in lines):
        return f"more than {MOST_LINES} lines, or one longer than {LONGEST_LINE} characters"
    if len(lines) < 2 or not _LAST_LINE.fullmatch(lines[-1]):
        return "end with place, state and ZIP on a line of their own, as Springfield, IL 62701"
    return ""


def web_fault(text: str) -> str:
    """Why a text is no web address; empty where it is one, or nothing."""
    if not text or _WEB.fullmatch(text):
        return ""
    return f"{text!r} is not an address like https://example.org/appeals"
