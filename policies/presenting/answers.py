"""The answer to one check, ready for the page."""

from dataclasses import dataclass

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from policies import terms
from policies.check import Answer
from policies.guidance import Guidance
from policies.language import said
from policies.presenting.authorization import AuthorizationView, present_authorization
from policies.presenting.compared import ComparedView, present_compared
from policies.presenting.documents import (
    ACCENTS,
    DocumentLink,
    DocumentView,
    link_to,
    present_document,
)
from policies.presenting.read_on import GuideLink, present_read_on
from policies.presenting.treatments import NOTES, TreatmentNote
from policies.score import Score
from policies.situation import Situation
from policies.wording import (
    cautions,
    conditions_named,
    headline,
    help_line,
    reason,
    standing,
    treatment_for,
)
from policies.wording.calls import CallScript, call_script
from policies.wording.changes import ChangeLine, change_lines
from policies.wording.dates import date
from policies.wording.next_steps import next_steps
from policies.wording.phrases import FUNDINGS, LEFT_OUT
from policies.wording.to_do import ToDoGroup, to_do_list


@dataclass(frozen=True, slots=True)
class AnswerView:
    """The whole answer; `documents` begins with the rule that stands first.

    `standing` says why that one of several, and `authorization` what it wants before treatment.
    """

    headline: str
    accent: str
    reason: str
    standing: str
    on: str
    cautions: tuple[str, ...]
    documents: tuple[DocumentView, ...]
    disagrees: bool
    silent: tuple[DocumentLink, ...]
    left_out: tuple[DocumentLink, ...]
    to_do: tuple[ToDoGroup, ...]
    changes: tuple[ChangeLine, ...]
    authorization: AuthorizationView | None
    compared: tuple[ComparedView, ...]
    told: tuple[tuple[str, str], ...]
    treatment_note: TreatmentNote
    next_steps: tuple[str, ...]
    read_on: tuple[GuideLink, ...]
    call_script: CallScript | None
    call_in_english: CallScript | None
    asked_nothing: bool
    shows_help_line: bool

    @property
    def first(self) -> DocumentView | None:
        """The document whose rule stands first."""
        return self.documents[0] if self.documents else None

    @property
    def score(self) -> Score | None:
        """How the list that decides stands."""
        positions = self.first.positions if self.first is not None else ()
        return positions[0].score if positions and not self.disagrees else None

    @property
    def others(self) -> tuple[DocumentView, ...]:
        return self.documents[1:]


def present_answer(
    guidance: Guidance, *, beside: tuple[Guidance, ...] = (), asked_nothing: bool
) -> AnswerView:
    """Finish every word of an answer; `asked_nothing` when no question could change it."""
    answer = guidance.answer
    situation = answer.situation
    return AnswerView(
        headline=headline(answer),
        accent="unknown" if answer.verdict is None else ACCENTS.get(answer.verdict, ""),
        reason=reason(answer),
        standing=standing(answer),
        on=date(answer.on),
        cautions=cautions(answer),
        documents=tuple(
            present_document(
                one,
                number,
                is_alone_first=number == 1 and not answer.disagreeing,
                asker=situation.asker,
            )
            for number, one in enumerate(answer.documents, 1)
        ),
        disagrees=bool(answer.disagreeing),
        silent=tuple(link_to(one) for one in answer.silent),
        left_out=tuple(link_to(one.document, _(LEFT_OUT[one.reason])) for one in answer.left_out)
        if answer.is_handled
        else (),
        to_do=to_do_list(guidance.missing, situation.asker),
        # That a list for thoughts of suicide is there stands with the document, and is no change.
        changes=tuple(
            one for one in change_lines(guidance.changes, situation.asker) if one.is_offered
        ),
        authorization=present_authorization(answer),
        compared=tuple(present_compared(one, is_this=one is guidance) for one in beside),
        told=present_told(answer),
        treatment_note=NOTES[situation.treatment],
        next_steps=next_steps(answer),
        read_on=present_read_on(answer),
        call_script=call_script(answer, asked_about(situation)) if answer.is_handled else None,
        call_in_english=_call_in_english(answer) if answer.is_handled else None,
        asked_nothing=asked_nothing and answer.headline is not None,
        shows_help_line=bool(help_line(answer)),
    )


def present_told(answer: Answer) -> tuple[tuple[str, str], ...]:
    """The plan and the treatment that the answer goes by, said back in words."""
    situation, plan = answer.situation, answer.situation.plan
    codes = [_code_in_words(code) for code in situation.icd10_codes]
    unknown = _("not known")
    lines = (
        (_("Treatment"), said(situation.treatment.label) if answer.is_handled else ""),
        (_("For"), (_conditions(situation) or unknown) if answer.is_handled else ""),
        (_("Diagnosis code"), f"{'; '.join(codes)} ({said(terms.ICD10_RELEASE)})" if codes else ""),
        (
            _("Insurer"),
            answer.insurer.name
            if answer.insurer
            else plan.insurer_name or (unknown if answer.is_handled else ""),
        ),
        (_("Insurance"), said(plan.line_of_business.label) if plan.line_of_business else unknown),
        (_("Who pays the claims"), _(FUNDINGS[plan.funding]) if plan.funding else ""),
        (_("Decided by"), plan.administrator_name or ""),
        (
            _("Home state"),
            said(terms.states()[plan.residence_state]) if plan.residence_state else "",
        ),
        (_("Plan issued in"), said(terms.states()[plan.issue_state]) if plan.issue_state else ""),
    )
    return tuple((label, text) for label, text in lines if text)


def asked_about(situation: Situation) -> str:
    """The treatment and what it is for, inside a sentence."""
    return treatment_for(situation.treatment, _conditions(situation))


def _call_in_english(answer: Answer) -> CallScript | None:
    """The same call for a line on which nobody speaks the page's language."""
    if get_language() != "es":
        return None
    with override("en"):
        return call_script(answer, asked_about(answer.situation))


def _conditions(situation: Situation) -> str:
    stated = sorted(situation.conditions)
    return conditions_named(tuple(stated)) if stated else ""


def _code_in_words(code: str) -> str:
    known = terms.icd10_codes().get(code)
    if known is None:
        return _("%(code)s, which is not in our list") % {"code": code}
    # The list of codes is in English: a Spanish page names the code alone.
    return code if get_language() == "es" else f"{code}, {known.description}"
