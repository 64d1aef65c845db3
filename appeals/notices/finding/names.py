"""Whose plan it is and who runs it: letterheads, labels, and "on behalf of"."""

import re
from collections.abc import Iterator, Sequence

from appeals.notices.finding.finds import FieldName, Find, HowSure, Kind
from appeals.notices.finding.layout import Cell
from appeals.notices.finding.letterhead import (
    Name,
    is_on_head,
    is_organization,
    letterhead,
    name_from,
)
from appeals.notices.finding.notice import Notice
from appeals.notices.finding.pieces import fold
from appeals.notices.finding.text import Span

# How far behind "the benefits of" a name may stand.
FURTHER = 80
# "A CMS contractor" and "Medical claims administered by" describe; the name stands above.
_DESCRIBES = re.compile(
    r"An?|Una?|(?:An?|Una?) .*|Regional|We|Sample|Your|The|Services|Contractor|For|Administrator"
    r"|(?:.* )?Board of Trustees"
    r"|Medical|Pharmacy|Prescription|Behavioral|Mental|Health|Claims|Benefits|Dental"
)
# Plans that others run for them: their letters have the administrator's letterhead.
_OF_A_GROUP = re.compile(
    r"\b(?:employees?|teachers|schools|retirees?|workers|trust|fund|county|welfare|union|group"
    r"|district|university|city of|state of)\b"
)
_STATE = re.compile(r"\b(?:state|department|commonwealth|county|division|estado|departamento)\b")
_PROGRAM = re.compile(r"\b(?:medicaid|medicare|tricare)\b")
_SKIPPED = re.compile(r"(?:the |your |a |an |el |la |its |is |es |[:,(] ?|\s)*")
# Where the words before a name end: "Form 7 · Sample Services, agent for".
_BREAKS = ("·", "•", "|", " by ", " por ")
# Labels of other things too, unless an organization's name follows.
PLAIN_LABELS = frozenset(
    ("plan", "program", "group", "client", "benefit", "coverage", "fund", "cobertura", "cliente")
)


def names(notice: Notice, known: Sequence[str], kind: Kind) -> Iterator[Find]:
    """The plan and, only if the letter tells them apart, the administrator."""
    if kind is Kind.BILL:
        # The letterhead of a bill is the clinic's.
        billed = _after(notice, "names.billed")
        if billed is not None:
            yield _find(notice, FieldName.PLAN, billed, sure=True)
        return
    plan, administrator, sure = _told_apart(notice, known)
    if plan is not None:
        yield _find(notice, FieldName.PLAN, plan, sure=sure)
    if administrator is not None and (plan is None or not _same(administrator, plan)):
        yield _find(notice, FieldName.ADMINISTRATOR, administrator, sure=True)


def _told_apart(notice: Notice, known: Sequence[str]) -> tuple[Name | None, Name | None, bool]:
    """The plan, the administrator, and whether words of the letter name the plan as such."""
    head, is_named = letterhead(notice, known)
    plan, administrator = _by_role(
        notice,
        _labelled(notice, "labels.plan", known),
        _labelled(notice, "labels.administrator", known),
        head,
        is_named=is_named,
    )
    administrator = administrator or _before(notice, "names.is_administrator")
    if administrator is None and head is not None:
        care_of = _after(notice, "names.care_of_head")
        administrator = care_of if care_of and is_on_head(notice, care_of) else None
    if plan is not None:
        if is_named and _OF_A_GROUP.search(fold(plan.value)):
            administrator = administrator or head
        return plan, administrator, True
    if head is not None and not is_named and _STATE.search(fold(head.value)):
        match = _PROGRAM.search(notice.text)
        head = _program(notice, Span(match.start(), match.end())) if match else head
    if head is not None:
        return head, administrator, is_named
    return _known(notice, known), administrator, False


def _by_role(
    notice: Notice,
    plan: Name | None,
    administrator: Name | None,
    head: Name | None,
    *,
    is_named: bool,
) -> tuple[Name | None, Name | None]:
    """What "contractor for", "on behalf of" and "administered by" add to labels."""
    program = notice.words["names.program_contractor"].first(notice.text)
    if program is not None:
        plan = plan or _program(notice, program)
        administrator = administrator or _before(notice, "names.program_contractor")
        administrator = administrator or _after(notice, "names.care_of")
        if is_named and head is not None and not _PROGRAM.search(fold(head.value)):
            administrator = administrator or head
    if plan is None and head is not None:
        plan = _second_line(notice, head)
        administrator = administrator or (head if plan is not None else None)
    for_plan = _after(notice, "names.for_plan")
    if for_plan is not None:
        plan = plan or for_plan
        administrator = administrator or _before(notice, "names.for_plan") or head
    by_administrator = _after(notice, "names.by_administrator")
    if by_administrator is not None:
        administrator = administrator or by_administrator
        plan = plan or _before(notice, "names.by_administrator")
    return plan, administrator


def _program(notice: Notice, part: Span) -> Name | None:
    """Medicare, Medicaid or TRICARE itself, where a contractor writes for it."""
    match = _PROGRAM.search(notice.text, part.start, part.end) or _PROGRAM.search(notice.text)
    if match is None:
        return None
    start, end = match.span()
    return Name(start, end, notice.places.raw(start, end))


def _second_line(notice: Notice, head: Name) -> Name | None:
    """The plan where the letterhead goes on "for the ... Plan"."""
    below = next(notice.places.below(notice.places.cell_at(head.start)), None)
    shown = notice.places.of(below)
    match = re.match(r"(?:for|para|on behalf of|en nombre de) (?:the |el |la )?", shown)
    return name_from(notice, below.start + match.end(), below.end) if below and match else None


def _find(notice: Notice, field: FieldName, name: Name, *, sure: bool) -> Find:
    return Find(
        field,
        name.value,
        notice.places.spots(name.start, name.end),
        HowSure.LIKELY if sure else HowSure.UNSURE,
    )


def _same(one: Name, other: Name) -> bool:
    first, second = fold(one.value), fold(other.value)
    return first in second or second in first


def _after(notice: Notice, name: str) -> Name | None:
    """A name after the first such wording that has one."""
    for span in notice.words[name].spans(notice.text):
        cell = notice.places.cell_at(span.end - 1)
        paragraph_end = notice.text.find("\n\n", span.end)
        end = paragraph_end if paragraph_end >= 0 else len(notice.text)
        start = span.end
        if start < end:
            skipped = re.match(
                r"(?:the |your |a |an |el |la |its |is |es |[:,(] ?|\s)*", notice.text[start:end]
            )
            start += skipped.end() if skipped else 0
            found = name_from(notice, start, end) or _further_on(notice, start, end)
            if found is not None and not _DESCRIBES.fullmatch(found.value):
                return found
        elif (below := next(notice.places.below(cell), None)) is not None:
            found = name_from(notice, below.start, below.end)
            if found is not None:
                return found
    return None


def _further_on(notice: Notice, start: int, end: int) -> Name | None:
    """The name behind "the mental health benefits of"."""
    part = notice.text[start : min(end, start + FURTHER)]
    for link in re.finditer(
        r"\b(?:of|for|de|para|del)\b:?[ \n](?:the |la |el |los )?(?=[a-z])", part
    ):
        at = start + link.end()
        if notice.places.raw(at, at + 1).isupper():
            return name_from(notice, at, end)
    return None


def _before(notice: Notice, name: str) -> Name | None:
    """The name that stands before the wording on its line, else on the line above."""
    for span in notice.words[name].spans(notice.text):
        cell = notice.places.cell_at(span.start)
        start = max(cell.start, notice.places.sentence_at(span.start).start)
        shown = notice.text[start : span.start]
        breaks = (shown.rfind(sign) + len(sign) for sign in _BREAKS if sign in shown)
        part = shown[max(breaks, default=0) :]
        start += len(shown) - len(part.lstrip())
        if shown.strip() not in ("", "a", "an", "your", "the", "un", "una"):
            found = name_from(notice, start, span.start)
            if (
                found is not None
                and found.end >= span.start - 2
                and not notice.words["names.no_organization"].stand_in(fold(found.value))
                and not _DESCRIBES.fullmatch(found.value)
            ):
                return found
            if found is None or not _DESCRIBES.fullmatch(found.value):
                continue
        found = _above(notice, cell)
        if found is not None:
            return found
    return None


def _above(notice: Notice, cell: Cell) -> Name | None:
    """The line above, where it is a name and nothing else."""
    above = next(notice.places.above(cell, far=2), None)
    if above is None:
        return None
    found = name_from(notice, above.start, above.end)
    if found is not None and _DESCRIBES.fullmatch(found.value):
        # The second line of a name that was too long for one.
        first = next(notice.places.above(above), above)
        found = name_from(notice, first.start, above.end)
    return found if found is not None and found.end >= above.end - 2 else None


def _labelled(notice: Notice, name: str, known: Sequence[str]) -> Name | None:
    """A value after "Plan:"; a label without its colon or its own cell is prose."""
    for span in notice.words[name].spans(notice.text):
        cell = notice.places.cell_at(span.start)
        if notice.text[cell.start : span.start].strip(" (•"):
            continue
        rest = notice.text[span.end : cell.end]
        if rest.lstrip()[:1] in (":", ".") and rest.strip(" :."):
            found = name_from(notice, span.end + len(rest) - len(rest.lstrip(" :.")), cell.end)
        elif not rest.strip(" :."):
            right = notice.places.right_of(cell)
            found = name_from(notice, right.start, right.end) if right else None
        else:
            continue
        label = notice.text[span.start : span.end]
        if found is not None and (
            label not in PLAIN_LABELS or is_organization(notice, found.value, known)
        ):
            return found
    return None


def _known(notice: Notice, known: Sequence[str]) -> Name | None:
    """A known insurer's name, wherever it stands first."""
    for name in sorted(known, key=len, reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(fold(name))}(?!\w)", notice.text):
            raw = notice.places.raw(match.start(), match.end())
            if len(name) > 3 and raw[:1].isupper():
                return Name(match.start(), match.end(), raw)
    return None
