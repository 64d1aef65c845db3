"""The worked cases on the page: what an edition turns, each with all that explains it."""

from collections.abc import Iterator
from dataclasses import dataclass

from policies.admin.effects.loading import Beside
from policies.admin.effects.words import LISTS, heading, meaning_of
from policies.admin.proving.wanted import GROUNDS, VERDICTS
from policies.effects import EditionEffect, LineEffect, PositionEffect
from policies.effects.cases import CaseEffect, Outcome, Turn, turns_of
from policies.effects.rows import said
from policies.presenting.review import ReviewRow, present_review
from policies.truth import Truth
from policies.wording import conditions_named
from policies.wording.dates import date
from policies.wording.phrases import EXCLUSION_STATES, STATES


@dataclass(frozen=True, slots=True)
class TurnView:
    """A change that turned a case; `went` tells how its line came out before and after."""

    label: str
    anchor: str
    meaning: tuple[str, ...]
    went: str


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A line with what was found of it by either edition; empty where it does not stand."""

    depth: int
    label: str
    before: str
    after: str
    is_turned: bool


@dataclass(frozen=True, slots=True)
class FoundList:
    """What was found in one position."""

    heading: str
    rows: tuple[FoundRow, ...]


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case that an edition turns."""

    name: str
    day: str
    before: str
    after: str
    is_as_if: bool
    turns: tuple[TurnView, ...]
    situation: tuple[ReviewRow, ...]
    found: tuple[FoundList, ...]


@dataclass(frozen=True, slots=True)
class CasesView:
    """All cases in numbers, and those whose verdict changes.

    `touched` are the names of others in which lines come out otherwise and the verdict stays.
    """

    total: int
    turned: tuple[CaseView, ...]
    touched: tuple[str, ...]
    as_if: int
    unreadable: tuple[str, ...]


def present_cases(found: Beside, effect: EditionEffect) -> CasesView:
    """What becomes of the worked cases."""
    cases = found.judged()
    return CasesView(
        len(cases),
        tuple(_case(one, effect) for one in cases if one.is_turned),
        tuple(one.case.name for one in cases if not one.is_turned and _touches(one, effect)),
        sum(one.is_as_if for one in cases),
        found.cases.unreadable,
    )


def _touches(case: CaseEffect, effect: EditionEffect) -> bool:
    was, now = case.before.truths, case.after.truths
    both = (
        (was.get(line.before.key), now.get(line.after.key))
        for position in effect.positions
        for line in position.lines
        if line.before and line.after
    )
    return any(None not in pair and pair[0] is not pair[1] for pair in both)


def _case(case: CaseEffect, effect: EditionEffect) -> CaseView:
    return CaseView(
        case.case.name,
        date(case.settled.on),
        verdict_in_words(case.before),
        verdict_in_words(case.after),
        case.is_as_if,
        tuple(_turn(one) for one in turns_of(case, effect)),
        tuple(_situation(case)),
        tuple(_found(case, effect)),
    )


def verdict_in_words(outcome: Outcome) -> str:
    """A verdict with its ground, as it is said wherever cases are composed."""
    verdict, ground = outcome.verdict
    named = VERDICTS[verdict]
    return f"{named} ({GROUNDS[ground].lower()})" if ground else named


def _turn(turn: Turn) -> TurnView:
    went = ""
    if turn.before is not None or turn.after is not None:
        went = f"{_state(turn.before)} before, {_state(turn.after).lower()} now"
    if turn.before is turn.after and turn.after is not None:
        went = f"{_state(turn.after)} before and now"
    return TurnView(
        turn.label, turn.anchor, tuple(meaning_of(one) for one in turn.rules if one.what), went
    )


def _state(truth: Truth | None, *, is_exclusion: bool = False) -> str:
    if truth is None:
        return "Not there"
    return (EXCLUSION_STATES if is_exclusion else STATES)[truth]


def _situation(case: CaseEffect) -> Iterator[ReviewRow]:
    situation = case.settled.situation
    yield ReviewRow("Treatment asked for", (situation.treatment.label,), "")
    conditions = situation.answers.get("conditions")
    if isinstance(conditions, frozenset):
        yield ReviewRow("Diagnosis", (conditions_named(tuple(sorted(map(str, conditions)))),), "")
    if situation.icd10_codes:
        yield ReviewRow("Diagnosis codes", (", ".join(situation.icd10_codes),), "")
    told = present_review(situation, plan=(), asked=frozenset(), on=case.settled.on)
    yield from told.situation


def _found(case: CaseEffect, effect: EditionEffect) -> Iterator[FoundList]:
    """What both editions find in the positions that decide for either."""
    for position in effect.positions:
        if _decides(position, case):
            lines = (line for name in LISTS for line in position.lists.get(name, ()))
            rows = tuple(row for line in lines if (row := _row(line, case)))
            if rows:
                yield FoundList(heading(position), rows)


def _decides(position: PositionEffect, case: CaseEffect) -> bool:
    is_before = position.before is not None and position.before.key in case.before.positions
    is_after = position.after is not None and position.after.key in case.after.positions
    return is_before or is_after


def _row(line: LineEffect, case: CaseEffect) -> FoundRow | None:
    before = case.before.truths.get(line.before.key) if line.before else None
    after = case.after.truths.get(line.after.key) if line.after else None
    if before is None and after is None:
        return None
    is_exclusion = line.group is not None and line.group.kind == "none_of"
    return FoundRow(
        min(line.depth, 6),
        said(line.line, "label"),
        _state(before, is_exclusion=is_exclusion),
        _state(after, is_exclusion=is_exclusion),
        is_turned=before is not after,
    )
