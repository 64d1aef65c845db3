"""Cards that give no verdict: no document, no diagnosis, or nobody left to treat."""

from typing import Any

from policies import wording
from policies.check import NoDocumentReason
from policies.hooks.asked import Asked, of_order, ours
from policies.hooks.card_form import INFO, page_of, paragraphs, written
from policies.hooks.record_words import record_lines
from policies.hooks.words import MORE_DOCUMENTS, escaped
from policies.wording.naming import short_name

MOST_LINKS = 6
MOST_OF_RECORD = 1
PAYER_NOT_HELD = "we could not tell the plan by the payer's name"
NO_DOCUMENT = "we hold no document for this plan"
NO_PAYER = (
    "No rule that we hold applies without a payer. That is not a no: the check takes the plan by "
    "its name."
)
DIAGNOSIS_OPEN = "the answer depends on the diagnosis, which we could not tell"
DIAGNOSIS_DECIDES = "The plan's answer depends on the diagnosis, which we could not tell."
REASON_NOT_READ = "The order's reason names no current diagnosis that we know."
NO_DIAGNOSIS = "Neither the order nor the record states a current diagnosis that we know."
DIED = "The record says that this person has died"
NOTHING_HELD = "So no rule was held against this order."


def card_of_the_dead(site: str) -> dict[str, Any]:
    """What goes before every rule, whatever is ordered."""
    return written(
        site, summary=f"{DIED}.", indicator=INFO, detail=f"**{DIED}.** {NOTHING_HELD}", links=[]
    )


def card_of_none(asked: Asked, site: str) -> dict[str, Any]:
    """A card that says why there is no document to answer from."""
    reason = asked.answer.no_document
    is_unnamed = reason is NoDocumentReason.INSURER_NOT_GIVEN
    why = PAYER_NOT_HELD if reason is NoDocumentReason.INSURER_NOT_HELD else NO_DOCUMENT
    if is_unnamed:
        why = f"we could not tell the plan: {asked.payers.why_none}"
    return written(
        site,
        summary=f"{asked.treatment}: {why}",
        indicator=INFO,
        detail=paragraphs(
            [NO_PAYER if is_unnamed else escaped(wording.reason(asked.answer))],
            [" ".join([*asked.payers.lines(), *of_order(asked)])],
            record_lines(asked.record, most=MOST_OF_RECORD),
            [ours(asked)],
        ),
        links=[],
    )


def card_without_diagnosis(asked: Asked, site: str) -> dict[str, Any]:
    """One card that leads to every document: a verdict on some diagnosis would be on none."""
    documents = [one.applied.document for one in asked.answer.documents]
    why = REASON_NOT_READ if asked.asking.is_reason_told else NO_DIAGNOSIS
    more = len(documents) - MOST_LINKS
    return written(
        site,
        summary=f"{asked.treatment}: {DIAGNOSIS_OPEN}",
        indicator=INFO,
        detail=paragraphs(
            [f"**{DIAGNOSIS_DECIDES}** {why}"],
            [" ".join([*asked.payers.lines(), *of_order(asked)])],
            [MORE_DOCUMENTS.format(more=more) if more > 0 else ""],
            record_lines(asked.record, most=MOST_OF_RECORD),
            [ours(asked)],
        ),
        links=[(short_name(one), page_of(one)) for one in documents[:MOST_LINKS]],
    )
