"""Cards: what a plan's document wants of an order, held against the record, in plain words.

CDS Hooks 2.0, "Card Attributes". A card only informs: no suggestion, no reason to override, and
nothing on how an answer would have to be to turn the verdict.
"""

import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from policies import wording
from policies.catalogue import PriorAuthorization
from policies.check import Answer, CheckedDocument, NoDocumentReason
from policies.criteria import Unread
from policies.fhir import Kind, Record
from policies.hooks.orders import Ordered
from policies.hooks.record_words import record_lines
from policies.language import said
from policies.matcher import Finding, top_level
from policies.situation import Asker
from policies.truth import Truth
from policies.verdict import PositionAnswer
from policies.wording import phrases
from policies.wording.findings import state
from policies.wording.naming import score, short_name

INFO, WARNING = "info", "warning"
MOST_LETTERS = 139
MOST_CARDS = 3
MOST_NAMED = 4
NAME = "Ketamine Coverage"
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~])")
_GROUPS = (
    (Truth.MET, "Appears met by what is in the record"),
    (Truth.NOT_MET, "Appears not met by what is in the record"),
    (Truth.UNKNOWN, "Not known from the record"),
)
PLAN_UNKNOWN = {
    NoDocumentReason.INSURER_NOT_GIVEN: "we could not tell the plan: the record names no payer",
    NoDocumentReason.INSURER_NOT_HELD: "we could not tell the plan by the payer's name",
}
NO_DOCUMENT = "we hold no document for this plan"
NO_PAYER = (
    "The record names no payer in force, and no rule that we hold applies without one. That is not "
    "a no: the check takes the plan by its name."
)
AUTHORIZATION = {
    PriorAuthorization.REQUIRED: "Prior authorization is required.",
    PriorAuthorization.NOT_REQUIRED: "Prior authorization is not required.",
    PriorAuthorization.UNKNOWN: "We did not read whether prior authorization is required.",
}
OURS = (
    "The verdict is ours, from the written rule; the plan decides. What is in the record was read "
    "as it was sent, and nobody has reviewed it for this."
)
NOT_FOR_ANESTHESIA = "For anesthesia or sedation this card does not apply."
ROUTE_NOT_TOLD = "The order does not say how it is given; this is about an infusion."


@dataclass(frozen=True, slots=True)
class Asked:
    """One treatment ordered, its answer, and the record that it was answered from."""

    ordered: Ordered
    answer: Answer
    record: Record


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
    sentence = wording.document_verdict(checked, Asker.CLINIC)
    is_warning = checked.answer.verdict.is_refusal or bool(answer.disagreeing)
    page = reverse("policies:detail", args=[document.insurer.slug, document.slug])
    return _written(
        site,
        summary=_summary(short_name(document), f", by the record: {phrases.lower_first(sentence)}"),
        indicator=WARNING if is_warning else INFO,
        detail=_paragraphs(
            _above(asked) if is_first else [],
            _of_document(checked),
            record_lines(asked.record) if is_first else [],
            _below(asked, wording.cautions(answer)),
        ),
        links=[("The document, line by line", page)],
    )


def _card_of_none(asked: Asked, site: str) -> dict[str, Any]:
    answer = asked.answer
    named = wording.treatment_for(asked.ordered.treatment, "")
    reason = answer.no_document
    why = PLAN_UNKNOWN.get(reason, "") if reason is not None else ""
    return _written(
        site,
        summary=_summary(named[:1].upper() + named[1:], f": {why or NO_DOCUMENT}"),
        indicator=INFO,
        detail=_paragraphs(
            [NO_PAYER if reason is NoDocumentReason.INSURER_NOT_GIVEN else wording.reason(answer)],
            record_lines(asked.record),
            _below(asked, ()),
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


def _summary(name: str, rest: str) -> str:
    """Under 140 letters; of a name that is too long the end goes first."""
    return _cut(f"{_cut(name, max(MOST_LETTERS - len(rest), 20))}{rest}", MOST_LETTERS)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _above(asked: Asked) -> Iterator[str]:
    """What goes before everything a document says."""
    answer = asked.answer
    if answer.disagreeing:
        yield wording.headline(answer)
    payers = [one for one in asked.record.found if one.kind is Kind.PLAN]
    if len(payers) > 1:
        yield f"The record names {len(payers)} payers; this is about the first that we hold."
    more = len(answer.documents) - MOST_CARDS
    if more > 0:
        yield f"{more} more documents speak of this plan; the check shows them all."


def _of_document(checked: CheckedDocument) -> Iterator[str]:
    """What it is, what it says, and how the record stands to its list."""
    document, edition = checked.applied.document, checked.applied.edition
    line = wording.document_line(document, edition)
    yield f"**{escaped(line)}**, {escaped(document.insurer.name)}"
    sureness = checked.sureness
    yield f"How sure our copy is: {sureness.label.lower()}. {sureness.explanation}"
    if not checked.answer.positions:
        return
    position = checked.answer.positions[0]
    authorization = AUTHORIZATION[position.position.prior_authorization]
    yield f"{escaped(wording.what_it_says(position))} {authorization}"
    if position.score is not None:
        yield f"By the record: {score(position.score)}."
    yield from _groups(position)


def _groups(answer: PositionAnswer) -> Iterator[str]:
    found = top_level(answer.findings) if answer.findings is not None else ()
    for truth, heading in _GROUPS:
        labels = [_label(one) for one in found if one.truth is truth]
        if truth is Truth.UNKNOWN:
            labels = [one for one in (wording.whose_list(answer), *labels) if one]
        if labels:
            yield f"{heading} ({len(labels)}):\n{listed(labels)}"


def _label(found: Finding) -> str:
    label = escaped(said(found.node.label).rstrip("."))
    if isinstance(found.node, Unread):
        return f"{label} (we could not read this part)"
    # Of what must not apply, the label alone would say the opposite.
    return f"{label} ({state(found).lower()})" if found.is_exclusion else label


def _below(asked: Asked, cautions: Iterable[str]) -> Iterator[str]:
    yield from cautions
    if not asked.ordered.is_route_told:
        yield ROUTE_NOT_TOLD
    yield f"{OURS} {NOT_FOR_ANESTHESIA}"


def listed(labels: list[str]) -> str:
    """The first few as a list, and how many more there are."""
    more = len(labels) - MOST_NAMED
    lines = [*labels[:MOST_NAMED], *([f"and {more} more"] if more > 0 else [])]
    return "\n".join(f"- {line}" for line in lines)


def _paragraphs(*groups: Iterable[str]) -> str:
    return "\n\n".join(text for group in groups for text in group if text)


def escaped(text: str) -> str:
    r"""A text that stays as it is in Markdown.

    >>> print(escaped("a *b* <c>"))
    a \*b\* \<c\>
    """
    return _MARKDOWN.sub(r"\\\1", text)
