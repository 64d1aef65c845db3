"""The letters of a case for their pages: which fit now, how each stands, and what it lacks."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from appeals.clinics.casework import OpenCase
from appeals.clinics.content import ContentError
from appeals.clinics.documents.wanted import WRITTEN_HERE
from appeals.clinics.following import denied_now, outcome_of
from appeals.clinics.letters.drafting import name_of, record_of
from appeals.clinics.letters.known import OF_CLINIC, OF_CLINICIAN, OF_PATIENT
from appeals.clinics.letters.records import LetterRecord
from appeals.clinics.letters.signing import is_genuine
from appeals.clinics.letters.text_blocks import is_overdue
from appeals.clinics.letters.writing import Writing
from appeals.forms.letters import KindForm
from appeals.forms.letters.choosing import VOICES
from appeals.letters.content import sentences_of
from appeals.letters.kinds import kind_plans
from appeals.letters.offer import kinds_offered, why_not
from appeals.models import Clinic, Letter, TextBlock
from appeals.presenting.letters.kinds import Choosable, KindsView, present_kinds
from appeals.presenting.letters.missing import PAPER
from appeals.sealing import SealError
from policies.catalogue import Catalogue
from policies.check import check

SETTLED_AT = {
    **dict.fromkeys(OF_PATIENT, "patient"),
    **dict.fromkeys(OF_CLINICIAN, "clinician"),
    **dict.fromkeys(OF_CLINIC, "clinic"),
    **dict.fromkeys(("treatment", "condition"), "case"),
}
"""Which record a fact stands in that is not asked for a letter."""


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter in the list; `is_altered` where it does not match its signature.

    Without a record it can't be opened any more.
    """

    letter: Letter
    name: str
    record: LetterRecord | None
    is_altered: bool

    @property
    def voice(self) -> str:
        return VOICES[self.record.voice] if self.record is not None else ""

    @property
    def state(self) -> str:
        """In a word or two: a draft, signed, superseded, or not what was signed."""
        if self.is_altered:
            return "Does not match its signature"
        if self.letter.superseded_by_id:
            return "Superseded"
        return "Signed" if self.letter.signed_at else "Draft"


@dataclass(frozen=True, slots=True)
class GapLink:
    """Something that is missing in a letter, and where it is told.

    `writes` is the kind of letter that is the missing paper, where one is.
    """

    label: str
    to: str
    writes: str = ""


@dataclass(frozen=True, slots=True)
class BlockChoice:
    """A passage to put into a letter; one that is overdue asks to be read first."""

    block: TextBlock
    is_overdue: bool


def present_lines(opened: OpenCase) -> tuple[LetterLine, ...]:
    """The letters of a case, the newest first."""
    rows = opened.case.letters.select_related("signed_by", "made_by", "clinician")
    return tuple(line_of(opened, one) for one in rows.order_by("-made_at"))


def line_of(opened: OpenCase, letter: Letter) -> LetterLine:
    """A letter as it stands; what can't be opened any more is not what was signed."""
    try:
        record = record_of(opened, letter)
    except (SealError, ContentError):
        return LetterLine(letter, name_of(letter), None, is_altered=True)
    is_altered = letter.signed_at is not None and not is_genuine(opened, letter)
    return LetterLine(letter, name_of(letter), record, is_altered)


def choosable(opened: OpenCase, *, catalogue: Catalogue, on: dt.date) -> tuple[Choosable, ...]:
    """Every kind of letter, those that fit this moment in front, with why the others do not."""
    denied, outcome = denied_now(opened, on=on), outcome_of(opened.content)
    known = (denied, check(opened.content.situation, catalogue=catalogue, on=on), outcome)
    is_open = denied is None and outcome is None
    fitting = [
        Choosable(one.kind, is_first=one.is_first, cautions=one.cautions, why_not=one.not_now)
        for one in kinds_offered(*known, on=on)
    ]
    others = [
        # What rests on a right is written only where the right is known to hold.
        Choosable(one, is_offered=is_open and not plan.fits.rights, why_not=reason)
        for one, plan in kind_plans().items()
        if (reason := why_not(one, *known, on=on))
    ]
    return (*fitting, *others)


def kinds_view(
    opened: OpenCase, form: KindForm, kinds: tuple[Choosable, ...], *, on: dt.date
) -> KindsView:
    denied = denied_now(opened, on=on)
    chosen = form["kind"].value() or ""
    return present_kinds(
        form,
        kinds,
        chosen=str(chosen),
        reasons=denied.denial.reasons if denied is not None else (),
        is_denied=denied is not None,
    )


def present_gaps(writing: Writing) -> Iterator[GapLink]:
    """Each gap with the field, the part or the page of the case where it is filled in."""
    asked = {*writing.names}
    parts = _parts_with(writing)
    for gap in writing.content.gaps:
        label = f"{gap.label[:1].upper()}{gap.label[1:]}"
        if gap.id in asked:
            yield GapLink(label, f"#id_told-{gap.id}")
        elif gap.id.startswith(PAPER):
            writes = WRITTEN_HERE.get(gap.id.removeprefix(PAPER), "")
            yield GapLink(label, "documents", "" if writes == writing.letter.kind else writes)
        elif gap.id in SETTLED_AT:
            yield GapLink(label, SETTLED_AT[gap.id])
        else:
            yield GapLink(label, f"#part-{parts.get(gap.id, '')}")


def _parts_with(writing: Writing) -> dict[str, str]:
    return {
        gap.id: block.id
        for block in reversed(writing.content.blocks)
        for element in block.elements
        for one in sentences_of(element)
        for gap in one.gaps
    }


def present_blocks(clinic: Clinic, *, on: dt.date) -> tuple[BlockChoice, ...]:
    """The clinic's passages, each with whether it is overdue."""
    rows = clinic.blocks.select_related("edited_by")
    return tuple(BlockChoice(one, is_overdue(one, on=on)) for one in rows)
