"""Reads the answers of a questionnaire and the value of an observation as numbers."""

from collections.abc import Iterable
from typing import Any

from policies.fhir.codes import Panel
from policies.fhir.elements import (
    LOINC,
    Resource,
    coding_of,
    codings,
    number_of,
    object_of,
    objects,
    text_of,
)
from policies.fhir.gathering import Gathering

FINAL = ("final", "amended", "corrected")
_ORDINAL = (
    "http://hl7.org/fhir/StructureDefinition/ordinalValue",
    "http://hl7.org/fhir/StructureDefinition/itemWeight",
)
_MOST_ITEMS = 2_000


def value_of(resource: Resource) -> float | None:
    """The one value of an observation as a number; "more than" is none."""
    if "valueQuantity" in resource:
        quantity = object_of(resource["valueQuantity"])
        return None if quantity.get("comparator") else number_of(quantity.get("value"))
    for name in ("valueInteger", "valueString", "valueDecimal"):
        if name in resource:
            return number_of(resource[name])
    concept = object_of(resource.get("valueCodeableConcept"))
    return next(filter(None, map(_ordinal, objects(concept.get("coding")))), None)


def plain_score(answer: object) -> float | None:
    held = object_of(answer)
    for name in ("valueDecimal", "valueInteger", "valueString"):
        if name in held:
            return number_of(held[name])
    return number_of(object_of(held.get("valueQuantity")).get("value"))


def score_of(answer: object, panel: Panel) -> int | None:
    """The score of one answer: by its code, its weight or as a number."""
    held = object_of(answer)
    concept = object_of(held.get("valueCodeableConcept"))
    for coding in (*objects(held.get("valueCoding")), *objects(concept.get("coding"))):
        known = panel.answers.get(coding_of(coding).code)
        value = known if known is not None else _ordinal(coding)
        if value is not None:
            return _in_answers(value, panel)
    return _in_answers(plain_score(answer), panel)


def _in_answers(value: float | None, panel: Panel) -> int | None:
    return int(value) if value is not None and value in panel.answers.values() else None


def _ordinal(coding: Resource) -> float | None:
    for extension in objects(coding.get("extension")):
        if extension.get("url") in _ORDINAL:
            return number_of(extension.get("valueDecimal"))
    return None


def members_of(observation: Resource, gathering: Gathering) -> list[Resource]:
    """The answers of a panel, be they components or observations of their own; no further step."""
    members = [*objects(observation.get("component"))]
    for reference in objects(observation.get("hasMember")):
        held = gathering.contents.resolve(reference, observation)
        if held is not None and text_of(held.get("status")) in FINAL:
            members.append(held)
    return members


def by_code(answers: Iterable[Resource]) -> dict[str, object]:
    return {
        coding.code: answer
        for answer in answers
        for coding in codings(answer.get("code"))
        if coding.system == LOINC
    }


def items_by_code(listed: object) -> dict[str, Any]:
    """The first answer of each item by the code in its linkId, at any depth."""
    found: dict[str, Any] = {}
    waiting = list(objects(listed))
    for _ in range(_MOST_ITEMS):
        if not waiting:
            break
        item = waiting.pop()
        answer = next(objects(item.get("answer")), None)
        if answer is not None:
            found.setdefault(text_of(item.get("linkId")).rsplit("/", 1)[-1], answer)
            waiting += objects(answer.get("item"))
        waiting += objects(item.get("item"))
    return found
