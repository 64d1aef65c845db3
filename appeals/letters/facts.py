"""What a letter asks beside the plan's answers and the denial: the vocabulary of its facts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from appeals.law.files import LawReader, read_data
from policies.faults import join


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
class LetterFact:
    """One fact: how the page asks for it, and how a letter names it where it is missing."""

    id: str
    group: FactGroup
    gap: str
    question: str
    help: str
    type: FactType
    choices: Mapping[str, str] = field(default_factory=dict, hash=False)


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
        )
        if (kind is FactType.CHOICE) is not bool(found.choices):
            self.add(join(place, "choices"), "a choice has some, and nothing else has any")
        return found

    def labels(self, data: object, place: str) -> Mapping[str, str]:
        entries = self.mapping(data, place, list(data) if isinstance(data, dict) else [])
        return {name: self.text(entries, name, place) for name in entries}
