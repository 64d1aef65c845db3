"""What a letter asks beside the plan's answers and the denial: the vocabulary of its facts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from appeals.law.files import LawReader, read_data
from appeals.law.reasons import ReasonId
from policies.faults import join
from policies.situation import Treatment


class FactType(StrEnum):
    """How a fact is told."""

    TEXT = "text"
    LINES = "lines"
    DATE = "date"
    CHOICE = "choice"


class FactGroup(StrEnum):
    """What belongs together on the page."""

    PATIENT = "patient"
    WRITER = "writer"
    CLINICIAN = "clinician"
    PLAN = "plan"
    DENIAL = "denial"
    REQUEST = "request"
    STORY = "story"
    PLAN_LANGUAGE = "plan_language"
    EVENTS = "events"
    NETWORK = "network"
    BILL = "bill"
    EMPLOYER = "employer"
    REGULATOR = "regulator"
    LATE = "late"
    REPRESENTATIVE = "representative"


@dataclass(frozen=True, slots=True)
class AskedWhen:
    """For which cases a fact is asked that a letter can do without; nothing narrows nothing.

    `reasons` and `treatments` name those it is for, `not_treatments` those it is not for.
    """

    reasons: tuple[ReasonId, ...] = ()
    treatments: tuple[Treatment, ...] = ()
    not_treatments: tuple[Treatment, ...] = ()
    is_continuing: bool = False
    needs_denial: bool = False


@dataclass(frozen=True, slots=True)
class LetterFact:
    """One fact: how the page asks for it, and how a letter names it where it is missing.

    `without_denial` is the question where there is no notice, `of_clinician` where the clinician
    is the one who is asked, with `help_of_clinician`. `is_prose` tells that its words, and not
    only names and numbers, stand in the letter as typed.
    """

    id: str
    group: FactGroup
    gap: str
    question: str
    help: str
    type: FactType
    choices: Mapping[str, str] = field(default_factory=dict, hash=False)
    when: AskedWhen = AskedWhen()
    without_denial: str = ""
    of_clinician: str = ""
    help_of_clinician: str = ""
    is_prose: bool = False

    def question_for(self, *, is_denied: bool, is_clinician: bool) -> str:
        """The question as it fits the case and who is asked."""
        if is_clinician and self.of_clinician:
            return self.of_clinician
        return self.question if is_denied else self.without_denial or self.question

    def help_for(self, *, is_clinician: bool) -> str:
        return self.help_of_clinician or self.help if is_clinician else self.help


@cache
def letter_facts() -> Mapping[str, LetterFact]:
    """Every fact by its name, in the order of the file."""
    return {one.id: one for one in read_data("letter_facts.yaml", read_facts)}


def read_facts(data: object) -> tuple[LetterFact, ...]:
    """Read the list of facts; InputError names every fault by place."""
    reader = LetterFactReader()
    found = reader.whole_list(data, reader.fact)
    reader.distinct(tuple(one.id for one in found), "")
    reader.raise_faults()
    return found


class LetterFactReader(LawReader):
    """Reads facts."""

    def fact(self, data: object, place: str) -> LetterFact:
        entries = self.mapping(data, place, (*LetterFact.__dataclass_fields__,))
        kind = self.choice(entries, "type", place, FactType, FactType.TEXT)
        found = LetterFact(
            id=self.text(entries, "id", place, wanted="a name, as member_id"),
            group=self.choice(entries, "group", place, FactGroup),
            gap=self.text(entries, "gap", place, wanted="what is missing, as member ID"),
            question=self.text(entries, "question", place, wanted="how the page asks for it"),
            help=self.text(entries, "help", place),
            type=kind,
            choices=self.labels(entries.get("choices", {}), join(place, "choices")),
            when=self.when(entries.get("when", {}), join(place, "when")),
            without_denial=self.text(entries, "without_denial", place),
            of_clinician=self.text(entries, "of_clinician", place),
            help_of_clinician=self.text(entries, "help_of_clinician", place),
            is_prose=self.flag(entries, "is_prose", place),
        )
        if (kind is FactType.CHOICE) is not bool(found.choices):
            self.add(join(place, "choices"), "a choice has some, and nothing else has any")
        return found

    def labels(self, data: object, place: str) -> Mapping[str, str]:
        entries = self.mapping(data, place, list(data) if isinstance(data, dict) else [])
        return {name: self.text(entries, name, place) for name in entries}

    def when(self, data: object, place: str) -> AskedWhen:
        entries = self.mapping(data, place, (*AskedWhen.__dataclass_fields__,))
        return AskedWhen(
            reasons=self.choices(entries, "reasons", place, ReasonId),
            treatments=self.choices(entries, "treatments", place, Treatment),
            not_treatments=self.choices(entries, "not_treatments", place, Treatment),
            is_continuing=self.flag(entries, "is_continuing", place),
            needs_denial=self.flag(entries, "needs_denial", place),
        )
