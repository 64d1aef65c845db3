"""Reads the data form of worked cases, keeping every fault with its place."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from policies.days import Span
from policies.faults import Fault, FaultList, InputError, join
from policies.score import Score
from policies.situation import Situation, SituationError
from policies.truth import Truth
from policies.verdict import Ground, Verdict
from policies.worked_cases.cases import WorkedCase
from policies.worked_cases.relative import Dates, read_day, take_dates


class CaseError(InputError):
    """Worked cases that can't be read."""


def read_cases(data: object) -> tuple[WorkedCase, ...]:
    """Read the data form, a list of cases; CaseError names every fault."""
    reader = _Reader()
    cases = reader.cases(data)
    if reader.faults:
        raise CaseError(reader.faults)
    return cases


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
        told = self.situation(entries.get("situation"), join(place, "situation"))
        verdict = entries.get("verdict")
        if verdict not in list(Verdict):
            self.add(join(place, "verdict"), f"{verdict!r} is not one of: {', '.join(Verdict)}")
        ground = entries.get("ground")
        if ground is not None and ground not in list(Ground):
            self.add(join(place, "ground"), f"{ground!r} is not one of: {', '.join(Ground)}")
        findings = self.findings(entries.get("findings"), join(place, "findings"))
        score = self.score(entries.get("score"), join(place, "score"))
        if len(self.faults) > before or on is None or told is None:
            return None
        return WorkedCase(
            name=" ".join(str(name).split()),
            on=on,
            situation=told[0],
            verdict=Verdict(str(verdict)),
            ground=None if ground is None else Ground(ground),
            findings=findings,
            score=score,
            dates=told[1],
        )

    def day(self, raw: object, place: str) -> dt.date | Span | None:
        day = read_day(raw)
        if day is None:
            wanted = "is not a date like 2026-11-25, nor a span like 30 days after effective"
            self.add(place, f"{raw!r} {wanted}")
        return day

    def situation(self, raw: object, place: str) -> tuple[Situation, Dates] | None:
        if not isinstance(raw, Mapping):
            self.add(place, "expected a situation")
            return None
        data, dates = take_dates(raw, place, self)
        try:
            return Situation.from_json({"version": 1, **data}), dates
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
