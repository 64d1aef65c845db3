"""What is wrong with a working form: every fault at the part and the field it is about."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from policies.catalogue.reading import RecordReader
from policies.faults import Fault
from policies.outline import EDITION, Working, part_fields
from policies.outline.data import Written, write

# What to do about a field that is empty. The reader's own words are for those who write data files.
ASKED = {
    "label": "Write what it asks, as a phrase that a patient can read.",
    "fact": "Choose the fact that it asks about.",
    "scale": "Choose at least one scale.",
    "icd10": "Give at least one code, like F33.2.",
    "judgement": "Say who alone can answer: the clinic or the plan.",
    "min": "Say how many treatments are wanted.",
    "at_least": "Say how many of the lines are wanted.",
    "where": "Say what makes a treatment count: a kind, a medicine or a class.",
    "treatment": "Choose the treatment.",
    "indications": "Choose the conditions that it speaks of.",
    "coverage": "Choose what the document says.",
    "criteria": "Begin the list, or say that it was not read.",
    "kind": "Say from what it was read.",
    "read_on": "Give the day it was read, like 2026-11-05.",
    "read_by": "Say who read it.",
    "description": "Say in your words what was read.",
    "sources": "Say what was read: add a source.",
    "change_note": "Say what this revision changes.",
    "name": "Give it a short name, like page.",
}
SAID = {
    "says nothing to test": "Say what the answer must be.",
    "an empty list would pass for a yes": "A group with nothing in it would pass for a yes: "
    "add a line inside it.",
    "holds a group": "None of these may be a group: list what must not apply one by one.",
    "there is no first list": "There is no first list to stand for: write that one first.",
    "longer than 25 words": "A quote has 25 words at most: quote less.",
    "an empty list would let": "Choose at least one.",
    "says nothing to count by": ASKED["where"],
    "there is no source": "Choose one of the sources above.",
    "the same treatment and indications": "The same treatment and conditions stand twice: "
    "make it one position.",
}
STILL_TO_SAY = {
    *ASKED.values(),
    *(SAID[one] for one in ("says nothing to test", "an empty list would pass for a yes")),
    *(SAID[one] for one in ("an empty list would let", "says nothing to count by")),
}


@dataclass(frozen=True, slots=True)
class PartFault:
    """One fault: `key` names the part, `field` the place inside it; the latter may be empty."""

    key: str
    field: str
    text: str

    @property
    def is_still_to_say(self) -> bool:
        """Nothing is wrong there yet: something is empty that is to be filled in."""
        return self.text in STILL_TO_SAY


def faults(working: Working) -> tuple[PartFault, ...]:
    """Everything that keeps the working form from being an edition."""
    written = write(working)
    reader = RecordReader()
    reader.edition(written.data, "")
    found = [_at_part(one, written, working) for one in reader.faults]
    return tuple(dict.fromkeys([*found, *_names_twice(working)]))


def _at_part(fault: Fault, written: Written, working: Working) -> PartFault:
    """The part around the place of a fault, and what is left of the place inside it."""
    around, inside = fault.place, ""
    while around and around not in written.keys:
        cut = max(around.rfind("."), around.rfind("["))
        around, inside = (around[:cut], fault.place[cut:]) if cut > 0 else ("", fault.place)
    key = written.keys.get(around, EDITION)
    name = inside.lstrip(".")
    return PartFault(key, name, _in_words(fault, _value(working, key, name), name))


def _value(working: Working, key: str, name: str) -> Any:
    found = part_fields(working, key)
    value: Any = found[0] if found else None
    for step in name.replace("[", ".").replace("]", "").split("."):
        if isinstance(value, Mapping):
            value = value.get(step)
        elif isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
    return value


def _in_words(fault: Fault, value: Any, name: str) -> str:
    """What to do about it, for someone who sees a form and not a file."""
    for begins, words in SAID.items():
        if fault.message.startswith(begins):
            return words
    last = name.rpartition(".")[2].partition("[")[0]
    if last in ASKED and value in (None, "", [], {}):
        return ASKED[last]
    message = fault.message
    return message[:1].upper() + message[1:] + ("" if message.endswith(".") else ".")


def _names_twice(working: Working) -> list[PartFault]:
    """A short name that two sources have; the data form would lose one of them."""
    counts = Counter(one.name for one in working.sources)
    return [
        PartFault(one.key, "name", "Two sources have this name: give each its own.")
        for one in working.sources
        if counts[one.name] > 1
    ]
