"""The questions that one edition asks of one situation: those of its own criteria alone."""

import datetime as dt

from policies.applicability import Applied, Role
from policies.asked import Questions
from policies.catalogue import Document, Edition
from policies.check import Answer, CheckedDocument
from policies.facts import facts_from
from policies.questions import questions_of
from policies.situation import Situation
from policies.sureness import Sureness
from policies.verdict import judge_document


def questions_of_edition(
    document: Document, edition: Edition, situation: Situation, *, on: dt.date
) -> Questions:
    """What a patient is asked by this edition, who has told no more than the situation holds."""
    return questions_of(answer_of_edition(document, edition, situation, on=on))


def answer_of_edition(
    document: Document, edition: Edition, situation: Situation, *, on: dt.date
) -> Answer:
    """The answer of a check in which this edition alone speaks."""
    facts = facts_from(situation, on=on)
    judged = judge_document(document, edition, treatment=situation.treatment, facts=facts)
    applied = Applied(document, edition, Role.OWN)
    return Answer(
        situation=situation,
        on=on,
        stated_conditions=facts.stated_conditions or frozenset(),
        insurer=document.insurer,
        documents=(CheckedDocument(applied, judged, Sureness.DATED),),
        silent=(),
        left_out=(),
        verdict=judged.verdict,
    )
