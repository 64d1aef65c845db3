"""Which lines no case decides: small mistakes are tried in turn, a few seconds at a time."""

import re
import time
from collections.abc import Iterable
from dataclasses import dataclass

from policies.admin.proving.presenting import LineKeys
from policies.criteria import Judgement, Unread
from policies.mutations.undecided import Mistake, cases_on, is_noticed, line_of, mistakes
from policies.proofs import Proof
from policies.wording.phrases import spaced

SECONDS = 2.0
FOUND = re.compile(r"\d{1,5}(,\d{1,5}){0,2000}")
WORDS = {
    "dropped": "leaving it out",
    "forced met": "counting it as met, whatever is told",
    "forced not met": "counting it as not met, whatever is told",
    "any_of -> all_of": "asking for all of these in place of any one",
    "all_of -> any_of": "asking for any one of these in place of all",
    "none_of -> any_of": "asking for any one of these in place of none",
    "none_of -> not all_of": "asking that not all of these apply, in place of none",
}
LIMITS = {
    "min": "at least",
    "max": "at most",
    "above": "more than",
    "below": "less than",
    "within_days": "within days",
    "min_classes": "classes, at least",
    "min_weeks": "weeks, at least",
    "above_weeks": "weeks, more than",
}


@dataclass(frozen=True, slots=True)
class UndecidedLine:
    """A line of which no case notices some mistake, with these mistakes in words."""

    label: str
    key: str
    mistakes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """How far the run has come: mistakes tried of all there are, and those nobody noticed."""

    tried: int
    number: int
    found: tuple[int, ...]
    lines: tuple[UndecidedLine, ...]
    cases: int

    @property
    def is_done(self) -> bool:
        return self.tried >= self.number

    @property
    def found_so_far(self) -> str:
        """What the next request carries on."""
        return ",".join(map(str, self.found))


def read_found(text: str) -> tuple[int, ...]:
    """What an earlier request found; nothing where it says something else."""
    return tuple(map(int, text.split(","))) if FOUND.fullmatch(text) else ()


def try_mistakes(
    proof: Proof, *, start: int = 0, found: Iterable[int] = (), seconds: float = SECONDS
) -> Tried:
    """Try mistakes one after another from `start` on, until the time is up."""
    edition, document = proof.edition, proof.document
    ready = list(cases_on(edition, document, (out.case for _, out in proof.run)))
    every = mistakes(edition)
    unnoticed = [one for one in found if one < len(every)]
    end, at = time.monotonic() + seconds, min(start, len(every))
    while at < len(every) and (time.monotonic() < end or at == start):
        if not is_noticed(every[at], edition, document, ready):
            unnoticed.append(at)
        at += 1
    lines = _lines(proof, [every[one] for one in unnoticed])
    return Tried(at, len(every), tuple(unnoticed), lines, len(ready))


def _lines(proof: Proof, unnoticed: Iterable[Mistake]) -> tuple[UndecidedLine, ...]:
    keys = LineKeys(proof.version)
    by_place: dict[str, tuple[str, list[str]]] = {}
    for one in unnoticed:
        place, node = line_of(one, proof.edition)
        # What nobody but the clinic or the plan can answer is open in every case.
        if not isinstance(node, Judgement | Unread):
            by_place.setdefault(place, (node.label, []))[1].append(in_words(one.mutant.what))
    lines = (
        (keys.line_at(place, label), label, found) for place, (label, found) in by_place.items()
    )
    return tuple(
        UndecidedLine(label, line.key if line else "", tuple(found)) for line, label, found in lines
    )


def in_words(what: str) -> str:
    """A mistake as an editor would make it.

    >>> in_words("min 18 -> 17"), in_words("dropped")
    ('at least 17 in place of at least 18', 'leaving it out')
    """
    if what in WORDS:
        return WORDS[what]
    at, _, rest = what.rpartition(": ")
    before, arrow, after = rest.partition(" -> ")
    if not arrow:
        return spaced(what)
    name, _, old = before.rpartition(" ")
    other, _, new = after.rpartition(" ")
    said = f"{_limit(other or name)} {new} in place of {_limit(name)} {old}"
    return f"{at}: {said}" if at else said


def _limit(name: str) -> str:
    return LIMITS.get(name, spaced(name))
