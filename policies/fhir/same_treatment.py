"""Whether two rows speak of one treatment, whatever name each of them calls it by."""

from collections.abc import Collection
from dataclasses import fields, replace
from typing import Any

from policies import terms
from policies.fhir.found import Caution, Found
from policies.situation import TreatmentTried


def is_same(row: TreatmentTried, other: TreatmentTried) -> bool:
    """Whether two rows speak of one treatment: of one drug, or of a kind that is no medicine."""
    if row.drug is not None and other.drug is not None:
        mine, its = terms.find_drug(row.drug), terms.find_drug(other.drug)
        return mine is not None and mine == its
    return row.drug is None and other.drug is None and row.kind == other.kind


def with_what_is_open(row: TreatmentTried, found: TreatmentTried) -> TreatmentTried | None:
    """The person's row with what it left open; None where the two differ, drug names apart."""
    told: dict[str, Any] = {}
    for one in fields(row):
        mine, its = getattr(row, one.name), getattr(found, one.name)
        if mine is None:
            told[one.name] = its
        elif its is not None and mine != its and one.name != "drug":
            return None
    return replace(row, **told)


def holds_all_of(row: TreatmentTried, found: TreatmentTried, *, but: Collection[str] = ()) -> bool:
    """Whether a row of the same treatment says all that was found of it, save some fields."""
    blank: dict[str, Any] = dict.fromkeys(but)
    return is_same(row, found) and with_what_is_open(row, replace(found, **blank)) == row


def with_differences(found: Found, other: Found) -> Found:
    """A treatment from two sources: where both state a field and differ, a person must say.

    What the less sure of them alone tells is kept, to be confirmed like the rest of it.
    """
    row, its = found.value, other.value
    if not isinstance(row, TreatmentTried) or not isinstance(its, TreatmentTried):
        return found
    differing = {
        one.name
        for one in fields(row)
        if one.name not in ("drug", *other.unsure)
        and (mine := getattr(row, one.name)) is not None
        and (theirs := getattr(its, one.name)) is not None
        and mine != theirs
    }
    told: dict[str, Any] = {}
    if other.sureness is not found.sureness:
        told = {
            one.name: value
            for one in fields(row)
            if getattr(row, one.name) is None and (value := getattr(its, one.name)) is not None
        }
    minded = (Caution.DIFFERS,) if differing else ()
    return replace(
        found,
        value=replace(row, **told),
        unsure=found.unsure | differing | told.keys(),
        cautions=(*found.cautions, *minded),
    )
