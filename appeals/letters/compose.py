"""From a case to the finished letter: the blocks of its kind, in the order of the anatomy."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from appeals.letters.blocks import BLOCKS
from appeals.letters.blocks.parts import initials
from appeals.letters.case import LetterCase
from appeals.letters.content import Block, LetterContent, Sentence
from appeals.letters.draft import Draft
from appeals.letters.kinds import BlockPlan, Must, kind_plan
from appeals.letters.saying import line, say
from policies.language import said

# Papers go with what lists them: none with a certification or a page to speak from.
ENCLOSURES = "enclosures"


class MissingBlockError(Exception):
    """A block that must stand and that nothing was written for: the fault is ours."""


def compose(case: LetterCase) -> LetterContent:
    """Write the letter in the language that is on; what nobody told stays a marked gap."""
    draft = Draft(case)
    plan = kind_plan(case.kind)
    blocks = tuple(
        block for one in plan.blocks_for(case.reasons) if (block := _block(one, draft)) is not None
    )
    return LetterContent(
        kind=case.kind,
        voice=case.voice,
        title=said(plan.title),
        language=get_language() or "en",
        on=case.on,
        running=_running(draft),
        blocks=blocks,
        enclosures=draft.enclosed if ENCLOSURES in {one.id for one in plan.blocks} else (),
    )


def _block(plan: BlockPlan, draft: Draft) -> Block | None:
    """The block, or None where it may be left out and there is nothing to say."""
    write = BLOCKS.get(f"{draft.case.kind}.{plan.id}") or BLOCKS[plan.id]
    elements = tuple(write(draft))
    if not elements:
        if plan.rule is Must.MUST:
            raise MissingBlockError(f"{draft.case.kind}: nothing was written for {plan.id}")
        return None
    return Block(plan.id, said(plan.heading) if plan.heading else "", elements)


def _running(draft: Draft) -> Sentence:
    """What finds a stray page: the patient and the number of the file, where the kind asks it."""
    asked = {*draft.plan.must, *draft.plan.if_known}
    # What is spoken from names nobody in full.
    patient = draft.patient if draft.plan.is_letter else initials(draft)
    for name, text in (
        ("reference_number", _("%(patient)s, reference %(number)s")),
        ("member_id", _("%(patient)s, member ID %(number)s")),
    ):
        number = draft.wanted(name) if name in asked else None
        if number is not None:
            return say(text, patient=patient, number=number)
    return line(patient)
