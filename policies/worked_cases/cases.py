"""A worked case, the day it falls on, and what comes out otherwise than it wants."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from policies.catalogue import Document, Edition, EditionStatus
from policies.days import Span, Unit
from policies.facts import Facts, facts_from
from policies.matcher import Finding
from policies.score import Score
from policies.situation import Situation
from policies.truth import Truth
from policies.verdict import (
    DocumentAnswer,
    Ground,
    Verdict,
    judge_document,
    judge_position,
)
from policies.worked_cases.relative import (
    Dates,
    dates_before,
    put_dates,
    with_dates,
    without_dates,
    write_day,
)

# How long after its effective date an edition is asked, where a case does not mind.
SOME_TIME = Span(30, Unit.DAY)


@dataclass(frozen=True, slots=True)
class WorkedCase:
    """One case: `findings` by criterion id, `score` only where it is the point.

    A span in place of a day counts from the day the edition takes effect; `dates` are those of
    the situation that count back from the day of the case, by their place in it.
    """

    name: str
    on: dt.date | Span
    situation: Situation
    verdict: Verdict
    ground: Ground | None = None
    findings: Mapping[str, Truth] = field(default_factory=dict)
    score: Score | None = None
    dates: Dates = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Settled:
    """A case with all of its days, and the edition that was in force on its own."""

    case: WorkedCase
    on: dt.date
    situation: Situation
    edition: Edition | None

    @property
    def facts(self) -> Facts:
        return facts_from(self.situation, on=self.on)


def settle(case: WorkedCase, document: Document) -> Settled:
    """The days of a case, by the editions of its document."""
    on = case.on if isinstance(case.on, dt.date) else _counted(case.on, case, document)
    situation = with_dates(case.situation, case.dates, on=on)
    return Settled(case, on, situation, document.edition_in_force(on))


def _counted(span: Span, case: WorkedCase, document: Document) -> dt.date:
    """A day counted from the newest edition that states a rule; for its end, that ends one."""
    wanted = EditionStatus.IN_FORCE
    if case.verdict is Verdict.WITHDRAWN:
        wanted = EditionStatus.WITHDRAWN
    of_kind = [one for one in document.editions if one.status is wanted]
    newest = max(of_kind or document.editions, key=lambda one: one.order)
    return span.after(newest.known_from)


def follow_edition(case: WorkedCase, on: dt.date) -> WorkedCase:
    """The same case, told on the day `on`, on a day that follows the edition."""
    dates = {**dates_before(case.situation, on), **case.dates}
    situation = without_dates(case.situation, dates)
    return replace(case, on=SOME_TIME, dates=dates, situation=situation)


def write_case(case: WorkedCase) -> dict[str, Any]:
    """The data form of a case; what was not answered is left out."""
    situation = {
        name: value
        for name, value in case.situation.to_json().items()
        if name != "version" and value not in (None, {}, [])
    }
    if case.situation.treatments_tried == ():
        situation["treatments_tried"] = []
    put_dates(situation, case.dates)
    data: dict[str, Any] = {
        "name": case.name,
        "on": write_day(case.on),
        "situation": situation,
        "verdict": case.verdict.value,
    }
    if case.ground:
        data["ground"] = case.ground.value
    if case.findings:
        data["findings"] = {name: truth.value for name, truth in sorted(case.findings.items())}
    if case.score:
        data["score"] = {
            "met": case.score.met,
            "not_met": case.score.not_met,
            "to_find_out": case.score.to_find_out,
            "at_least": case.score.at_least,
        }
    return data


def run_case(case: WorkedCase, document: Document) -> tuple[str, ...]:
    """Say in words what came out otherwise than the case wants; nothing where all is as wanted."""
    settled = settle(case, document)
    if settled.edition is None:
        return (f"no edition was in force on {settled.on}",)
    facts = settled.facts
    answer = judge_document(
        document, settled.edition, treatment=case.situation.treatment, facts=facts
    )
    return tuple(str(one) for one in differences(settled, answer, facts))


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that came out otherwise: the verdict, its ground, a criterion by id, the score."""

    what: str
    found: object
    wanted: object

    def __str__(self) -> str:
        verb = "" if self.what in ("verdict", "ground", "score") else "is "
        return f"{self.what} {verb}{self.found}, wanted {self.wanted}"


def differences(settled: Settled, answer: DocumentAnswer, facts: Facts) -> Iterator[Difference]:
    """What an answer has otherwise than the case wants."""
    case = settled.case
    if answer.verdict is not case.verdict:
        yield Difference("verdict", answer.verdict, case.verdict)
    if answer.ground is not case.ground:
        yield Difference("ground", answer.ground, case.ground)
    found = truths_of(settled, answer.edition, facts)
    for name, truth in case.findings.items():
        if found.get(name) is not truth:
            yield Difference(name, found.get(name), truth)
    score = answer.positions[0].score if answer.positions else None
    if case.score is not None and score != case.score:
        yield Difference("score", score, case.score)


def truths_of(settled: Settled, edition: Edition, facts: Facts) -> dict[str, Truth]:
    """The truth of every criterion that has an id, in all positions on the treatment."""
    found: dict[str, Truth] = {}
    for position in edition.positions:
        if position.treatment is settled.situation.treatment:
            findings = judge_position(edition, position, facts).findings
            if findings is not None:
                _collect(findings, found)
    return found


def _collect(finding: Finding, found: dict[str, Truth]) -> None:
    if finding.node.id:
        found[finding.node.id] = finding.truth
    for member in finding.members:
        _collect(member, found)
