"""Puts the finds of a record beside what a person has answered; a person's answer stands.

A find changes nothing that was answered. Where the two differ both are shown, and the record's
word is taken only where the person chose it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from policies import terms, vocabulary
from policies.fhir.found import Found, Kind, Record, Sureness
from policies.fhir.same_treatment import is_same, with_what_is_open
from policies.situation import Plan, ScaleScore, Situation, SituationError, TreatmentTried
from policies.vocabulary import FactDefinition, Value

# What is asked of each treatment and stands in few records.
_ASKED_OF_ROWS = ("outcome", "weeks", "adequate_dose", "this_episode")
INSURER_FIELDS = ("insurer", "insurer_name")


@dataclass(frozen=True, slots=True)
class Proposed:
    """One find to accept, correct or leave out, beside what the person answered.

    `held` is the person's own answer to the same, None where there is none; `conflicts` tells
    that the find would change it, or contradicts another answer, and `is_answered` that all of it
    stands in the answers.
    """

    found: Found
    held: object = None
    conflicts: bool = False
    is_answered: bool = False
    to_ask: tuple[FactDefinition, ...] = ()


def proposal(record: Record, situation: Situation | None = None) -> tuple[Proposed, ...]:
    """Every find of a record with what the person said of the same, and what each row leaves open.

    What the documents still ask beyond it is `policies.questions.questions_for`.
    """
    person = situation or Situation()
    return tuple(
        Proposed(
            found=one,
            held=_held(person, one),
            conflicts=_Joining(person).with_find(one) is None,
            is_answered=_Joining(person).holds(one),
            to_ask=_open_fields(one),
        )
        for one in record.found
    )


def apply(
    situation: Situation, accepted: Iterable[Found], *, chosen: Collection[str] = ()
) -> Situation:
    """Add the accepted finds; `chosen` are the keys for which the person took the record's word.

    A find that would change an answer, and was not chosen, is not added.
    """
    finds = tuple(accepted)
    for found in finds:
        if found.key in chosen:
            situation = _valid(_taking(situation, found)) or situation
    joining = _Joining(situation)
    for found in finds:
        joining.add(found)
    return joining.situation


def over(held: TreatmentTried, found: TreatmentTried) -> TreatmentTried:
    """The person's treatment with what the record states; where that is silent, theirs stays."""
    said: dict[str, Any] = {
        one.name: value for one in fields(found) if (value := getattr(found, one.name)) is not None
    }
    # Of one drug they may use another name, and keep it.
    drug = held.drug if held.drug is not None else found.drug
    return replace(held, **said | {"drug": drug})


def stated(record: Record) -> tuple[Found, ...]:
    """What the record says itself, without anything that a person must confirm first."""
    return tuple(_sure_part(one) for one in record.found if one.sureness is Sureness.STATED)


def corrected(found: Found, changes: Mapping[str, Any]) -> Found:
    """A treatment or a score as the person corrected it; nothing of it is unsure any more."""
    if not isinstance(found.value, TreatmentTried | ScaleScore):
        raise TypeError("Only a treatment or a score has fields to correct.")
    value = replace(found.value, **changes)
    return replace(found, value=value, unsure=frozenset(), sureness=Sureness.STATED)


def _sure_part(found: Found) -> Found:
    if not isinstance(found.value, TreatmentTried):
        return found
    blank: dict[str, Any] = dict.fromkeys(found.unsure)
    return replace(found, value=replace(found.value, **blank), unsure=frozenset())


class _Joining:
    """Grows a situation by finds, and holds each against what the person had answered before."""

    def __init__(self, person: Situation) -> None:
        self.person = person
        self.situation = person

    def add(self, found: Found) -> None:
        self.situation = self.with_find(found) or self.situation

    def holds(self, found: Found) -> bool:
        """Whether a find changes nothing, and nothing of it is left to confirm."""
        return self._changed(found) == self.situation

    def with_find(self, found: Found) -> Situation | None:
        """The situation with a find; None where it would change or contradict an answer."""
        changed = self._changed(found)
        return None if changed is None else _valid(changed)

    def _changed(self, found: Found) -> Situation | None:
        value = found.value
        match found.kind:
            case Kind.ANSWER if not isinstance(value, TreatmentTried | ScaleScore):
                return self._with_answer(found.name, value)
            case Kind.CONDITION:
                return self._with_condition(found.name)
            case Kind.CODE:
                return self._with_code(found.name)
            case Kind.PLAN:
                return self._with_plan(found.name, value)
        if isinstance(value, TreatmentTried):
            return self._with_treatment(value)
        return self._with_score(value) if isinstance(value, ScaleScore) else None

    def _with_answer(self, name: str, value: Value) -> Situation | None:
        held = self.situation.answers.get(name)
        if held is not None and held != value:
            return None
        return replace(self.situation, answers={**self.situation.answers, name: value})

    def _with_condition(self, name: str) -> Situation | None:
        """Where the person named conditions, one more would be another answer."""
        if self._has_named_conditions:
            return self.situation if name in self.named_conditions else None
        conditions = self.situation.conditions | {name}
        return replace(self.situation, answers={**self.situation.answers, "conditions": conditions})

    def _with_code(self, code: str) -> Situation | None:
        """A code brings conditions along, which must be among those the person named, if any."""
        if code in self.situation.icd10_codes:
            return self.situation
        brought = terms.conditions_of_code(code)
        if self._has_named_conditions and not brought <= self.named_conditions:
            return None
        if any(brought & terms.conditions_of_code(one) for one in self.person.icd10_codes):
            # Another code of one condition says it otherwise: recurrent or not, how severe.
            return None
        return replace(self.situation, icd10_codes=(*self.situation.icd10_codes, code))

    @property
    def _has_named_conditions(self) -> bool:
        return "conditions" in self.person.answers or bool(self.named_conditions)

    @property
    def named_conditions(self) -> frozenset[str]:
        """What the person named, by word or by code, and all that it lies within."""
        codes = self.person.icd10_codes
        coded = {one for code in codes for one in terms.conditions_of_code(code)}
        named = self.person.conditions | coded
        return frozenset(wide for one in named for wide in terms.wider_conditions(one))

    def _with_plan(self, name: str, value: object) -> Situation | None:
        held = self.situation.plan
        if getattr(held, name) == value:
            return self.situation
        if _told_of_plan(held, name) is not None:
            return None
        plan: dict[str, Any] = {name: value}
        return replace(self.situation, plan=replace(held, **plan))

    def _with_score(self, score: ScaleScore) -> Situation | None:
        """A scale of which the person told a score keeps it: a later one could turn the answer."""
        if score in self.situation.scores:
            return self.situation
        if any(one.scale == score.scale for one in self.person.scores):
            return None
        return replace(self.situation, scores=(*self.situation.scores, score))

    def _with_treatment(self, row: TreatmentTried) -> Situation | None:
        rows = self.situation.treatments_tried or ()
        place = next((at for at, one in enumerate(rows) if is_same(one, row)), None)
        if place is None:
            if self.person.treatments_complete is True or self.person.treatments_tried == ():
                # They said that these are all, or that there were none.
                return None
            return replace(self.situation, treatments_tried=(*rows, row))
        joined = with_what_is_open(rows[place], row)
        if joined is None:
            return None
        return replace(self.situation, treatments_tried=(*rows[:place], joined, *rows[place + 1 :]))


def _open_fields(found: Found) -> tuple[FactDefinition, ...]:
    """What is still to be asked of a treatment."""
    row = found.value
    if not isinstance(row, TreatmentTried):
        return ()
    definitions = vocabulary.treatment_fields()
    return tuple(
        definitions[name]
        for name in _ASKED_OF_ROWS
        if getattr(row, name) is None or name in found.unsure
    )


def _held(person: Situation, found: Found) -> object:
    """What the person said of the same; None where they said nothing of it."""
    match found.kind:
        case Kind.ANSWER:
            return person.answers.get(found.name)
        case Kind.CONDITION:
            return person.answers.get("conditions")
        case Kind.CODE:
            return person.icd10_codes or person.answers.get("conditions")
        case Kind.PLAN:
            return _told_of_plan(person.plan, found.name)
        case Kind.SCORE:
            return tuple(one for one in person.scores if one.scale == found.name) or None
        case Kind.TREATMENT:
            return next(iter(_rows_like(person, found)), None)


def _same_part(name: str) -> tuple[str, ...]:
    """The fields that tell the same part of a plan: the insurer may be told in either of two."""
    return INSURER_FIELDS if name in INSURER_FIELDS else (name,)


def _told_of_plan(plan: Plan, name: str) -> str | None:
    """What is said of the same part of a plan."""
    return next(filter(None, (getattr(plan, one) for one in _same_part(name))), None)


def _rows_like(person: Situation, found: Found) -> list[TreatmentTried]:
    row = found.value
    if not isinstance(row, TreatmentTried):
        return []
    return [one for one in person.treatments_tried or () if is_same(one, row)]


def _valid(situation: Situation) -> Situation | None:
    """The same, or None where its answers contradict one another."""
    try:
        return Situation.from_json(situation.to_json())
    except SituationError:
        return None


def _taking(person: Situation, found: Found) -> Situation:
    """The situation with the record's word in the place of the person's own."""
    answers, value = dict(person.answers), found.value
    match found.kind:
        case Kind.ANSWER:
            answers.pop(found.name, None)
        case Kind.CONDITION:
            # What they named stays beside it: a person may have several conditions.
            answers["conditions"] = person.conditions | {found.name}
        case Kind.CODE:
            # What theirs lies within is named with it.
            brought = terms.conditions_of_code(found.name) - _Joining(person).named_conditions
            answers["conditions"] = person.conditions | brought
            codes = tuple(dict.fromkeys((*person.icd10_codes, found.name)))
            return replace(person, answers=answers, icd10_codes=codes)
        case Kind.PLAN:
            blank: dict[str, Any] = dict.fromkeys(_same_part(found.name))
            return replace(person, plan=replace(person.plan, **blank))
        case Kind.SCORE:
            scores = tuple(one for one in person.scores if one.scale != found.name)
            return replace(person, scores=scores)
    if isinstance(value, TreatmentTried):
        return replace(person, treatments_tried=_rows_with(person, found, value))
    return replace(person, answers=answers)


def _rows_with(
    person: Situation, found: Found, value: TreatmentTried
) -> tuple[TreatmentTried, ...]:
    """Their treatments with one in the place of theirs, or after them; a finished list stays so."""
    rows = person.treatments_tried or ()
    like = _rows_like(person, found)
    if not like:
        return (*rows, value)
    at = rows.index(like[0])
    return (*rows[:at], value, *rows[at + 1 :])
