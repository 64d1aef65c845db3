"""What the codes on a payment notice hint at: a code alone never settles a reason."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from appeals.law.files import LawReader, read_data
from appeals.law.reasons import ReasonId, denial_reasons


class CodeKind(StrEnum):
    """What a code is to us; an old one is known when it is read, and never printed."""

    HINT = "hint"
    CONTRACT_ADJUSTMENT = "contract_adjustment"
    OLD = "old"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class OldCode:
    """A code no longer in use, and those that took its place, where that was read."""

    code: str
    became: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Codes:
    """What holds for codes in general; `remarks` are those of the other list (RARC)."""

    rules: tuple[str, ...]
    want_remark: frozenset[str]
    contract_adjustments: frozenset[str]
    old: Mapping[str, OldCode]
    remarks: Mapping[str, str]
    list_owner: str
    sources: tuple[str, ...]
    read_on: dt.date


@dataclass(frozen=True, slots=True)
class CodeHint:
    """The reasons that a code may stand for; several, or one that the notice's words may deny."""

    code: str
    kind: CodeKind
    reasons: tuple[ReasonId, ...]
    wants_remark: bool

    @property
    def is_ambiguous(self) -> bool:
        return len(self.reasons) > 1


def code_hint(code: str) -> CodeHint:
    """What a claim adjustment reason code (CARC) hints at.

    >>> code_hint("45").kind, code_hint("45").reasons
    (<CodeKind.CONTRACT_ADJUSTMENT: 'contract_adjustment'>, ())
    """
    data = codes()
    if code in data.contract_adjustments:
        return CodeHint(code, CodeKind.CONTRACT_ADJUSTMENT, (), wants_remark=False)
    if code in data.old:
        return CodeHint(code, CodeKind.OLD, _reasons_of(data.old[code].became), wants_remark=False)
    reasons = _reasons_of((code,))
    kind = CodeKind.HINT if reasons else CodeKind.UNKNOWN
    return CodeHint(code, kind, reasons, wants_remark=code in data.want_remark)


def remark_hint(code: str) -> CodeHint:
    """What a remark code (RARC) hints at."""
    reasons = tuple(one.id for one in denial_reasons().values() if code in one.rarc)
    kind = CodeKind.HINT if reasons else CodeKind.UNKNOWN
    return CodeHint(code, kind, reasons, wants_remark=False)


def _reasons_of(wanted: tuple[str, ...]) -> tuple[ReasonId, ...]:
    return tuple(
        reason.id
        for reason in denial_reasons().values()
        if any(one.code in wanted for one in reason.carc)
    )


@cache
def codes() -> Codes:
    return read_data("denial_codes.yaml", read_codes)


def read_codes(data: object) -> Codes:
    """Read the file of codes; InputError names every fault by place."""
    reader = CodeReader()
    entries = reader.mapping(data, "", Codes.__dataclass_fields__)
    found = Codes(
        rules=reader.texts(entries, "rules", ""),
        want_remark=frozenset(reader.texts(entries, "want_remark", "")),
        contract_adjustments=frozenset(reader.texts(entries, "contract_adjustments", "")),
        old={one.code: one for one in reader.listed(entries, "old", "", reader.old)},
        remarks=dict(reader.listed(entries, "remarks", "", reader.remark)),
        list_owner=reader.url(entries, "list_owner", ""),
        sources=reader.urls(entries, "sources", ""),
        read_on=reader.required_date(entries, "read_on", "").first_day,
    )
    reader.raise_faults()
    return found


class CodeReader(LawReader):
    """Reads what is said of codes."""

    def old(self, data: object, place: str) -> OldCode:
        entries = self.mapping(data, place, ("code", "became"))
        return OldCode(
            code=self.text(entries, "code", place, wanted="the number, in quotes"),
            became=self.texts(entries, "became", place),
        )

    def remark(self, data: object, place: str) -> tuple[str, str]:
        entries = self.mapping(data, place, ("code", "means"))
        return (
            self.text(entries, "code", place, wanted="the code, as M76"),
            self.text(entries, "means", place, wanted="our short words for it"),
        )
