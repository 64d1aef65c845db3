"""The interview's questions and endings, and how its file is read."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from appeals.law.files import LawReader
from appeals.law.plan_types import PlanType
from policies import terms
from policies.faults import join
from policies.guide.grades import Grade
from policies.situation import Funding, LineOfBusiness

DONT_KNOW = "dont_know"
# What the coverage check may have asked already; the fields of a plan, by their names there.
TOLD = {"line_of_business": tuple(LineOfBusiness), "funding": tuple(Funding)}

Condition = Mapping[str, tuple[str, ...]]


class Sureness(StrEnum):
    """How far the answers led."""

    SETTLED = "settled"
    ASSUMED = "assumed"
    TWO = "two"
    OPEN = "open"
    NOT_HANDLED = "not_handled"


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer that can be given; `fits` says for whom it is offered, if the check was told."""

    id: str
    label: str
    fits: Condition


@dataclass(frozen=True, slots=True)
class Question:
    """A question in the patient's words; `help` says where the answer is found."""

    id: str
    text: str
    help: str
    choices: tuple[Choice, ...]
    when: tuple[Condition, ...]
    fills: str

    def offered(self, known: Mapping[str, str]) -> "Question":
        """The question with the choices that are still open."""
        return replace(self, choices=tuple(one for one in self.choices if _fits(one.fits, known)))

    @property
    def answers(self) -> tuple[str, ...]:
        """The ids of its choices."""
        return tuple(one.id for one in self.choices)

    @property
    def only_answer(self) -> str | None:
        """The answer, where nothing else is left beside "I don't know"."""
        known = [one for one in self.answers if one != DONT_KNOW]
        return known[0] if len(known) == 1 else None


@dataclass(frozen=True, slots=True)
class Step:
    """A step in the route of a kind of plan."""

    plan_type: PlanType
    step: str


@dataclass(frozen=True, slots=True)
class Ending:
    """Where answers lead. An outcome says what its fields mean."""

    id: str
    plan_types: tuple[PlanType, ...]
    when: tuple[Condition, ...]
    do_first: str
    safe_days: int | None
    grade: Grade | None
    rests_on: tuple[Step, ...]
    goes_by_notice: bool
    not_handled: str


@dataclass(frozen=True, slots=True)
class Assumed:
    """What was taken for granted where the person did not know, and where to check it."""

    text: str
    check: str
    when: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """What to find out, and from whom."""

    whom: str
    question: str
    when: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Finder:
    """The whole interview."""

    questions: tuple[Question, ...]
    endings: tuple[Ending, ...]
    sureness: Mapping[Sureness, str]
    assumed: tuple[Assumed, ...]
    ask_next: tuple[Ask, ...]


def holds(when: tuple[Condition, ...], known: Mapping[str, str]) -> bool:
    """Whether one of the conditions is met; none at all is met by anything."""
    return not when or any(
        all(
            known.get(name) in answers if answers else name not in known
            for name, answers in one.items()
        )
        for one in when
    )


def read_finder(data: object) -> Finder:
    """Read the interview; InputError names every fault by place."""
    reader = FinderReader()
    known = ("questions", "endings", "sureness", "assumed", "ask_next")
    entries = reader.mapping(data, "", known)
    finder = Finder(
        questions=reader.listed(entries, "questions", "", reader.question),
        endings=reader.listed(entries, "endings", "", reader.ending),
        sureness=reader.sureness(entries.get("sureness")),
        assumed=reader.listed(entries, "assumed", "", reader.assumed),
        ask_next=reader.listed(entries, "ask_next", "", reader.ask),
    )
    reader.distinct(tuple(one.id for one in finder.questions), "questions")
    reader.distinct(tuple(one.id for one in finder.endings), "endings")
    reader.raise_faults()
    return finder


class FinderReader(LawReader):
    """Reads the interview; a condition may name the answers of earlier questions only."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: dict[str, tuple[str, ...]] = {
            name: tuple(values) for name, values in TOLD.items()
        }

    def question(self, data: object, place: str) -> Question:
        known = ("id", "text", "help", "choices", "states", "when", "fills")
        entries = self.mapping(data, place, known)
        choices = self._choices(entries, place)
        found = Question(
            id=self.text(entries, "id", place, wanted="a name, as payer"),
            text=self.text(entries, "text", place, wanted="the question"),
            help=self.text(entries, "help", place, wanted="where the answer is found"),
            choices=(*choices, Choice(DONT_KNOW, "I don't know", {})),
            when=self.when(entries, place) if "when" in entries else (),
            fills=self.text(entries, "fills", place),
        )
        if found.fills:
            filled = join(place, "fills")
            self._check(found.fills, tuple(one.id for one in choices), filled)
        self.answers[found.id] = found.answers
        return found

    def _choices(self, entries: Mapping[str, Any], place: str) -> tuple[Choice, ...]:
        if not self.flag(entries, "states", place):
            found = self.listed(entries, "choices", place, self.choice_of)
            self.distinct(tuple(one.id for one in found), join(place, "choices"))
            return found
        if "choices" in entries:
            self.add(join(place, "choices"), "the states are the choices; leave this out")
        return tuple(Choice(letters, name, {}) for letters, name in terms.states().items())

    def choice_of(self, data: object, place: str) -> Choice:
        entries = self.mapping(data, place, ("id", "label", "fits"))
        return Choice(
            id=self.text(entries, "id", place, wanted="a name, as insurer"),
            label=self.text(entries, "label", place, wanted="the answer in words"),
            fits=self.condition(entries.get("fits", {}), join(place, "fits")),
        )

    def ending(self, data: object, place: str) -> Ending:
        known = tuple(Ending.__slots__)
        entries = self.mapping(data, place, known)
        do_first = self.text(entries, "do_first", place)
        if "plan_types" not in entries:
            self.add(join(place, "plan_types"), "missing: give a list, empty where none is known")
        plan_types = self.choices(entries, "plan_types", place, PlanType)
        not_handled = self.text(entries, "not_handled", place)
        if len(plan_types) > 2:
            self.add(join(place, "plan_types"), "name two at most; ask one more question")
        if len(plan_types) != 1 and not (do_first or not_handled):
            self.add(place, "is not one kind of plan: say what to do first, or who handles it")
        if plan_types and not_handled:
            self.add(join(place, "not_handled"), "has a kind of plan; leave one of them out")
        rests_on = self.texts(entries, "rests_on", place)
        return Ending(
            id=self.text(entries, "id", place, wanted="a name, as federal"),
            plan_types=plan_types,
            when=self.when(entries, place),
            do_first=do_first,
            safe_days=self._days(entries, place),
            grade=self.choice(entries, "grade", place, Grade) if rests_on else None,
            rests_on=tuple(
                self._step(one, f"{join(place, 'rests_on')}[{index}]")
                for index, one in enumerate(rests_on)
            ),
            goes_by_notice=self.flag(entries, "goes_by_notice", place),
            not_handled=not_handled,
        )

    def sureness(self, data: object) -> Mapping[Sureness, str]:
        entries = self.mapping(data, "sureness", tuple(Sureness))
        return {
            one: self.text(entries, one, "sureness", wanted="a sentence for a reader")
            for one in Sureness
        }

    def assumed(self, data: object, place: str) -> Assumed:
        entries = self.mapping(data, place, ("text", "check", "when"))
        return Assumed(
            text=self.text(entries, "text", place, wanted="what was taken for granted"),
            check=self.text(entries, "check", place, wanted="where to check it"),
            when=self.when(entries, place),
        )

    def ask(self, data: object, place: str) -> Ask:
        entries = self.mapping(data, place, ("whom", "question", "when"))
        return Ask(
            whom=self.text(entries, "whom", place, wanted="who is asked"),
            question=self.text(entries, "question", place, wanted="the question"),
            when=self.when(entries, place),
        )

    def when(self, entries: Mapping[str, Any], place: str) -> tuple[Condition, ...]:
        """When it holds; a thing that always holds can't be told from one forgotten."""
        found = self.listed(entries, "when", place, self.condition)
        if not any(found):
            self.add(join(place, "when"), "is empty: say which answers lead here")
        return found

    def condition(self, data: object, place: str) -> Condition:
        entries = self.mapping(data, place, self.answers)
        found = {name: self.texts(entries, name, place) for name in entries}
        for name, answers in found.items():
            self._check(name, answers, join(place, name))
        return found

    def _check(self, name: str, answers: tuple[str, ...], place: str) -> None:
        allowed = self.answers.get(name, ())
        for one in answers:
            if one not in allowed:
                use = ", ".join(allowed) or "none: no earlier question has this name"
                self.add(place, f"{one!r} is no answer to {name}. Use one of: {use}")

    def _days(self, entries: Mapping[str, Any], place: str) -> int | None:
        raw = entries.get("safe_days")
        if raw is not None and (not isinstance(raw, int) or isinstance(raw, bool) or raw < 1):
            self.add(join(place, "safe_days"), f"{raw!r} is not a number of days")
            return None
        return raw

    def _step(self, text: str, place: str) -> Step:
        plan_type, _, step = text.partition("/")
        if plan_type not in list(PlanType) or not step:
            self.add(place, f"{text!r} is not a kind of plan and a step, as fehb/opm_review")
            return Step(PlanType.FEHB, step)
        return Step(PlanType(plan_type), step)


def _fits(fits: Condition, known: Mapping[str, str]) -> bool:
    return all(known[name] in answers for name, answers in fits.items() if name in known)
