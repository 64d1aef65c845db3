"""The answer to one check, ready for the page."""

from collections.abc import Mapping
from dataclasses import dataclass

from policies import terms
from policies.catalogue import InsurerKind
from policies.check import Answer, CheckedDocument
from policies.guidance import Guidance
from policies.presenting.positions import PositionView, present_position_answer
from policies.presenting.sources import (
    SourceView,
    SurenessView,
    present_sources,
    present_sureness,
)
from policies.presenting.treatments import NOTES, TreatmentNote
from policies.situation import Situation
from policies.verdict import Verdict
from policies.wording import (
    cautions,
    conditions_named,
    document_line,
    document_verdict,
    edition_date,
    headline,
    help_line,
    reason,
    score,
)
from policies.wording.changes import ChangeLine, change_lines
from policies.wording.next_steps import call_script, next_steps
from policies.wording.phrases import (
    CAUTIONS,
    LEFT_OUT,
    PRIOR_AUTHORIZATION,
    ROLES,
    TITLES,
    date,
    lower_first,
)
from policies.wording.to_do import ToDoGroup, to_do_list

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
    """What one document that applies says to this person."""

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


@dataclass(frozen=True, slots=True)
class ComparedView:
    """One of two treatments held against the same plan and person, in a few lines."""

    treatment: str
    is_this: bool
    verdict: str
    accent: str
    document: str
    score: str
    prior_authorization: str


@dataclass(frozen=True, slots=True)
class AnswerView:
    """The whole answer; `documents` begins with the rule that stands first."""

    headline: str
    accent: str
    reason: str
    on: str
    cautions: tuple[str, ...]
    documents: tuple[DocumentView, ...]
    disagrees: bool
    silent: tuple[DocumentLink, ...]
    left_out: tuple[DocumentLink, ...]
    to_do: tuple[ToDoGroup, ...]
    changes: tuple[ChangeLine, ...]
    compared: tuple[ComparedView, ...]
    told: tuple[tuple[str, str], ...]
    treatment_note: TreatmentNote
    next_steps: tuple[str, ...]
    call_script: str
    asked_nothing: bool
    shows_help_line: bool

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """The parts of the page by their anchor, each with its title."""
        shown = {
            "documents": self.documents,
            "to_find_out": self.to_do,
            "would_change": self.changes,
            "next_steps": self.next_steps,
            "side_by_side": self.compared,
            "other_documents": self.silent or self.left_out,
        }
        return tuple(
            (name.replace("_", "-"), self.titles[name])
            for name, content in shown.items()
            if content
        )

    @property
    def titles(self) -> Mapping[str, str]:
        return TITLES

    @property
    def has_several_documents(self) -> bool:
        return len(self.documents) > 1


def present_answer(
    guidance: Guidance, *, beside: tuple[Guidance, ...] = (), asked_nothing: bool
) -> AnswerView:
    """Finish every word of an answer; `asked_nothing` when no question could change it."""
    answer = guidance.answer
    return AnswerView(
        headline=headline(answer),
        accent=_accent(answer),
        reason=reason(answer),
        on=date(answer.on),
        cautions=cautions(answer),
        documents=tuple(
            _present_document(one, number, is_alone_first=number == 1 and not answer.disagreeing)
            for number, one in enumerate(answer.documents, 1)
        ),
        disagrees=bool(answer.disagreeing),
        silent=tuple(
            DocumentLink(one.short_name, one.insurer.slug, one.slug) for one in answer.silent
        ),
        left_out=tuple(
            DocumentLink(
                one.document.short_name,
                one.document.insurer.slug,
                one.document.slug,
                LEFT_OUT[one.reason],
            )
            for one in answer.left_out
        ),
        to_do=to_do_list(guidance.missing),
        changes=change_lines(guidance.changes),
        compared=tuple(_present_compared(one, is_this=one is guidance) for one in beside),
        told=_told(answer),
        treatment_note=NOTES[answer.situation.treatment],
        next_steps=next_steps(answer),
        call_script=call_script(answer, _asked_about(answer.situation)),
        asked_nothing=asked_nothing and answer.headline is not None,
        shows_help_line=bool(help_line(answer)),
    )


def _present_compared(guidance: Guidance, *, is_this: bool) -> ComparedView:
    answer = guidance.answer
    first = answer.headline
    positions = first.answer.positions if first is not None else ()
    counted = positions[0].score if positions else None
    return ComparedView(
        treatment=answer.situation.treatment.label,
        is_this=is_this,
        verdict=headline(answer),
        accent=_accent(answer),
        document=reason(answer)
        if first is None or answer.disagreeing
        else document_line(first.applied.document, first.applied.edition),
        score=f"{score(counted)}." if counted is not None else "",
        prior_authorization=PRIOR_AUTHORIZATION[positions[0].position.prior_authorization]
        if positions
        else "",
    )


def _accent(answer: Answer) -> str:
    return "unknown" if answer.verdict is None else ACCENTS.get(answer.verdict, "")


def _present_document(
    checked: CheckedDocument, number: int, *, is_alone_first: bool
) -> DocumentView:
    document, edition = checked.applied.document, checked.applied.edition
    return DocumentView(
        link=DocumentLink(
            document.short_name, document.insurer.slug, document.slug, ROLES[checked.applied.role]
        ),
        title=document.title,
        verdict=document_verdict(checked),
        accent=ACCENTS.get(checked.answer.verdict, ""),
        date=edition_date(edition),
        cautions=_document_cautions(checked),
        notes_are_open=checked.answer.verdict in (Verdict.NOT_ADDRESSED, Verdict.ANSWER_UNREAD),
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
        notes=edition.notes,
        scope_note=document.scope_note,
        url=document.url,
    )


def _document_cautions(checked: CheckedDocument) -> tuple[str, ...]:
    """What was not known when the document was taken to apply, and a note on who issued it."""
    insurer = checked.applied.document.insurer
    texts = tuple(CAUTIONS[one] for one in checked.applied.cautions)
    # A region's contractor changes, and its page goes on speaking in the old one's name.
    is_contractor = insurer.kind is InsurerKind.REGIONAL_CONTRACTOR
    return (*texts, insurer.note) if is_contractor and insurer.note else texts


def _told(answer: Answer) -> tuple[tuple[str, str], ...]:
    """What the answer goes by, said back in words."""
    situation, plan = answer.situation, answer.situation.plan
    codes = [_code_in_words(code) for code in situation.icd10_codes]
    lines = {
        "Treatment": situation.treatment.label,
        "For": _conditions(situation) or "not known",
        "Diagnosis code": f"{'; '.join(codes)} ({terms.ICD10_RELEASE})" if codes else "",
        "Insurer": answer.insurer.name if answer.insurer else plan.insurer_name or "not known",
        "Insurance": plan.line_of_business.label if plan.line_of_business else "not known",
        "Decided by": plan.administrator_name or "",
        "Home state": terms.states()[plan.residence_state] if plan.residence_state else "",
        "Plan issued in": terms.states()[plan.issue_state] if plan.issue_state else "",
    }
    return tuple((label, text) for label, text in lines.items() if text)


def _conditions(situation: Situation) -> str:
    stated = sorted(situation.conditions)
    return conditions_named(tuple(stated)) if stated else ""


def _asked_about(situation: Situation) -> str:
    condition = _conditions(situation)
    return f"{lower_first(situation.treatment.label)}{f' for {condition}' if condition else ''}"


def _code_in_words(code: str) -> str:
    known = terms.icd10_codes().get(code)
    return f"{code}, {known.description}" if known else f"{code}, which is not in our list"
