"""Conditions and the vocabulary in the shapes of the API."""

from collections.abc import Iterable, Mapping
from typing import Any

from policies import terms, vocabulary
from policies.situation import LineOfBusiness, Treatment
from policies.vocabulary import FactDefinition


def conditions() -> dict[str, Any]:
    """Every condition, in the order a list should show them."""
    return {
        "icd10_release": terms.ICD10_RELEASE,
        "items": [
            {
                "id": one.id,
                "label": one.label,
                "is_group": one.is_group,
                "within": sorted(one.within),
                "perhaps_within": sorted(one.perhaps_within),
                "icd10": list(one.icd10),
            }
            for one in terms.conditions().values()
        ],
    }


def whole_vocabulary() -> dict[str, Any]:
    """Everything that a situation may tell."""
    return {
        "facts": _facts(vocabulary.facts()),
        "treatment_fields": _facts(vocabulary.treatment_fields()),
        "score_fields": _facts(vocabulary.score_fields()),
        "treatments": [_choice(one.value, one.label) for one in Treatment],
        "lines_of_business": [_choice(one.value, one.label) for one in LineOfBusiness],
        "drugs": list(_drugs()),
        "scales": list(_scales()),
    }


def _facts(definitions: Mapping[str, FactDefinition]) -> list[dict[str, Any]]:
    return [
        {
            "name": one.name,
            "type": one.type.value,
            "label": one.label,
            "question": one.question,
            "unit": one.unit,
            "min": one.min,
            "max": one.max,
            "whole": one.whole,
            "choices": [_choice(*pair) for pair in (one.choices or {}).items()],
            "is_sensitive": one.sensitive,
            "settled_by": one.settled_by.value,
            "speak": one.speak.value,
        }
        for one in definitions.values()
    ]


def _choice(value: str, label: str) -> dict[str, str]:
    return {"value": value, "label": label}


def _drugs() -> Iterable[dict[str, Any]]:
    for one in terms.drugs().values():
        yield {
            "name": one.name,
            "drug_class": one.drug_class.id,
            "class_label": one.drug_class.label,
            "kind": one.drug_class.kind,
            "brands": list(one.brands),
            "usual_dose_mg_day": one.usual_dose_mg_day,
            "route": one.route,
            "rxnorm_ingredient": one.rxnorm_ingredient or None,
        }


def _scales() -> Iterable[dict[str, Any]]:
    for one in terms.rating_scales().values():
        yield {
            "id": one.id,
            "label": one.label,
            "name": one.name,
            "range": one.range,
            "loinc": one.loinc or None,
        }
