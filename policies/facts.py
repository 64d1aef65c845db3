"""The facts that criteria may name, derived from a situation on a day."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from policies import terms
from policies.days import years_before
from policies.situation import ScaleScore, Situation, TreatmentTried
from policies.terms import Drug
from policies.truth import Truth, every, truth_of
from policies.vocabulary import Value


class DoseHint(StrEnum):
    """How a dose lies to the usual adult daily range."""

    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"


@dataclass(frozen=True, slots=True)
class TriedFact:
    """A treatment tried, with the drug that its name stands for (None: not one we know), on a day.

    `kind` is the drug's own where the drug is known, whatever kind was chosen, and None where a
    medicine's name is unknown, or where it has other uses and its kind was not named.
    """

    row: TreatmentTried
    drug: Drug | None
    kind: str | None
    on: dt.date

    @property
    def identity(self) -> str | None:
        """What makes it a different treatment from another; None when that is not known."""
        if self.drug is not None:
            return self.drug.name
        if self.kind is None or self.row.drug is None:
            return None
        return f"{self.kind}: {self.row.drug.casefold()}"

    @property
    def drug_class(self) -> str | None:
        """The drug's class; a treatment that is no drug is a class of its own kind."""
        return self.drug.drug_class.id if self.drug is not None else self.kind

    @property
    def is_some_medicine(self) -> bool:
        """Whether it is a medicine, be it one that we don't know."""
        return self.drug is not None or self.row.kind in terms.medicine_kinds()

    @property
    def was_taken(self) -> Truth:
        """Whether it was begun at all: a contraindicated treatment was not."""
        if self.row.outcome == "contraindicated":
            return Truth.NOT_MET
        return Truth.MET if self.row.outcome or self.row.weeks else Truth.UNKNOWN

    def ended_within(self, years: int) -> Truth:
        """Whether it ended at most so many years ago; what still runs has not ended, so it did."""
        if self.row.outcome == "ongoing":
            return Truth.MET
        if self.row.ended_on is None:
            return Truth.UNKNOWN
        if self.row.ended_on > self.on:
            # A day to come is not when it ended.
            return Truth.UNKNOWN
        return truth_of(self.row.ended_on >= years_before(self.on, years))

    @property
    def dose_hint(self) -> DoseHint | None:
        """How the dose lies to the usual range; for the clinician to judge, never an answer."""
        if self.drug is None or not self.drug.usual_dose_mg_day or self.row.highest_dose_mg is None:
            return None
        low, high = self.drug.usual_dose_mg_day
        if self.row.highest_dose_mg < low:
            return DoseHint.BELOW
        return DoseHint.WITHIN if self.row.highest_dose_mg <= high else DoseHint.ABOVE


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a criterion may ask about one person, on the day `on`."""

    on: dt.date
    values: Mapping[str, Value]
    stated_conditions: frozenset[str] | None
    treatments: tuple[TriedFact, ...] | None
    treatments_complete: bool
    scores: tuple[ScaleScore, ...]
    icd10_codes: tuple[str, ...] = ()

    def condition(self, condition_id: str) -> Truth:
        """Whether the person has this condition, by what was stated and what lies within what."""
        stated = self.stated_conditions
        if not stated:
            return Truth.UNKNOWN
        if any(condition_id in terms.wider_conditions(held) for held in stated):
            return Truth.MET
        if condition_id == "mdd_suicidal":
            # Major depression with suicidal ideation is the two together.
            ideation = self.values.get("suicidal_ideation")
            has_thoughts = truth_of(None if ideation is None else ideation != "none")
            return every([self.condition("mdd"), has_thoughts])
        known = terms.conditions()
        narrower = bool(stated & terms.wider_conditions(condition_id).keys())
        perhaps = any(condition_id in known[held].perhaps_within for held in self.held_conditions)
        overlapping = any(condition_id in known[held].overlaps for held in stated)
        return Truth.UNKNOWN if narrower or perhaps or overlapping else Truth.NOT_MET

    def told_of(self, condition_id: str | None) -> Value | None:
        """What was told that bears on a condition: those stated, or the answer on suicide."""
        if condition_id == "mdd_suicidal" and condition_id not in self.held_conditions:
            return self.values.get("suicidal_ideation")
        return self.stated_conditions

    @property
    def held_conditions(self) -> frozenset[str]:
        """The stated conditions and all that they certainly lie within."""
        return frozenset(
            wider for held in self.stated_conditions or () for wider in terms.wider_conditions(held)
        )


def facts_from(situation: Situation, *, on: dt.date) -> Facts:
    """Derive the facts that hold on the day `on`; a score dated later is not yet one."""
    conditions = situation.conditions
    coded: frozenset[str] = frozenset()
    for code in situation.icd10_codes:
        coded |= terms.conditions_of_code(code)
    # R45.851 is added to a mood-disorder code: alone it says nothing of major depression.
    if not any(
        "mdd" in terms.wider_conditions(item) for item in (conditions | coded) - {"mdd_suicidal"}
    ):
        coded -= {"mdd_suicidal"}
    tried = situation.treatments_tried
    return Facts(
        on=on,
        values=_with_implied(situation, conditions | coded),
        stated_conditions=(conditions | coded) or None,
        treatments=None if tried is None else tuple(tried_fact(row, on) for row in tried),
        treatments_complete=situation.treatments_complete is True,
        scores=tuple(
            score for score in situation.scores if score.taken_on is None or score.taken_on <= on
        ),
        icd10_codes=situation.icd10_codes,
    )


def _with_implied(situation: Situation, conditions: frozenset[str]) -> dict[str, Value]:
    """The answers, and what they imply; a situation that contradicts itself was refused."""
    answers, codes = situation.answers, situation.icd10_codes
    implied = {
        one.fact: one.value
        for one in terms.implied_facts()
        if one.value is not None and one.carried_by(conditions, codes, answers)
    }
    return {**implied, **answers}


def tried_fact(row: TreatmentTried, on: dt.date) -> TriedFact:
    """A row with the drug that its name stands for."""
    drug = (terms.find_drug(row.drug) if row.drug else None) or terms.only_drug_of(row.kind)
    if drug is not None:
        kind = drug.drug_class.kind
        is_certain = row.kind == kind or not drug.has_other_uses
        return TriedFact(row=row, drug=drug, kind=kind if is_certain else None, on=on)
    # Without a name that we know the kind of a medicine stays open: what was called an
    # antidepressant may be something else.
    is_medicine = row.kind in terms.medicine_kinds()
    return TriedFact(row=row, drug=None, kind=None if is_medicine else row.kind, on=on)
