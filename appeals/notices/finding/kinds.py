"""What a notice is, and which decision: told by what it says of itself."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from appeals.notices.finding.finds import FieldName, Find, HowSure, Kind, Level, Note, Spot
from appeals.notices.finding.notice import Notice, Sentence, Topic
from appeals.notices.finding.text import Span

_NOUGHT = re.compile(r"\$? ?0?\.00")
_MONEY = re.compile(r"\$? ?\d[\d,]*\.\d\d")
_PAID_HEADING = re.compile(r"\bpaid\b|\bpagado|\bpago\b|payment")
# "Appeal number:" over "Authorization denied:" is a column of labels.
_LABELS = re.compile(r":\n[^:\n]{1,60}:\Z|:\n[^:\n]{1,60}:\n")
# So many words of a bill make one.
BILLED = 3
# A title stands in this upper part of the first page.
TITLE_ABOVE = 0.4
# Codes that adjust a price and refuse nothing: contract, deductible, shares, and the like.
PRICE_CODES = frozenset(("1", "2", "3", "45", "23", "94", "253", "131", "104", "137", "237"))


def _deciding(notice: Notice) -> Iterator[Sentence]:
    """Sentences that say what was decided, and neither may be nor was earlier."""
    for one in notice.sentences:
        if one.decides and one.topic not in (Topic.OUTSIDE, Topic.KEEP):
            yield one


def _spans(notice: Notice, name: str, sentences: list[Sentence]) -> list[Span]:
    return [
        span
        for one in sentences
        if not _LABELS.search(notice.text, one.start, one.end)
        for span in notice.words[name].spans(notice.text, one.start, one.end)
    ]


def _opening(notice: Notice) -> list[Sentence]:
    """What the letter says of itself: its first page down to where rights are explained."""
    return [
        one
        for one in notice.sentences
        if one.decides and (_is_title(notice, one) or one.topic in (Topic.BODY, Topic.DECISION))
    ]


def _is_title(notice: Notice, sentence: Sentence) -> bool:
    cell = notice.places.cell_at(sentence.start)
    return cell.page == notice.places.first_page and cell.top < TITLE_ABOVE


def _places(notice: Notice, spans: list[Span]) -> tuple[Spot, ...]:
    return tuple(
        dict.fromkeys(spot for one in spans for spot in notice.places.spots(one.start, one.end))
    )


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for one kind or another, list by list of the file, and what was refused."""

    found: Mapping[str, list[Span]]
    refused: list[Span]
    about_appeal: list[Span]
    why: list[Span]
    approved_title: list[Span]
    # What it asks for, in whatever form: "Please send", "before we can decide".
    asks: list[Span]
    has_refusing_code: bool
    says_no: bool
    has_answer_to_come: bool
    has_no_decision: bool
    is_statement: bool
    is_paid: bool
    has_rights: bool


Told = tuple[Kind, list[Span]] | None


def _answered(signs: Signs) -> Told:
    """The answer to an appeal, or word that it came."""
    found = signs.found
    if found["external_decision"]:
        return Kind.EXTERNAL_DECISION, found["external_decision"]
    if found["favorable"] and not found["upheld"]:
        return Kind.APPROVAL, found["favorable"]
    if found["upheld"]:
        return (Kind.UPHELD_APPEAL, found["upheld"]) if signs.about_appeal else None
    if found["appeal_receipt"] and signs.has_answer_to_come:
        return Kind.APPEAL_RECEIPT, found["appeal_receipt"]
    return None


def _of_money(signs: Signs) -> Told:
    """A clinic's bill, or an explanation of benefits: what it paid, and what it refused."""
    found = signs.found
    if not signs.is_statement:
        return (Kind.BILL, found["bill"]) if len(found["bill"]) >= BILLED else None
    if signs.refused or signs.why or signs.has_refusing_code:
        spans = signs.refused or signs.why or found["claim_statement"]
        return (Kind.PARTIAL_DENIAL if signs.is_paid else Kind.DENIAL), spans
    spans = found["paid"] or found["claim_statement"]
    return (Kind.PAID_CLAIM if signs.is_paid else Kind.UNCLEAR), spans


def _undecided(signs: Signs) -> Told:
    if signs.says_no:
        return None
    is_partial = bool(signs.found["partial_plain"] or signs.found["partial"])
    if signs.approved_title and not signs.refused and not is_partial:
        return Kind.APPROVAL, signs.approved_title
    if signs.found["records_request"]:
        return Kind.RECORDS_REQUEST, signs.found["records_request"]
    return (Kind.UNCLEAR, []) if signs.has_no_decision else None


def _refused(signs: Signs) -> Told:
    found = signs.found
    if not signs.refused and not (found["partial_plain"] and (found["approval"] or signs.why)):
        return None
    if found["partial_plain"] or (found["approval"] and found["partial"]):
        return Kind.PARTIAL_DENIAL, found["partial_plain"] or found["partial"]
    is_of_appeal = bool(signs.about_appeal)
    return (Kind.UPHELD_APPEAL if is_of_appeal else Kind.DENIAL), signs.refused


def _otherwise(signs: Signs) -> Told:
    """Without a word of refusal: what was granted or billed, else a reason and rights."""
    if signs.asks and not signs.found["approval"]:
        return Kind.RECORDS_REQUEST, signs.asks
    for kind, name in ((Kind.APPROVAL, "approval"), (Kind.BILL, "bill")):
        if signs.found[name]:
            return kind, signs.found[name]
    return (Kind.DENIAL, signs.why) if signs.why and signs.has_rights else None


RULES: tuple[Callable[[Signs], Told], ...] = (
    _answered,
    _of_money,
    _undecided,
    _refused,
    _otherwise,
)


def kind_of(notice: Notice, carc: frozenset[str], why: list[Span]) -> tuple[Kind, Find]:
    """The first that fits, from what settles most; what nothing fits is unclear."""
    signs = _signs(notice, carc, why)
    told = next((one for rule in RULES if (one := rule(signs)) is not None), None)
    kind, spans = told if told is not None else (Kind.UNCLEAR, [])
    is_sure = _is_sure(kind, signs)
    return kind, Find(
        FieldName.KIND,
        kind.value,
        _places(notice, spans[:3]),
        HowSure.LIKELY if is_sure else HowSure.UNSURE,
        Note.NONE if is_sure else Note.NO_CLEAR_WORDS,
    )


def _is_sure(kind: Kind, signs: Signs) -> bool:
    """Whether more than one thing speaks for it, and nothing in the letter for another kind."""
    found = signs.found
    refuses = signs.says_no and not (found["appeal_receipt"] or found["records_request"])
    sure: dict[Kind, bool] = {
        Kind.DENIAL: refuses
        and bool(signs.why or len(signs.refused) > 1)
        and not (found["approval"] or signs.about_appeal),
        Kind.PARTIAL_DENIAL: bool(found["partial_plain"] or signs.is_statement),
        Kind.UPHELD_APPEAL: len(signs.about_appeal) > 1
        and bool(found["upheld"])
        and not (found["appeal_receipt"] and signs.has_answer_to_come),
        Kind.EXTERNAL_DECISION: len(found["external_decision"]) > 1,
        Kind.APPROVAL: bool(signs.approved_title or found["favorable"])
        and not (signs.refused or found["records_request"]),
        Kind.RECORDS_REQUEST: len(found["records_request"]) > 1 and not found["approval"],
        Kind.APPEAL_RECEIPT: not (signs.refused or found["approval"]),
        Kind.BILL: True,
        Kind.PAID_CLAIM: True,
    }
    return sure.get(kind, False)


def _signs(notice: Notice, carc: frozenset[str], why: list[Span]) -> Signs:
    sentences = list(_deciding(notice))
    own = [one for one in sentences if one.topic is not Topic.APPEAL]
    found = {name: _spans(notice, f"kind.{name}", sentences) for name in notice.words.names("kind")}
    everywhere = [one for one in notice.sentences if not one.is_boilerplate]
    found["bill"] = _spans(notice, "kind.bill", everywhere)
    for name in ("appeal_receipt", "upheld"):
        found[name] = _spans(notice, f"kind.{name}", own)
    found["external_decision"] = _spans(notice, "kind.external_decision", _opening(notice))
    titles = [one for one in own if _is_title(notice, one)]
    found["claim_statement"] = _spans(notice, "kind.claim_statement", titles)
    refused = _spans(notice, "refusal", own)
    return Signs(
        found=found,
        refused=refused,
        about_appeal=_spans(notice, "level.about_appeal", own),
        why=why,
        approved_title=_spans(notice, "kind.approval", titles),
        asks=_spans(
            notice,
            "kind.records_request",
            [one for one in everywhere if one.topic in (Topic.BODY, Topic.DECISION)],
        ),
        has_refusing_code=bool(carc - PRICE_CODES),
        says_no=any(notice.has("refusal_plain", notice.sentence_at(one.start)) for one in refused),
        has_answer_to_come=notice.has("kind.receipt_future"),
        has_no_decision=notice.has("kind.no_decision"),
        is_statement=bool(found["claim_statement"]) or notice.has("kind.not_a_bill"),
        is_paid=bool(found["paid"]) or _has_paid_amount(notice),
        has_rights=any(one.topic is Topic.APPEAL for one in notice.sentences),
    )


def _has_paid_amount(notice: Notice) -> bool:
    """Whether an amount above nought stands under or beside a heading of what was paid."""
    for cell in notice.places.cells:
        shown = notice.places.of(cell)
        if len(shown) > 40 or not _PAID_HEADING.search(shown):
            continue
        beside = [notice.places.right_of(cell), *notice.places.below(cell, far=10)]
        for text in (shown, *(notice.places.of(one) for one in beside if one is not None)):
            amount = _MONEY.search(text)
            if amount and not _NOUGHT.fullmatch(amount.group().lstrip("$ ")):
                return True
    return False


def level_of(notice: Notice, kind: Kind, *, is_sure: bool) -> Find | None:
    """Only a refusal is a decision on some level; the first unless the letter answers an appeal."""
    if not kind.refuses:
        return None
    sentences = [one for one in notice.sentences if one.decides]
    if kind is Kind.EXTERNAL_DECISION:
        level, spans = Level.EXTERNAL, _spans(notice, "kind.external_decision", sentences)
    else:
        about = _spans(notice, "level.about_appeal", sentences)
        opening = [one for one in _opening(notice) if one.topic is not Topic.APPEAL]
        second = _spans(notice, "level.second", opening)
        if kind is Kind.UPHELD_APPEAL:
            level = Level.INTERNAL_2 if second else Level.INTERNAL_1
            spans = second or about
        else:
            level, spans = Level.INITIAL, []
    return Find(
        FieldName.LEVEL,
        level.value,
        _places(notice, spans[:3]),
        HowSure.LIKELY if spans and is_sure else HowSure.UNSURE,
        Note.NONE if spans else Note.NO_CLEAR_WORDS,
    )


def urgency(notice: Notice) -> Find | None:
    """Only if the letter says that this request was handled as urgent."""
    for one in notice.sentences:
        if one.is_conditional or one.is_boilerplate or one.topic is Topic.OUTSIDE:
            continue
        labelled = notice.words["urgent.labelled"].first(notice.text, one.start, one.end)
        handled = notice.words["urgent.handled"].first(notice.text, one.start, one.end)
        if labelled is None and (handled is None or notice.has("urgent.denied", one)):
            continue
        span = labelled or handled
        if span and (labelled or notice.has("urgent.asked", one)):
            return Find(FieldName.IS_URGENT, "true", notice.places.spots(span.start, span.end))
    return None
