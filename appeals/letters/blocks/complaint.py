"""A complaint to the agency: what happened, what to look at, and that the appeal goes its way."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from appeals.law.arguments import EnclosureId
from appeals.letters.blocks.parts import Writer, as_written
from appeals.letters.content import Element, Gap, Paragraph, Sentence
from appeals.letters.draft import Draft
from appeals.letters.saying import say


def complaint_text(draft: Draft) -> Iterator[Element]:
    """About whom, the decision, and what happened in the writer's own words."""
    yield Paragraph(
        (
            draft.by_voice(
                _("This is a complaint about %(plan)s, my health plan."),
                _("This is a complaint about %(plan)s, the health plan of %(patient)s."),
                plan=draft.fact("plan_name"),
            ),
            _decision(draft),
        )
    )
    yield from as_written(draft.fact("what_happened"))


def _decision(draft: Draft) -> Sentence:
    words = {
        "notice": draft.fact("notice_on"),
        "paper": draft.enclosure(EnclosureId.DENIAL_NOTICE),
    }
    if isinstance(draft.treatment, Gap):
        return say(_("By its notice of %(notice)s (%(paper)s) it denied coverage."), **words)
    return say(
        _("By its notice of %(notice)s (%(paper)s) it denied %(treatment)s."),
        treatment=draft.treatment,
        **words,
    )


def complaint_asked(draft: Draft) -> Iterator[Element]:
    """What the agency is asked to look at, and for an answer."""
    yield Paragraph((draft.form(_("Please look at this:")),))
    yield from as_written(draft.fact("complaint_asks"))
    yield Paragraph((draft.form(_("Please tell me in writing what you find.")),))


def beside_appeal(draft: Draft) -> Iterator[Element]:
    """That it does not stand for the appeal."""
    yield Paragraph(
        (
            draft.form(
                _("This complaint stands beside the appeal to the plan and does not replace it.")
            ),
        )
    )


BLOCKS: dict[str, Writer] = {
    "complaint_text": complaint_text,
    "complaint_asked": complaint_asked,
    "beside_appeal": beside_appeal,
}
