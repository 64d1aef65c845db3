"""The letter part by part: as it will be printed, what each part rests on, and what is missing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from appeals.letter_sheets import PARTS, PartSheet
from appeals.letters import LetterCase, kind_plan
from appeals.letters.blocks.parts import upper_first
from appeals.letters.content import Block, Gap, LetterContent, Origin, sentences_of
from appeals.letters.edits import OWN as OWN_ID
from appeals.letters.edits import Edits, arranged, to_text
from appeals.letters.provenance import resolve
from appeals.presenting.letters.cautions import cautions_on_part
from policies.language import said

# What a part without a heading is called on the page.
NAMES = {
    "sender": N_("Sender"),
    "date": N_("Date"),
    "recipient": N_("Recipient"),
    "subject": N_("Subject"),
    "reference": N_("Numbers that find the file"),
    "employer_recipient": N_("Recipient"),
    "employer_reference": N_("Numbers that find the file"),
    "greeting": N_("Greeting"),
    "request": N_("The request"),
    "keep_request": N_("The request"),
    "late_request": N_("The request"),
    "employer_request": N_("The request"),
    "gap_request": N_("The request"),
    "retrospective_request": N_("The request"),
    "claim_request": N_("The request"),
    "correction_text": N_("What is corrected"),
    "documents_asked": N_("The papers asked for"),
    "parity_documents": N_("The analysis asked for"),
    "parity_asked": N_("The analysis asked for"),
    "keep_facts": N_("The care that goes on"),
    "gap_terms": N_("The terms asked for"),
    "claim_terms": N_("How the claim is to be paid"),
    "expedited_statement": N_("What the clinician certifies"),
    "statement": N_("What the clinician states"),
    "authorization_text": N_("What the person may do"),
    "authorization_limits": N_("For how long"),
    "complaint_text": N_("What happened"),
    "complaint_asked": N_("What the agency is asked"),
    "beside_appeal": N_("That the appeal goes on"),
    "stated_reason": N_("The reason for the denial"),
    "about_clinician": N_("About the clinician"),
    "next_steps": N_("What happens next"),
    "by_when": N_("By when"),
    "not_my_appeal": N_("That this is not the appeal"),
    "closing": N_("Signature"),
    "signatures": N_("Signatures"),
}
OWN = N_("My own words")
# The gap where no treatment tried was told at all.
TREATMENTS = "treatments"


@dataclass(frozen=True, slots=True)
class PartView:
    """One part of the letter, and what can be done with it.

    `rests_on` is one line for each thing its sentences rest on; none for the writer's own words.
    `missing` names the gaps of the part that is written in, `wants_treatments` that no treatment
    tried was told.
    """

    id: str
    name: str
    heading: str
    parts: tuple[PartSheet, ...]
    text: str
    rests_on: tuple[str, ...]
    is_authors: bool
    is_own: bool
    is_left_out: bool
    is_open: bool
    is_first: bool
    is_last: bool
    has_table: bool
    cautions: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    wants_treatments: bool = False
    takes_focus: bool = False


def present_parts(
    content: LetterContent,
    edits: Edits,
    case: LetterCase,
    *,
    is_open: str = "",
    aim: str = "",
    labels: Mapping[str, str] = MappingProxyType({}),
    age: int | None = None,
) -> tuple[PartView, ...]:
    """Every part in the writer's order, those that are left out among them.

    `labels` name the gaps in the language of the page, `age` is the patient's.
    """
    ours = {one.id: one for one in content.blocks}
    blocks = arranged(content, edits)
    headings = {one.id: one.heading for one in kind_plan(case.kind).blocks}
    return tuple(
        PartView(
            id=one.id,
            name=name_of(one, headings),
            heading=one.heading,
            parts=printed(one),
            text=edits.texts.get(one.id, to_text(one)),
            rests_on=() if one.is_authors else tuple(_rests_on(ours[one.id], case)),
            is_authors=one.is_authors,
            is_own=one.id in edits.added,
            is_left_out=one.id in edits.left_out,
            is_open=one.id == is_open,
            is_first=place == 0,
            is_last=place == len(blocks) - 1,
            has_table=any(PARTS[type(each)] == "table" for each in one.elements),
            cautions=tuple(cautions_on_part(one, case, age=age)),
            missing=tuple(_missing(one, labels)) if one.id == is_open else (),
            wants_treatments=one.id == is_open and TREATMENTS in {gap.id for gap in _gaps(one)},
            takes_focus=one.id == aim and one.id != is_open,
        )
        for place, one in enumerate(blocks)
    )


def printed(block: Block) -> tuple[PartSheet, ...]:
    """The elements of a block with the templates that set them on paper, too."""
    return tuple(PartSheet(PARTS[type(one)], one) for one in block.elements)


def name_of(block: Block, headings: Mapping[str, str]) -> str:
    """What the part is called, in the language of the page; the letter itself is English."""
    if block.id.startswith(OWN_ID):
        return _(OWN)
    heading = headings[block.id]
    return said(heading) if heading else _(NAMES[block.id])


def _gaps(block: Block) -> Iterator[Gap]:
    for element in block.elements:
        for one in sentences_of(element):
            yield from one.gaps


def _missing(block: Block, labels: Mapping[str, str]) -> Iterator[str]:
    """Each gap of a part once, by its whole label."""
    yield from dict.fromkeys(upper_first(labels.get(one.id, one.label)) for one in _gaps(block))


def _rests_on(block: Block, case: LetterCase) -> Iterator[str]:
    """Each thing once; what every such letter says comes last, for it claims nothing."""
    bases = dict.fromkeys(
        basis
        for element in block.elements
        for one in sentences_of(element)
        for basis in one.rests_on
    )
    for is_form in (False, True):
        for basis in bases:
            if (basis.origin is Origin.FORM) is is_form:
                yield resolve(basis, case).label
