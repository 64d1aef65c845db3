"""Reads orders, statements, supplies and doses of medicines; each drug is one trial in the end.

Nothing here says what came of a trial, or that it was in the present episode: no order tells it.
"""

from collections.abc import Iterator

from policies import terms
from policies.fhir import codes
from policies.fhir.drug_names import (
    CombinationError,
    drug_in,
    has_another_brand,
    names_route,
)
from policies.fhir.elements import (
    RXNORM,
    Coding,
    Resource,
    codings,
    date_of,
    first_date,
    number_of,
    object_of,
    objects,
    text_of,
    words_of,
)
from policies.fhir.found import Reason
from policies.fhir.gathering import Gathering, origin_of
from policies.fhir.medicine_words import is_for_anesthesia, use_of, why_no_trial
from policies.fhir.trials import Period, Taken, Trials
from policies.terms import Drug

_DROPPED_STATUS = {
    "entered-in-error": Reason.ENTERED_IN_ERROR,
    "cancelled": Reason.NOT_GIVEN,
    "draft": Reason.ONLY_PROPOSED,
    "intended": Reason.ONLY_PROPOSED,
    "not-taken": Reason.NOT_GIVEN,
    "not-done": Reason.NOT_GIVEN,
    "declined": Reason.NOT_GIVEN,
    "preparation": Reason.NOT_GIVEN,
    "in-progress": Reason.NOT_GIVEN,
}
_PROPOSED = ("proposal", "plan", "option")
_DAYS = {"d": 1.0, "day": 1.0, "days": 1.0, "wk": 7.0, "week": 7.0, "weeks": 7.0}
_REASONS = ("statusReason", "reasonCode", "statusReasonCodeableConcept")


def read_medicine(resource: Resource, gathering: Gathering, trials: Trials) -> None:
    """Note one order, statement, supply or dose with the trial of its drug."""
    concept, words = _medicine(resource, gathering)
    listed = codings(concept)
    date = first_date(
        resource,
        "whenHandedOver",
        "effectiveDateTime",
        "effectivePeriod",
        "authoredOn",
        "dateAsserted",
        "whenPrepared",
    )
    origin = origin_of(resource, words, listed, date)
    try:
        drug, by_name = _drug(listed, words)
    except CombinationError as error:
        gathering.leave_out(origin, Reason.COMBINATION, " + ".join(error.parts))
        return
    reason = _why_not(resource, listed, drug, words, by_name=by_name)
    given_for = list(_reasons_given(resource, gathering))
    if drug is not None and reason is None:
        said = [words, *(one.display for one in listed), *map(words_of, given_for)]
        if is_for_anesthesia(drug.drug_class.kind, said):
            reason = Reason.FOR_ANESTHESIA
    if reason is not None:
        gathering.leave_out(origin, reason)
    elif drug is None and not words and not listed:
        gathering.leave_out(origin, Reason.MEDICINE_NOT_IN_FILE)
    elif drug is None:
        gathering.not_understood(resource, listed, words)
    else:
        trials.add(
            Taken(
                drug=drug,
                origin=origin,
                by_name=by_name,
                is_name_alone=_is_name_alone(listed, drug, words),
                is_order=resource["resourceType"] == "MedicationRequest",
                periods=tuple(_periods(resource)),
                dose=_dose_a_day(resource),
                said=tuple(_said(resource)),
                use=use_of(drug, given_for),
            )
        )


def _medicine(resource: Resource, gathering: Gathering) -> tuple[object, str]:
    """The concept that names the medicine, here or in a resource of its own, and its words."""
    if "medicationCodeableConcept" in resource:
        concept = resource["medicationCodeableConcept"]
        return concept, _all_words(concept)
    reference = object_of(resource.get("medicationReference"))
    held = gathering.contents.resolve(reference, resource)
    if held is None:
        return {}, text_of(reference.get("display"))
    return held.get("code"), _all_words(held.get("code")) or text_of(reference.get("display"))


def _all_words(concept: object) -> str:
    return words_of(concept) or next((one.display for one in codings(concept) if one.display), "")


def _drug(listed: tuple[Coding, ...], words: str) -> tuple[Drug | None, bool]:
    """The drug by its code, else by the words beside a code or of the order."""
    by_code = codes.drugs_by_rxnorm()
    for coding in listed:
        if coding.system == RXNORM and coding.code in by_code:
            return by_code[coding.code], False
    for said in (*(one.display for one in listed), words):
        found = drug_in(said) if said else None
        if found is not None:
            return found, True
    return None, False


def _is_name_alone(listed: tuple[Coding, ...], drug: Drug, words: str) -> bool:
    """Whether all its words are the drug's name, strength and form, and tell nothing else."""
    said = [one for one in (words, *(coding.display for coding in listed)) if one]
    return all(terms.find_drug(one) == drug for one in said)


def _why_not(
    resource: Resource,
    listed: tuple[Coding, ...],
    drug: Drug | None,
    words: str,
    *,
    by_name: bool,
) -> Reason | None:
    dropped = _DROPPED_STATUS.get(text_of(resource.get("status")))
    if dropped is not None:
        return dropped
    if resource.get("doNotPerform") is True:
        return Reason.NOT_GIVEN
    if text_of(resource.get("intent")) in _PROPOSED:
        return Reason.ONLY_PROPOSED
    if any(one.code in codes.rxnorm_of_other_use() for one in listed if one.system == RXNORM):
        return Reason.OTHER_USE
    return (
        None if drug is None else _why_no_trial_of(resource, listed, drug, words, by_name=by_name)
    )


def _why_no_trial_of(
    resource: Resource, listed: tuple[Coding, ...], drug: Drug, words: str, *, by_name: bool
) -> Reason | None:
    """Why a product of one of our drugs is no trial of it: its route, form, brand, or its words."""
    if drug.route != "oral" and not _tells_route(listed, drug, words):
        return Reason.ROUTE_NOT_TOLD
    told = (words, *(one.display for one in listed))
    reason = why_no_trial(" | ".join([*told, *_routes(resource)]))
    if reason is None and by_name and any(has_another_brand(drug, one) for one in told):
        return Reason.USE_NOT_TOLD
    return reason


def _routes(resource: Resource) -> Iterator[str]:
    """By which way it is said to be taken, in words."""
    for name in ("dosageInstruction", "dosage"):
        for dosage in objects(resource.get(name)):
            yield words_of(dosage.get("route"))


def _tells_route(listed: tuple[Coding, ...], drug: Drug, words: str) -> bool:
    products = codes.drugs_by_rxnorm().keys() - codes.ingredient_codes()
    said = " ".join([words, *(one.display for one in listed)])
    return any(one.code in products for one in listed) or names_route(drug, said)


def _periods(resource: Resource) -> Iterator[Period]:
    """The times for which a resource says that the medicine was supplied, taken or ordered."""
    supply = _length(resource.get("daysSupply"))
    handed = first_date(resource, "whenHandedOver")
    if supply and handed is not None and handed.day:
        yield Period.of_days(handed.day, supply)
    taken = object_of(resource.get("effectivePeriod"))
    yield from _between(taken, told=True)
    request = object_of(resource.get("dispenseRequest"))
    ordered = date_of(resource.get("authoredOn"))
    yield from _between(object_of(request.get("validityPeriod")))
    for dosage in objects(resource.get("dosageInstruction")):
        repeat = object_of(object_of(dosage.get("timing")).get("repeat"))
        yield from _between(object_of(repeat.get("boundsPeriod")))
        bounds = _length(repeat.get("boundsDuration"))
        if bounds and ordered is not None and ordered.day:
            yield Period.of_days(ordered.day, bounds)
    expected = _length(request.get("expectedSupplyDuration"))
    if expected and ordered is not None and ordered.day:
        yield Period.of_days(ordered.day, expected)


def _between(period: Resource, *, told: bool = False) -> Iterator[Period]:
    start, end = date_of(period.get("start")), date_of(period.get("end"))
    if start is None or end is None:
        return
    if start.day and end.day and start.day <= end.day:
        yield Period(start.day, end.day, is_told=told)


def _length(quantity: object) -> float | None:
    """Days of a quantity of days or weeks; nothing in another unit, or past a hundred years."""
    held = object_of(quantity)
    value = number_of(held.get("value"))
    unit = text_of(held.get("code")) or text_of(held.get("unit")) or "d"
    days = value * _DAYS[unit.lower()] if value and unit.lower() in _DAYS else None
    return days if days and 0 < days < 36_500 else None


def _dose_a_day(resource: Resource) -> float | None:
    """The dose in mg a day, where one instruction says it in mg and by the day."""
    instructions = [
        *objects(resource.get("dosageInstruction")),
        *(objects(resource.get("dosage")) if isinstance(resource.get("dosage"), list) else ()),
    ]
    if len(instructions) != 1:
        return None
    (instruction,) = instructions
    doses = list(objects(instruction.get("doseAndRate")))
    is_needed = (
        instruction.get("asNeededBoolean") is True or "asNeededCodeableConcept" in instruction
    )
    if len(doses) != 1 or is_needed:
        return None
    quantity = object_of(doses[0].get("doseQuantity"))
    unit = text_of(quantity.get("code")) or text_of(quantity.get("unit"))
    value = number_of(quantity.get("value"))
    times = _times_a_day(object_of(object_of(instruction.get("timing")).get("repeat")))
    if unit.lower() != "mg" or value is None or times is None:
        return None
    dose = round(value * times, 3)
    return dose if 0 < dose <= 20_000 else None


def _times_a_day(repeat: Resource) -> float | None:
    frequency, period = number_of(repeat.get("frequency", 1)), number_of(repeat.get("period"))
    is_range = "frequencyMax" in repeat or "periodMax" in repeat
    if not frequency or not period or is_range or repeat.get("periodUnit") != "d":
        return None
    return frequency / period


def _said(resource: Resource) -> Iterator[str]:
    """The record's own words on why it was given, changed or ended."""
    for name in _REASONS:
        for concept in objects(resource.get(name)):
            words = words_of(concept)
            if words:
                yield words


def _reasons_given(resource: Resource, gathering: Gathering) -> Iterator[object]:
    """What it was prescribed for: its own concepts, and the diagnoses that it refers to."""
    yield from objects(resource.get("reasonCode"))
    for reference in objects(resource.get("reasonReference")):
        held = gathering.contents.resolve(reference, resource)
        yield {"text": text_of(reference.get("display"))} if held is None else held.get("code")
