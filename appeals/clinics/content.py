"""What a case holds, as plain records, and the JSON form that is sealed."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from cattrs.errors import BaseValidationError
from cattrs.preconf.json import make_converter

from appeals.denial import Denial
from appeals.denied import Contact
from appeals.law.stages import Service
from policies.situation import ScaleScore, Situation, SituationError

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class CaseContent:
    """What a case is about, beside its events.

    `finder` holds the answers of the interview that finds the kind of plan, `told` the facts of
    letter_facts.yaml, and `told_for` those that belong to one purpose of a letter (where an appeal
    goes, say), by that purpose. `continues` is the id of the earlier case that this request goes
    on from, `baseline` the scores from before the treatment began. `set_aside` names the papers
    that are wanted and not needed here. `main_condition` is the one of the situation's conditions
    that the treatment is for.
    """

    situation: Situation = field(default_factory=Situation)
    finder: Mapping[str, str] = field(default_factory=dict)
    told: Mapping[str, str] = field(default_factory=dict)
    continues: str = ""
    baseline: tuple[ScaleScore, ...] = ()
    set_aside: tuple[str, ...] = ()
    told_for: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    main_condition: str = ""


@dataclass(frozen=True, slots=True)
class Approval:
    """What a plan gave, as its letter says: its number, how many sessions, and for how long."""

    number: str = ""
    sessions: int | None = None
    begins_on: dt.date | None = None
    ends_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class TakenFact:
    """One fact that came from a patient's record, in words: what stands now, and what before.

    `recorded` is its day in the record, as text; empty where the record gives none. `instead_of`
    is what the record says where something else was entered. `mark` is the key by which its answer
    is known again, and `in_record` the record's word, as later answers are held against it.
    """

    now: str
    before: str = ""
    recorded: str = ""
    mark: str = ""
    instead_of: str = ""
    in_record: str = ""


@dataclass(frozen=True, slots=True)
class Happened:
    """What an event holds besides its kind and day; a denial with its notice where it is one.

    `text` is what was noted, `amount` what a partial approval gave, in the plan's words. `service`
    and `is_expedited` tell how an answer was asked for, which sets the time for it. `taken` lists
    what came from a patient's record, and `stayed_out` what was read in it and left out.
    """

    text: str = ""
    amount: str = ""
    approval: Approval | None = None
    denial: Denial | None = None
    contact: Contact = field(default_factory=Contact)
    service: Service | None = None
    is_expedited: bool = False
    taken: tuple[TakenFact, ...] = ()
    stayed_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VerdictRecord:
    """What one check said: the verdict, its score, and the truth of each criterion by its label.

    `document` and `edition` name the rule as it was called then; empty where none was held.
    `is_partial` tells that part of the list was not read.
    """

    verdict: str
    ground: str = ""
    document: str = ""
    edition: str = ""
    met: int = 0
    not_met: int = 0
    to_find_out: int = 0
    is_partial: bool = False
    findings: Mapping[str, str] = field(default_factory=dict)


class ContentError(ValueError):
    """Sealed content of a form that this version can't read."""


converter = make_converter()
converter.register_unstructure_hook(Situation, lambda one: one.to_json())
converter.register_structure_hook(Situation, lambda data, _: Situation.from_json(data))


def to_plain(record: object) -> Any:
    """The JSON form of a record."""
    return converter.unstructure(record)


def from_plain(data: Any, kind: type[Record]) -> Record:
    """Read the JSON form of a record; ContentError where it is not that."""
    try:
        return converter.structure(data, kind)
    except (BaseValidationError, SituationError) as error:
        raise ContentError(f"{kind.__name__}: this content can't be read") from error
