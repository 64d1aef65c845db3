"""Cards: what a plan's document wants of an order, held against the record, in plain words.

CDS Hooks 2.0, "Card Attributes". A card only informs: no suggestion, no reason to override, and
nothing on how an answer would have to be to turn the verdict.
"""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from policies import wording
from policies.check import Answer, CheckedDocument, NoDocumentReason
from policies.fhir import Record
from policies.hooks.orders import Ordered
from policies.hooks.payers import payers_in
from policies.hooks.positions import of_document
from policies.hooks.record_words import record_lines
from policies.hooks.words import (
    BY_COPY,
    COPIES,
    PLAN_CAUTIONS,
    VERDICTS,
    cautions_of,
    cut,
    escaped,
    upper_first,
)
from policies.situation import Asker, Treatment
from policies.wording.naming import short_name
from policies.wording.phrases import lower_first

INFO, WARNING = "info", "warning"
MOST_LETTERS = 139
MOST_CARDS = 3
# An order dialog shows a few lines: so many names stand in a line as long as the card keeps within.
NAMES_WITHIN = ((3, 600), (2, 700), (1, 800))
NAME = "Ketamine Coverage"
PAYER_NOT_HELD = "we could not tell the plan by the payer's name"
NO_DOCUMENT = "we hold no document for this plan"
NO_PAYER = (
    "No rule that we hold applies without a payer. That is not a no: the check takes the plan by "
    "its name."
)
OURS = "Our verdict, on a record nobody reviewed; the plan decides."
NOT_AN_ANESTHETIC = "Not for anesthesia."
DISAGREEING = "The plan's documents disagree."
ROUTE_NOT_TOLD = "No route read: this is about an infusion."


@dataclass(frozen=True, slots=True)
class Asked:
    """One treatment ordered, its answer, and the record that it was answered from.

    `kind` says which kind of plan was taken, and `no_payer` why there is no payer.
    """

    ordered: Ordered
    answer: Answer
    record: Record
    kind: str = ""
    no_payer: str = ""

    @property
    def treatment(self) -> str:
        return upper_first(wording.treatment_for(self.ordered.treatment, ""))


def cards_of(asked: Asked, *, site: str) -> list[dict[str, Any]]:
    """A card for each document that answers first, or one that says why there is none."""
    if not asked.answer.documents:
        return [_card_of_none(asked, site)]
    documents = _first(asked.answer)
    return [_card(asked, one, site, is_first=one is documents[0]) for one in documents]


def _first(answer: Answer) -> tuple[CheckedDocument, ...]:
    """The documents that the answer goes by, and those that contradict it before all others."""
    foremost = (one for one in (answer.headline, *answer.disagreeing) if one is not None)
    ordered = [*foremost, *answer.documents]
    unique = {one.applied.document.stem: one for one in reversed(ordered)}
    names = dict.fromkeys(one.applied.document.stem for one in ordered)
    return tuple(unique[name] for name in names)[:MOST_CARDS]


def _card(asked: Asked, checked: CheckedDocument, site: str, *, is_first: bool) -> dict[str, Any]:
    answer, document = asked.answer, checked.applied.document
    is_warning = checked.answer.verdict.is_refusal or bool(answer.disagreeing)
    page = reverse("policies:detail", args=[document.insurer.slug, document.slug])
    copy = COPIES.get(checked.sureness)
    verdict = f"{VERDICTS[checked.answer.verdict]}{f' ({copy})' if copy else ''}"
    return _written(
        site,
        summary=_summary(f"{asked.treatment}: {verdict}. ", short_name(document)),
        indicator=WARNING if is_warning else INFO,
        detail=_detail(asked, checked, is_first=is_first),
        links=[("The document, line by line", page)],
    )


def _detail(asked: Asked, checked: CheckedDocument, *, is_first: bool) -> str:
    """With as many names as its length allows."""
    for most, letters in NAMES_WITHIN:
        text = _written_out(asked, checked, most, is_first=is_first)
        if len(text) <= letters:
            return text
    return _written_out(asked, checked, 0, is_first=is_first)


def _written_out(asked: Asked, checked: CheckedDocument, most: int, *, is_first: bool) -> str:
    """The verdict, what bars from relying on it, and the list with up to `most` names in a line."""
    return _paragraphs(
        [f"**{escaped(_verdict(checked))}**"],
        [" ".join(_cautions(asked, checked))],
        [" ".join(_above(asked))] if is_first else [],
        of_document(checked, most=most),
        record_lines(asked.record, most=most) if is_first else [],
        [_ours(asked)],
    )


def _verdict(checked: CheckedDocument) -> str:
    """The verdict in one sentence, no surer than its source."""
    sentence = wording.verdict_sentence(checked.answer, Asker.CLINIC)
    hedge = BY_COPY.get(checked.sureness)
    return hedge.format(sentence=lower_first(sentence)) if hedge else sentence


def _card_of_none(asked: Asked, site: str) -> dict[str, Any]:
    reason = asked.answer.no_document
    is_unnamed = reason is NoDocumentReason.INSURER_NOT_GIVEN
    why = PAYER_NOT_HELD if reason is NoDocumentReason.INSURER_NOT_HELD else NO_DOCUMENT
    return _written(
        site,
        summary=_summary(
            f"{asked.treatment}: ",
            f"we could not tell the plan: {asked.no_payer}" if is_unnamed else why,
        ),
        indicator=INFO,
        detail=_paragraphs(
            [NO_PAYER if is_unnamed else escaped(wording.reason(asked.answer))],
            [" ".join(_of_order(asked))],
            record_lines(asked.record, most=NAMES_WITHIN[0][0]),
            [_ours(asked)],
        ),
        links=[],
    )


def _written(
    site: str, *, summary: str, indicator: str, detail: str, links: Iterable[tuple[str, str]]
) -> dict[str, Any]:
    """A card, with links that name documents and never anything of the patient."""
    addresses = [*links, ("Check coverage by hand", reverse("policies:check"))]
    return {
        "uuid": str(uuid.uuid4()),
        "summary": summary,
        "detail": detail,
        "indicator": indicator,
        "source": {"label": NAME, "url": f"{site}/"},
        "links": [
            {"label": label, "url": f"{site}{address}", "type": "absolute"}
            for label, address in addresses
        ],
    }


def _summary(told: str, name: str) -> str:
    """Under 140 letters; what is told stands whole, and only the name after it is shortened."""
    return f"{told}{cut(name, MOST_LETTERS - len(told))}"


def _cautions(asked: Asked, checked: CheckedDocument) -> Iterator[str]:
    """What bars from taking the verdict as the patient's: it stands right behind it."""
    yield from _of_order(asked)
    yield from cautions_of(checked.applied.cautions)
    if asked.answer.plan_caution is not None:
        yield PLAN_CAUTIONS[asked.answer.plan_caution]


def _ours(asked: Asked) -> str:
    is_for_depression_alone = asked.ordered.treatment is Treatment.ESKETAMINE_NASAL
    return OURS if is_for_depression_alone else f"{OURS} {NOT_AN_ANESTHETIC}"


def _of_order(asked: Asked) -> Iterator[str]:
    if not asked.ordered.is_route_told:
        yield ROUTE_NOT_TOLD
    if asked.kind:
        yield asked.kind


def _above(asked: Asked) -> Iterator[str]:
    """What goes before everything a document says."""
    answer = asked.answer
    if answer.disagreeing:
        yield DISAGREEING
    payers = payers_in(asked.record)
    if len(payers) > 1:
        yield f"{len(payers)} payers named; this is the first we hold."
    more = len(answer.documents) - MOST_CARDS
    if more > 0:
        yield f"{more} more documents speak of this plan: see the check."


def _paragraphs(*groups: Iterable[str]) -> str:
    return "\n\n".join(text for group in groups for text in group if text)
