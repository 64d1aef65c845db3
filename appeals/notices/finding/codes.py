"""Claim codes as a remittance or an explanation of benefits prints them."""

import re
from collections.abc import Iterator

from appeals.notices.finding.finds import FieldName, Find, Spot
from appeals.notices.finding.notice import Notice

# The group says who pays the difference: contract, patient, other, payer.
_GROUPED = re.compile(
    r"(?<![\w-])(?:co|pr|oa|pi|cr)[ \-/]{0,2}(?P<code>[1-9]\d{0,2}|[abdpwy]\d{1,2})(?!\w|\.\d)"
)
_NAMED = re.compile(
    r"\b(?:carc|claim adjustment reason codes?|adjustment reason codes?|adjustment codes?"
    r"|reason codes?|group/reason|denial codes?|codigos? de (?:ajuste|motivo|razon))[ :#\n]{1,3}"
    r"(?P<codes>(?:(?:co|pr|oa|pi)[ -])?[1-9]\d{0,2}(?:(?:, ?| and | & | ?/ ?)[1-9]\d{0,2})*)"
    r"(?![\w.,]\w)"
)
_REMARK = re.compile(r"(?<![\w.-])(?P<code>ma\d{2,3}|n\d{1,3}|m\d{1,3})(?!\w|\.\d|-\d)")
# How far from a remark code its heading or the reason's code may stand.
NEAR = 60


def codes(notice: Notice) -> Iterator[Find]:
    """Numbers alone: their official wording is not ours to print."""
    found: dict[tuple[FieldName, str], list[Spot]] = {}
    for match in _GROUPED.finditer(notice.text):
        _keep(notice, found, FieldName.CARC, match.start("code"), match.end("code"))
    for match in _NAMED.finditer(notice.text):
        for one in re.finditer(r"\d{1,3}", match["codes"]):
            start = match.start("codes") + one.start()
            _keep(notice, found, FieldName.CARC, start, start + len(one.group()))
    for match in _REMARK.finditer(notice.text):
        if _is_remark(notice, match):
            _keep(notice, found, FieldName.RARC, match.start(), match.end())
    for (field, value), spots in found.items():
        yield Find(field, value, tuple(dict.fromkeys(spots)))


def _keep(
    notice: Notice,
    found: dict[tuple[FieldName, str], list[Spot]],
    field: FieldName,
    start: int,
    end: int,
) -> None:
    value = notice.text[start:end].upper()
    found.setdefault((field, value), []).extend(notice.places.spots(start, end))


def _is_remark(notice: Notice, match: re.Match[str]) -> bool:
    """Whether a reason's code or a heading of remarks is near: M79 is an illness too."""
    before = notice.text[max(match.start() - NEAR, 0) : match.start()].split("\n\n")[-1]
    near = before + notice.text[match.start() : match.end() + NEAR].split("\n\n")[0]
    if re.search(r"\b(?:rarc|remark|observacion)", near) or _GROUPED.search(near):
        return True
    cell = notice.places.cell_at(match.start())
    row = " ".join(notice.places.of(one) for one in notice.places.row_of(cell))
    if _GROUPED.search(row) or re.search(r"\b(?:rarc|remark)", row):
        return True
    return any(
        re.search(r"\b(?:rarc|remark)", notice.places.of(one))
        for one in notice.places.above(cell, far=12)
    )
