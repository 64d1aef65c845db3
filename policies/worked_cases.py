"""Worked cases: a situation, and what a document's edition must make of it.

They are written from the document's text, before and apart from its criteria tree.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from policies.catalogue import Document, Edition
from policies.facts import facts_from
from policies.faults import Fault, FaultList, InputError, join
from policies.matcher import Finding
from policies.score import Score
from policies.situation import Situation, SituationError
from policies.truth import Truth
from policies.verdict import Ground, Verdict, judge_document, judge_position


class CaseError(InputError):
    """Worked cases that can't be read."""


@dataclass(frozen=True, slots=True)
class WorkedCase:
    """One case: `findings` by criterion id, `score` only where it is the point."""

    name: str
    on: dt.date
    situation: Situation
    verdict: Verdict
    ground: Ground | None = None
    findings: Mapping[str, Truth] = field(default_factory=dict)
    score: Score | None = None


def read_cases(data: object) -> tuple[WorkedCase, ...]:
    """Read the data form, a list of cases; CaseError names every fault."""
    reader = _Reader()
    cases = reader.cases(data)
    if reader.faults:
        raise CaseError(reader.faults)
    return cases


def write_case(case: WorkedCase) -> dict[str, Any]:
    """The data form of a case; what was not answered is left out."""
    situation = {
        name: value
        for name, value in case.situation.to_json().items()
        if name != "version" and value not in (None, {}, [])
    }
    if case.situation.treatments_tried == ():
        situation["treatments_tried"] = []
    data: dict[str, Any] = {
        "name": case.name,
        "on": case.on.isoformat(),
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
    edition = document.edition_in_force(case.on)
    if edition is None:
        return (f"no edition was in force on {case.on}",)
    facts = facts_from(case.situation, on=case.on)
    answer = judge_document(document, edition, treatment=case.situation.treatment, facts=facts)
    wrong = []
    if answer.verdict is not case.verdict:
        wrong.append(f"verdict {answer.verdict}, wanted {case.verdict}")
    if answer.ground is not case.ground:
        wrong.append(f"ground {answer.ground}, wanted {case.ground}")
    found = _truths(case, edition)
    for name, truth in case.findings.items():
        if found.get(name) is not truth:
            wrong.append(f"{name} is {found.get(name)}, wanted {truth}")
    score = answer.positions[0].score if answer.positions else None
    if case.score is not None and score != case.score:
        wrong.append(f"score {score}, wanted {case.score}")
    return tuple(wrong)


def _truths(case: WorkedCase, edition: Edition) -> dict[str, Truth]:
    """The truth of every criterion that has an id, in all positions on the treatment."""
    facts = facts_from(case.situation, on=case.on)
    found: dict[str, Truth] = {}
    for position in edition.positions:
        if position.treatment is case.situation.treatment:
            findings = judge_position(edition, position, facts).findings
            if findings is not None:
                _collect(findings, found)
    return found


def _collect(finding: Finding, found: dict[str, Truth]) -> None:
    if finding.node.id:
        found[finding.node.id] = finding.truth
    for member in finding.members:
        _collect(member, found)


class _Reader(FaultList):
    """Reads cases one by one, keeping every fault with its place."""

    def cases(self, data: object) -> tuple[WorkedCase, ...]:
        if not isinstance(data, list):
            self.add("", "expected a list of cases")
            return ()
        cases = [self.case(item, f"[{index}]") for index, item in enumerate(data)]
        seen = set()
        for index, case in enumerate(cases):
            if case is not None and case.name in seen:
                self.add(f"[{index}].name", f"{case.name!r} stands twice; give each its own name")
            seen.add(case.name if case else "")
        return tuple(case for case in cases if case is not None)

    def case(self, data: object, place: str) -> WorkedCase | None:
        before = len(self.faults)
        known = ("name", "on", "situation", "verdict", "ground", "findings", "score")
        entries: Mapping[str, Any] = self.mapping(data, place, known)
        name = entries.get("name")
        if not isinstance(name, str) or not name.strip():
            self.add(
                join(place, "name"), "missing: give a sentence that says what the case is about"
            )
        on = self.day(entries.get("on"), join(place, "on"))
        situation = self.situation(entries.get("situation"), join(place, "situation"))
        verdict = entries.get("verdict")
        if verdict not in list(Verdict):
            self.add(join(place, "verdict"), f"{verdict!r} is not one of: {', '.join(Verdict)}")
        ground = entries.get("ground")
        if ground is not None and ground not in list(Ground):
            self.add(join(place, "ground"), f"{ground!r} is not one of: {', '.join(Ground)}")
        findings = self.findings(entries.get("findings"), join(place, "findings"))
        score = self.score(entries.get("score"), join(place, "score"))
        if len(self.faults) > before or on is None or situation is None:
            return None
        return WorkedCase(
            name=" ".join(str(name).split()),
            on=on,
            situation=situation,
            verdict=Verdict(str(verdict)),
            ground=None if ground is None else Ground(ground),
            findings=findings,
            score=score,
        )

    def day(self, raw: object, place: str) -> dt.date | None:
        try:
            return dt.date.fromisoformat(str(raw))
        except ValueError:
            self.add(place, f"{raw!r} is not a date like 2026-11-25")
            return None

    def situation(self, raw: object, place: str) -> Situation | None:
        if not isinstance(raw, Mapping):
            self.add(place, "expected a situation")
            return None
        try:
            return Situation.from_json({"version": 1, **raw})
        except SituationError as error:
            self.faults.extend(
                Fault(join(place, one.place), one.text, one.values) for one in error.faults
            )
            return None

    def findings(self, raw: object, place: str) -> dict[str, Truth]:
        if raw is None:
            return {}
        if not isinstance(raw, Mapping):
            self.add(place, "expected criterion ids, each met, not_met or unknown")
            return {}
        for name, truth in raw.items():
            if truth not in list(Truth):
                self.add(join(place, str(name)), f"{truth!r} is not one of: {', '.join(Truth)}")
        return {str(name): Truth(truth) for name, truth in raw.items() if truth in list(Truth)}

    def score(self, raw: object, place: str) -> Score | None:
        if raw is None:
            return None
        entries: Mapping[str, Any] = self.mapping(
            raw, place, known=("met", "not_met", "to_find_out", "at_least")
        )
        counts = [entries.get(name) for name in ("met", "not_met", "to_find_out")]
        if not all(isinstance(count, int) for count in counts):
            self.add(place, "give met, not_met and to_find_out as whole numbers")
            return None
        met, not_met, to_find_out = (int(count or 0) for count in counts)
        return Score(met, not_met, to_find_out, at_least=entries.get("at_least") is True)
