"""What an order is for: its reason is the condition asked about, with the record beside it."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache

from policies import terms
from policies.facts import facts_from
from policies.fhir import Found, Kind, Record, record_from
from policies.fhir.bundles import Contents
from policies.fhir.elements import Resource, codings, objects, words_of
from policies.fhir.review import apply, stated
from policies.hooks.order_words import data, words_in
from policies.situation import Situation
from policies.terms.narrowing import narrowest
from policies.vocabulary import Value

_DIAGNOSES = (Kind.CODE, Kind.CONDITION)
_DATES = frozenset({"recordedDate", "onsetDateTime", "onsetPeriod"})
_STATUS = {
    "clinicalStatus": {"coding": [{"code": "active"}]},
    "verificationStatus": {"coding": [{"code": "confirmed"}]},
}


class AnsweredFor(StrEnum):
    """Where the condition that an order was answered for comes from."""

    REASON = "reason"
    WORDS_OF_REASON = "words_of_reason"
    RECORD = "record"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Asking:
    """What is known of the patient for one order, and for which conditions it is answered.

    `conditions` are what the source named, `from_record` what the record adds to an order's reason.
    """

    situation: Situation = field(default_factory=Situation)
    source: AnsweredFor = AnsweredFor.NOTHING
    conditions: tuple[str, ...] = ()
    from_record: tuple[str, ...] = ()
    is_reason_told: bool = False


def reasons_of(order: Resource, contents: Contents) -> Iterator[Resource]:
    """What an order is for, each reason as a Condition: a diagnosis that it refers to, or a code.

    Whoever gives a reason says that it holds now, unless the diagnosis itself says otherwise.
    """
    for concept in objects(order.get("reasonCode")):
        yield {"resourceType": "Condition", "code": concept, **_STATUS}
    for reference in objects(order.get("reasonReference")):
        held = contents.resolve(reference, order)
        if held is None:
            yield {"resourceType": "Condition", "code": {"text": reference.get("display")}}
        elif held.get("resourceType") == "Condition":
            yield {**_STATUS, **held}
        else:
            yield {"resourceType": "Condition", "code": held.get("code"), **_STATUS}


def said_of(reasons: Iterable[Resource]) -> frozenset[str]:
    """Every word that reasons have, their own and those beside a code."""
    concepts = [one.get("code") for one in reasons]
    listed = [coding.display for concept in concepts for coding in codings(concept)]
    return words_in(" ".join([*map(words_of, concepts), *listed]))


def asking_for(
    told: Situation,
    record: Record,
    reasons: tuple[Resource, ...],
    *,
    patient_id: str,
    on: dt.date,
) -> Asking:
    """The situation as far as it bears on the reason of an order.

    A diagnosis of the record that is none of the order's replaces no reason that we could not read.
    """
    is_told = any(_says_something(one) for one in reasons)
    named = stated(_read(reasons, patient_id, on))
    source = AnsweredFor.REASON
    if is_told and not _conditions(named):
        named = tuple(_meant_by(said_of(reasons), stated(record)))
        source = AnsweredFor.WORDS_OF_REASON
    if not is_told:
        named, source = stated(record), AnsweredFor.RECORD
    situation = _about(told, record, named, on) if is_told else told
    conditions = _held(situation, on)
    if not conditions:
        source = AnsweredFor.NOTHING
    named_closest = narrowest(conditions)
    if source is not AnsweredFor.REASON or not conditions:
        return Asking(situation, source, named_closest, is_reason_told=is_told)
    of_reason = narrowest(_held(apply(Situation(), named), on))
    added = tuple(one for one in named_closest if one not in of_reason)
    return Asking(situation, source, of_reason, added, is_reason_told=is_told)


def _held(situation: Situation, on: dt.date) -> frozenset[str]:
    return facts_from(situation, on=on).stated_conditions or frozenset()


def _says_something(reason: Resource) -> bool:
    return bool(codings(reason.get("code")) or words_of(reason.get("code")))


def _read(reasons: Iterable[Resource], patient_id: str, on: dt.date) -> Record:
    """The reasons, by the code that reads a record's diagnoses, undated ones as of the order."""
    patient = {"resourceType": "Patient", "id": patient_id}
    mine = {"subject": {"reference": f"Patient/{patient_id}"}}
    diagnoses = [{**mine, **_dated(one, on), "id": f"reason{at}"} for at, one in enumerate(reasons)]
    entries = [{"resource": one} for one in (patient, *diagnoses)]
    return record_from({"resourceType": "Bundle", "type": "collection", "entry": entries}, on=on)


def _dated(reason: Resource, on: dt.date) -> Resource:
    """A reason with a date; whoever gives one in an order says that it holds on that day."""
    return reason if _DATES & reason.keys() else {**reason, "recordedDate": on.isoformat()}


def _about(told: Situation, record: Record, named: Iterable[Found], on: dt.date) -> Situation:
    """The situation with the named diagnoses, and with those of the record that tell them closer.

    What the others carry along stays as an answer: psychosis bars whatever the order is for.
    """
    finds = tuple(named)
    carried, asked = _answers(told, on), _answers(apply(Situation(), finds), on)
    differing = {name for name, value in asked.items() if carried.get(name, value) != value}
    kept = {name: value for name, value in carried.items() if name not in differing}
    finds = tuple(one for one in finds if one.name not in differing)
    others = (one for one in stated(record) if one.kind in _DIAGNOSES)
    closer = [one for one in others if _tells_closer(one, finds)]
    return apply(replace(told, answers=kept, icd10_codes=()), [*finds, *closer])


def _answers(told: Situation, on: dt.date) -> dict[str, Value]:
    """The answers of a situation and what its diagnoses carry, without those diagnoses."""
    values = facts_from(told, on=on).values
    return {name: value for name, value in values.items() if name != "conditions"}


def _tells_closer(found: Found, named: Iterable[Found]) -> bool:
    """Whether a diagnosis lies within a named one, and is no second code of the same."""
    finds = tuple(named)
    own = _conditions((found,))
    coded = _conditions(one for one in finds if one.kind is Kind.CODE)
    is_within = any(_conditions(finds) & terms.wider_conditions(one).keys() for one in own)
    return is_within and not (found.kind is Kind.CODE and own & coded)


def _meant_by(words: frozenset[str], finds: Iterable[Found]) -> Iterator[Found]:
    """The diagnoses of the record that the words of a reason name."""
    families = {one for one, names in _families().items() if not words.isdisjoint(names)}
    for found in finds:
        wider = {wide for one in _conditions((found,)) for wide in terms.wider_conditions(one)}
        if found.kind in _DIAGNOSES and families & wider:
            yield found


def _conditions(finds: Iterable[Found]) -> frozenset[str]:
    """The conditions that the diagnoses among finds stand for."""
    return frozenset(
        condition
        for found in finds
        if found.kind in _DIAGNOSES
        for condition in (
            terms.conditions_of_code(found.name) if found.kind is Kind.CODE else (found.name,)
        )
    )


@cache
def _families() -> Mapping[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in data()["named_by_a_reason"].items()}
