"""What is found in a notice: the fields, where each stands, and how sure we are."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal


class Kind(StrEnum):
    """What a notice is; the same words stand in refusals, approvals, bills and receipts."""

    DENIAL = "denial"
    PARTIAL_DENIAL = "partial_denial"
    UPHELD_APPEAL = "upheld_appeal"
    EXTERNAL_DECISION = "external_decision"
    APPROVAL = "approval"
    BILL = "bill"
    APPEAL_RECEIPT = "appeal_receipt"
    RECORDS_REQUEST = "records_request"
    PAID_CLAIM = "paid_claim"
    UNCLEAR = "unclear"

    @property
    def refuses(self) -> bool:
        """Whether something asked for was refused; an external decision may be either."""
        return self in (
            Kind.DENIAL,
            Kind.PARTIAL_DENIAL,
            Kind.UPHELD_APPEAL,
            Kind.EXTERNAL_DECISION,
        )


class HowSure(StrEnum):
    """Never certain: the person who holds the letter confirms."""

    LIKELY = "likely"
    UNSURE = "unsure"


class FieldName(StrEnum):
    KIND = "kind"
    NOTICE_ON = "notice_on"
    REFERENCE_NUMBER = "reference_number"
    MEMBER_ID = "member_id"
    PLAN = "plan"
    ADMINISTRATOR = "administrator"
    APPEAL_PHONE = "appeal_phone"
    APPEAL_FAX = "appeal_fax"
    APPEAL_ADDRESS = "appeal_address"
    LEVEL = "level"
    IS_URGENT = "is_urgent"
    REASON = "reason"
    CARC = "carc"
    RARC = "rarc"
    DEADLINE = "deadline"


class Level(StrEnum):
    """Which decision a refusal is: the first, or the answer to an appeal."""

    INITIAL = "initial"
    INTERNAL_1 = "internal_1"
    INTERNAL_2 = "internal_2"
    EXTERNAL = "external"


class Note(StrEnum):
    """Why a find is not sure, in words that a page can show or translate."""

    NONE = ""
    OTHER_DATE = "another date is near"
    OTHER_NUMBER = "the letter prints more than one such number"
    OTHER_LIMIT = "the letter prints more than one time limit"
    ONLY_A_CODE = "only a code says so; a code alone does not settle the reason"
    NO_CLEAR_WORDS = "the letter does not say it in so many words"


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """Words `first` to `last`, both included, of one line; the page counts from 1."""

    page: int
    line: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class PrintedDeadline:
    """The limit as the letter prints it: a calendar day, or an amount and where it starts."""

    on: dt.date | None = None
    amount: int | None = None
    unit: Literal["days", "months"] | None = None
    starts: Literal["receipt", "notice_date", "other"] | None = None


@dataclass(frozen=True, slots=True)
class Find:
    """One thing the letter says; the lines of an address are joined by line breaks."""

    field: FieldName
    value: str
    spots: tuple[Spot, ...]
    sureness: HowSure = HowSure.LIKELY
    note: str = ""
    deadline: PrintedDeadline | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """All finds of one letter, the likelier first within a field."""

    finds: tuple[Find, ...] = field(default=())
    language: Literal["en", "es"] = "en"
    # Its end was not looked at.
    is_cut: bool = False

    def first(self, name: FieldName) -> Find | None:
        return next((one for one in self.finds if one.field is name), None)

    def all(self, name: FieldName) -> tuple[Find, ...]:
        return tuple(one for one in self.finds if one.field is name)
