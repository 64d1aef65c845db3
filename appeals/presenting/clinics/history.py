"""What a case has come to and what happened in it, day by day."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from appeals.clinics.casework import OpenCase, happened_in, verdict_in
from appeals.clinics.content import Approval, Happened, TakenFact, VerdictRecord
from appeals.clinics.verdicts import DISAGREE
from appeals.law.reasons import ReasonId, denial_reason
from appeals.models import CaseEvent
from policies.verdict import Verdict
from policies.wording.dates import date
from policies.wording.voices import TO_CLINIC

Kind = CaseEvent.Kind


@dataclass(frozen=True, slots=True)
class VerdictLine:
    """What one check said, in a line."""

    on: dt.date
    score: str
    verdict: str
    rule: str


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event with who wrote it down, and when; `rows` are what it holds.

    `taken` are the facts that it took from a record.
    """

    kind: str
    what: str
    on: dt.date
    at: dt.datetime
    by: str
    rows: tuple[tuple[str, str], ...]
    taken: tuple[TakenFact, ...] = ()


def present_verdicts(opened: OpenCase) -> tuple[VerdictLine, ...]:
    """The history of the verdict, the newest first."""
    rows = [(one.on, verdict_in(opened, one)) for one in opened.case.verdicts.all()]
    return tuple(
        VerdictLine(on, score_words(record), verdict_words(record), rule_words(record))
        for on, record in reversed(rows)
    )


def score_words(record: VerdictRecord) -> str:
    """How many criteria were met, never as a chance.

    >>> score_words(VerdictRecord("could_qualify", met=4, to_find_out=5))
    '4 of 9 met'
    """
    total = record.met + record.not_met + record.to_find_out
    at_least = "at least " if record.is_partial else ""
    return f"{record.met} of {at_least}{total} met" if total else "No list"


def verdict_words(record: VerdictRecord) -> str:
    if record.verdict == DISAGREE:
        return TO_CLINIC.disagreement
    return TO_CLINIC.verdicts[Verdict(record.verdict)]


def rule_words(record: VerdictRecord) -> str:
    return f"{record.document}, {record.edition}" if record.document else "No document held"


def present_events(opened: OpenCase) -> tuple[EventLine, ...]:
    """Everything that happened, the newest first."""
    events = opened.case.events.select_related("by").order_by("-at", "-pk")
    held = [(one, happened_in(opened, one)) for one in events]
    return tuple(
        EventLine(
            kind=one.kind,
            what=Kind(one.kind).label,
            on=one.on,
            at=one.at,
            by=one.by.get_username() if one.by else "This site",
            rows=tuple(_rows(happened, one)),
            taken=tuple(fact for fact in happened.taken if fact.mark),
        )
        for one, happened in held
    )


def last_taken(events: Iterable[EventLine]) -> dict[str, tuple[str, str]]:
    """When each fact was last taken from a record, and what that says of it, by its mark."""
    found: dict[str, tuple[str, str]] = {}
    for one in events:
        for fact in one.taken:
            found.setdefault(fact.mark, (date(one.on), fact.in_record))
    return found


def _rows(happened: Happened, event: CaseEvent) -> Iterator[tuple[str, str]]:
    if happened.text:
        yield "", happened.text
    for fact in happened.taken:
        yield ("Entered" if fact.instead_of else "Taken"), _taken(fact)
    if happened.stayed_out:
        yield "Left out", "; ".join(happened.stayed_out)
    if happened.amount:
        yield "Given", happened.amount
    if happened.approval is not None:
        yield from _approved(happened.approval)
    denial = happened.denial
    if denial is None:
        return
    if denial.notice.notice_on:
        day = denial.notice.notice_on
        yield "Notice of", f"{day:%B} {day.day}, {day.year}"
    reasons = [denial_reason(ReasonId(one)).label for one in event.reasons]
    if reasons:
        yield "Reasons", "; ".join(reasons)
    if denial.reference_numbers:
        yield "Numbers", ", ".join(denial.reference_numbers)


def _taken(fact: TakenFact) -> str:
    """A fact with what stood before, so that it can be undone by hand.

    >>> _taken(TakenFact("Age: 46 years", before="44 years", recorded="May 3, 1980"))
    'Age: 46 years (in the record: May 3, 1980). Before: 44 years.'
    >>> _taken(TakenFact("PHQ-9 25", recorded="May 3, 2026", instead_of="PHQ-9 20"))
    'PHQ-9 25. The record says: PHQ-9 20 (May 3, 2026).'
    """
    before = f" Before: {fact.before}." if fact.before else ""
    if fact.instead_of:
        is_dated = fact.recorded and fact.recorded not in fact.instead_of
        day = f" ({fact.recorded})" if is_dated else ""
        return f"{fact.now}. The record says: {fact.instead_of}{day}.{before}"
    recorded = f" (in the record: {fact.recorded})" if fact.recorded else ""
    return f"{fact.now}{recorded}.{before}"


def _approved(given: Approval) -> Iterator[tuple[str, str]]:
    if given.number:
        yield "Authorization", given.number
    if given.sessions:
        yield "Sessions", str(given.sessions)
    if given.begins_on:
        yield "From", date(given.begins_on)
    if given.ends_on:
        yield "Until", date(given.ends_on)


def change_told(opened: OpenCase) -> str:
    """What changed in the rule, until somebody has looked; empty where nothing did."""
    if not opened.case.is_rule_changed:
        return ""
    event = opened.case.events.filter(kind=Kind.RULE_CHANGED).last()
    return happened_in(opened, event).text if event is not None else ""
