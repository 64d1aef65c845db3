"""The JSON Schema of a situation, made from the vocabulary that reads it."""

from collections.abc import Mapping
from typing import Any

from policies import terms, vocabulary
from policies.situation import VERSION, Asker, Funding, LineOfBusiness, Treatment
from policies.vocabulary import FactDefinition, FactType

MOST_ROWS = 200
TEXT = {"type": "string", "minLength": 1, "maxLength": 200, "pattern": r"\S"}
YES_OR_NO = {"type": ["boolean", "null"]}
# Billable or not shows in the list alone, and codes that are not in it are taken as they are.
ICD10 = {"type": "string", "pattern": r"^[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?$"}


def situation_schema() -> dict[str, Any]:
    """Every field but `version` may be left out or null: that is "I don't know" and never "no"."""
    score = _fields(vocabulary.score_fields())
    return _object(
        {
            "version": {"const": VERSION},
            "asker": _choice(Asker),
            "plan": _or_null(
                _object(
                    {
                        "line_of_business": _choice(LineOfBusiness),
                        "funding": _choice(Funding),
                        "insurer": _or_null(
                            TEXT | {"description": "The slug of an insurer, as /insurers lists it."}
                        ),
                        "insurer_name": _or_null(TEXT),
                        "administrator_name": _or_null(TEXT),
                        "residence_state": _choice(terms.states()),
                        "issue_state": _choice(terms.states()),
                    }
                )
            ),
            "treatment": _choice(Treatment),
            "icd10_codes": _rows(ICD10),
            "answers": _or_null(_object(_fields(vocabulary.facts()))),
            "treatments_tried": _rows(_object(_fields(vocabulary.treatment_fields()))),
            "treatments_complete": YES_OR_NO,
            "scores": _rows(
                _object(
                    {name: _known(one) for name, one in score.items()},
                    required=["scale", "score", "origin"],
                )
            ),
        },
        required=["version"],
    )


def _object(properties: Mapping[str, Any], required: list[str] | None = None) -> dict[str, Any]:
    found = {"type": "object", "properties": dict(properties), "additionalProperties": False}
    return found | ({"required": required} if required else {})


def _rows(item: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": ["array", "null"], "maxItems": MOST_ROWS, "items": dict(item)}


def _choice(values: Any) -> dict[str, Any]:
    return {"enum": [*(str(one) for one in values), None]}


def _or_null(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"anyOf": [dict(schema), {"type": "null"}]}


def _fields(definitions: Mapping[str, FactDefinition]) -> dict[str, Any]:
    return {name: _or_null(_value(one)) for name, one in definitions.items()}


def _known(schema: Mapping[str, Any]) -> dict[str, Any]:
    """A field of a score: those that must be there are refused as null too."""
    known: dict[str, Any] = schema["anyOf"][0]
    return dict(schema) if known.get("format") == "date" else known


def _value(fact: FactDefinition) -> dict[str, Any]:
    named = {"title": fact.label, "description": fact.question}
    match fact.type:
        case FactType.BOOLEAN:
            return {"type": "boolean", **named}
        case FactType.NUMBER:
            limits = {"minimum": fact.min, "maximum": fact.max}
            known = {name: limit for name, limit in limits.items() if limit is not None}
            return {"type": "integer" if fact.whole else "number", **known, **named}
        case FactType.CHOICE:
            return {"enum": list(fact.choices or {}), **named}
        case FactType.SET:
            items = {"enum": list(fact.choices or {})}
            return {"type": "array", "items": items, **named}
        case FactType.TEXT:
            return {**TEXT, **named}
        case FactType.DATE:
            return {"type": "string", "format": "date", **named}
