"""What comes out of worked cases in words, with the line that decides and where it is written."""

from collections.abc import Iterable
from dataclasses import dataclass

from policies.admin.proving.wanted import GROUNDS, TRUTHS, VERDICTS
from policies.catalogue import Edition
from policies.draft_states import working_of
from policies.models import PolicyVersion, WorkedCase
from policies.outline import Line, Working, lines_of
from policies.outline.data import write
from policies.outline.in_short import in_short
from policies.proofs import Proof
from policies.score import Score
from policies.truth import Truth
from policies.verdict import Ground, Verdict
from policies.wording import edition_date
from policies.wording.dates import date
from policies.wording.findings import given, state
from policies.worked_cases import CameOut, Difference, FoundLine
from policies.worked_cases.turning import gone_lines, turned_lines


@dataclass(frozen=True, slots=True)
class LineView:
    """A line as it came out: the groups around it, what it tests, what was told, and its key.

    `remarks` say what it has to do with the case.
    """

    label: str
    within: tuple[str, ...]
    truth: str
    state: str
    told: str
    key: str
    short: str
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OutcomeView:
    """A case with what comes out of it, and the lines that tell why, the most telling first.

    `turns` are what no line tells; `gone` are lines that the edition before had, named in `before`.
    """

    pk: int | None
    name: str
    day: str
    edition: str
    is_own: bool
    is_as_wanted: bool
    found: str
    wanted: str
    turns: tuple[str, ...]
    lines: tuple[LineView, ...]
    note: str
    before: str
    gone: tuple[str, ...]


class LineKeys:
    """Where the lines of an edition are written at the desk."""

    def __init__(self, version: PolicyVersion, working: Working | None = None) -> None:
        self.lines: dict[str, Line] = {}
        self.by_place: dict[str, str] = {}
        if version.published_at is None:
            working = working or working_of(version)
            self.lines = {one.key: one for one in lines_of(working)}
            self.by_place = write(working).keys

    def line_at(self, place: str, label: str) -> Line | None:
        """The line at a place; while a draft is faulty it may stand elsewhere by now."""
        line = self.lines.get(self.by_place.get(place, ""))
        if line is not None and _label(line) == label:
            return line
        return next((one for one in self.lines.values() if _label(one) == label), None)


def _label(line: Line) -> str:
    return " ".join(str(line.fields.get("label") or "").split())


class Presenter:
    """Puts the cases of one version into words."""

    def __init__(self, proof: Proof, working: Working | None = None) -> None:
        self.proof = proof
        self.keys = LineKeys(proof.version, working)

    def outcome(self, out: CameOut, row: WorkedCase | None = None) -> OutcomeView:
        is_own = out.edition is self.proof.edition
        before = self.proof.before if is_own and out.differences else None
        gone = gone_lines(out, before) if before else ()
        return OutcomeView(
            pk=row.pk if row else None,
            name=out.case.name,
            day=date(out.settled.on),
            edition=_named(out.edition) if out.edition else "",
            is_own=is_own,
            is_as_wanted=out.is_as_wanted,
            found=_answer_words(out),
            wanted=_words(out.case.verdict, out.case.ground),
            turns=tuple(
                _turn(one)
                for one in out.differences
                if one.what not in ("verdict", "ground") and out.line(one.what) is None
            ),
            # In a list nobody asks what decided a case that is as it was wanted.
            lines=() if row and out.is_as_wanted else self._lines(out, before),
            note=_note(out),
            before=_named(before) if before and gone else "",
            gone=tuple(one.finding.node.label for one in gone),
        )

    def _lines(self, out: CameOut, before: Edition | None) -> tuple[LineView, ...]:
        """Those wanted otherwise, those that came out otherwise before, and those that decide."""
        found: dict[str, FoundLine] = {}
        remarks: dict[str, list[str]] = {}

        def note(line: FoundLine, remark: str) -> None:
            found.setdefault(line.place, line)
            remarks.setdefault(line.place, []).append(remark)

        for one in out.differences:
            line = out.line(one.what)
            if line is not None and isinstance(one.wanted, Truth):
                note(line, f"Wanted: {TRUTHS[one.wanted].lower()}.")
        if before is not None:
            for line in turned_lines(out, before):
                note(line, f"Otherwise in {_named(before)}.")
        for line in out.deciding:
            note(line, "It decides.")
        return tuple(self._line(line, remarks[place]) for place, line in found.items())

    def _line(self, found: FoundLine, remarks: Iterable[str]) -> LineView:
        node = found.finding.node
        line = self.keys.line_at(found.place, node.label)
        return LineView(
            label=node.label,
            within=tuple(one.finding.node.label for one in found.within),
            truth=found.finding.truth.value,
            state=state(found.finding).lower(),
            # The wording speaks to patients.
            told=given(found.finding).replace("You told us: ", "Told: "),
            key=line.key if line else "",
            short=in_short(line) if line else "",
            remarks=tuple(remarks),
        )


def _named(edition: Edition) -> str:
    is_dated = edition.effective or edition.last_reviewed
    return f"the edition {edition_date(edition)}" if is_dated else "the edition without a date"


def _turn(turn: Difference) -> str:
    if isinstance(turn.wanted, Score):
        return f"The score is {_score(turn.found)}. Wanted: {_score(turn.wanted)}."
    return f"There is no line called {turn.what}, or it was not asked."


def _note(out: CameOut) -> str:
    if out.answer is None:
        return ""
    if not out.answer.positions:
        return "No position of the edition is on this treatment for this condition."
    if out.answer.positions[0].applies is Truth.UNKNOWN:
        return "It is open whether the position is for this condition, or for such a plan."
    return ""


def _answer_words(out: CameOut) -> str:
    if out.answer is None:
        return "No edition was in force on that day"
    return _words(out.answer.verdict, out.answer.ground)


def _words(verdict: Verdict, ground: Ground | None) -> str:
    return f"{_verdict(verdict)}{f': {GROUNDS[ground].lower()}' if ground else ''}"


def _verdict(verdict: object) -> str:
    return VERDICTS[verdict] if isinstance(verdict, Verdict) else str(verdict)


def _score(score: object) -> str:
    if not isinstance(score, Score):
        return "none"
    more = ", at least" if score.at_least else ""
    return f"{score.met} met, {score.not_met} not met, {score.to_find_out} to find out{more}"


@dataclass(frozen=True, slots=True)
class TurnedBy:
    """A line with the cases that it turned; none where no single line tells why."""

    line: LineView | None
    cases: tuple[OutcomeView, ...]


@dataclass(frozen=True, slots=True)
class CasesView:
    """All cases of a version: those on its own days, those on others, and what can't be read."""

    own: tuple[OutcomeView, ...]
    earlier: tuple[OutcomeView, ...]
    turned: tuple[OutcomeView, ...]
    unreadable: tuple[tuple[int, str, tuple[str, ...]], ...]
    lacking: int
    wants_cases: bool

    @property
    def are_enough(self) -> bool:
        """Whether they keep the edition from review no longer."""
        return self.wants_cases and not (self.lacking or self.turned or self.unreadable)

    @property
    def as_wanted(self) -> int:
        return len(self.own) + len(self.earlier) - len(self.turned)

    @property
    def by_line(self) -> tuple[TurnedBy, ...]:
        """What turned, by the line that tells best why; the one that turned most comes first."""
        found: dict[str, tuple[LineView | None, list[OutcomeView]]] = {}
        for case in self.turned:
            line = case.lines[0] if case.lines else None
            held = found.setdefault(f"{line.key} {line.label}" if line else "", (line, []))
            held[1].append(case)
        groups = [TurnedBy(line, tuple(cases)) for line, cases in found.values()]
        return tuple(sorted(groups, key=lambda one: -len(one.cases)))

    @property
    def lists(self) -> tuple[tuple[str, str, tuple[OutcomeView, ...]], ...]:
        """Those that are as wanted, under the heading of whose days they are on."""
        own, earlier = (
            tuple(one for one in views if one.is_as_wanted) for views in (self.own, self.earlier)
        )
        return (
            ("own", "As wanted, on days of this edition", own),
            ("earlier", "As wanted, on days of other editions", earlier),
        )


def present_cases(proof: Proof, working: Working | None = None) -> CasesView:
    """Every case of a version in words; `working` is how a draft stands, where that was read."""
    presenter = Presenter(proof, working)
    views = [presenter.outcome(out, row) for row, out in proof.run]
    return CasesView(
        own=tuple(one for one in views if one.is_own),
        earlier=tuple(one for one in views if not one.is_own),
        turned=tuple(one for one in views if not one.is_as_wanted),
        unreadable=tuple(
            (row.pk, row.name, tuple(str(one) for one in proof.unreadable[row.pk]))
            for row in proof.rows
            if row.pk in proof.unreadable
        ),
        lacking=proof.lacking,
        wants_cases=proof.wants_cases,
    )
