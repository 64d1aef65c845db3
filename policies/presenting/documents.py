"""What one document that applies says to this person, ready for the page."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from policies.catalogue import Document, InsurerKind
from policies.check import CheckedDocument
from policies.language import said
from policies.presenting.positions import PositionView, present_position_answer
from policies.presenting.sources import (
    SourceView,
    SurenessView,
    present_sources,
    present_sureness,
)
from policies.situation import Asker
from policies.verdict import Verdict
from policies.wording import document_verdict, edition_date
from policies.wording.naming import short_name
from policies.wording.phrases import CAUTIONS, ROLES

ACCENTS = {
    Verdict.APPEARS_TO_QUALIFY: "met",
    Verdict.COULD_QUALIFY: "unknown",
    Verdict.CASE_BY_CASE: "unknown",
    Verdict.ANSWER_UNREAD: "unknown",
    Verdict.DOES_NOT_MEET: "not-met",
    Verdict.NOT_COVERED: "not-met",
}


@dataclass(frozen=True, slots=True)
class DocumentLink:
    """A document in a list, with its page and why it stands there."""

    name: str
    insurer_slug: str
    slug: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class DocumentView:
    """What one document that applies says to this person.

    The first of `positions` decides; what the others say is folded away.
    """

    link: DocumentLink
    title: str
    verdict: str
    accent: str
    date: str
    cautions: tuple[str, ...]
    positions: tuple[PositionView, ...]
    sureness: SurenessView
    sources: tuple[SourceView, ...]
    notes: tuple[str, ...]
    notes_are_open: bool
    scope_note: str
    url: str


def link_to(document: Document, why: str = "") -> DocumentLink:
    """A document by its name and page."""
    return DocumentLink(short_name(document), document.insurer.slug, document.slug, why)


def present_document(
    checked: CheckedDocument, number: int, *, is_alone_first: bool, asker: Asker | None
) -> DocumentView:
    """One document; `is_alone_first` when the answer's reason says its words."""
    document, edition = checked.applied.document, checked.applied.edition
    return DocumentView(
        link=link_to(document, _(ROLES[checked.applied.role])),
        title=document.title,
        verdict=document_verdict(checked, asker),
        accent=ACCENTS.get(checked.answer.verdict, ""),
        date=edition_date(edition),
        cautions=_cautions(checked),
        # They may soften a no: an exception, a list that was loosened since.
        notes_are_open=checked.answer.verdict
        in (Verdict.NOT_ADDRESSED, Verdict.ANSWER_UNREAD, Verdict.DOES_NOT_MEET),
        positions=tuple(
            present_position_answer(
                one,
                edition,
                anchor=f"position-{number}-{place}",
                is_said=is_alone_first and place == 1,
            )
            for place, one in enumerate(checked.answer.positions, 1)
        ),
        sureness=present_sureness(checked.sureness),
        sources=tuple(present_sources(edition).values()),
        notes=tuple(said(one) for one in edition.notes),
        scope_note=said(document.scope_note),
        url=document.url,
    )


def _cautions(checked: CheckedDocument) -> tuple[str, ...]:
    """What was not known when the document was taken to apply, and a note on who issued it."""
    insurer = checked.applied.document.insurer
    texts = tuple(_(CAUTIONS[one]) for one in checked.applied.cautions)
    # A region's contractor changes, and its page goes on speaking in the old one's name.
    is_contractor = insurer.kind is InsurerKind.REGIONAL_CONTRACTOR
    return (*texts, said(insurer.note)) if is_contractor and insurer.note else texts
