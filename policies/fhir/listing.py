"""A record as text and as JSON: what was found, and what was not used or understood."""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from policies.fhir.elements import Coding
from policies.fhir.found import Found, Kind, LeftOut, Origin, Record, Sureness
from policies.fhir.review import proposal
from policies.fhir.same_treatment import holds_all_of
from policies.situation import ScaleScore, Situation, TreatmentTried
from policies.situation.reading import VERSION

USED, TO_CONFIRM, OVERRULED = "+", "?", "-"
MARKS = (
    f"  ({USED} used below; {TO_CONFIRM} to be confirmed, and not used until SITUATION.json says "
    f"it; {OVERRULED} not used: what SITUATION.json says stands)"
)


def record_to_json(record: Record, situation: Situation) -> dict[str, Any]:
    """The record for a program; `used` tells which finds stand in the situation answered."""
    return {
        "notices": [one.value for one in record.notices],
        "found": [
            {
                "key": one.found.key,
                "kind": one.found.kind.value,
                "name": one.found.name,
                "value": _plain(one.found.value),
                "sureness": one.found.sureness.value,
                "to_confirm": sorted(one.found.unsure),
                "cautions": [caution.value for caution in one.found.cautions],
                "said": list(one.found.said),
                "used": is_used(one.found, situation),
                "still_to_ask": [field.name for field in one.to_ask],
                "from": [_origin(origin) for origin in one.found.origins],
            }
            for one in proposal(record, situation)
        ],
        "left_out": [
            {"reason": one.reason.value, "value": one.value or None, **_origin(one.origin)}
            for one in record.left_out
        ],
        "not_understood": [
            {"resource_type": one.resource_type, "times": one.times, **_coding(one.coding)}
            for one in record.not_understood
        ],
        "not_read": dict(record.not_read),
    }


def is_used(found: Found, situation: Situation) -> bool:
    """Whether a find stands in a situation, save what of it a person must confirm."""
    value = found.value
    if isinstance(value, TreatmentTried):
        rows = situation.treatments_tried or ()
        return any(holds_all_of(row, value, but=found.unsure) for row in rows)
    if isinstance(value, ScaleScore):
        return value in situation.scores
    return (
        situation.answers.get(found.name) == value
        or value in situation.conditions
        or value in situation.icd10_codes
        or getattr(situation.plan, found.name, None) == value
    )


def found_as_text(record: Record, situation: Situation) -> str:
    """What was found, a line each, with what it was read from and what to mind."""
    lines = ["From the record", *(f"  ! {one.label}" for one in record.notices)]
    for one in record.found:
        mark = _mark(one, situation)
        origins = ", ".join(_origin_text(origin) for origin in one.origins)
        lines.append(f"  {mark} {_found_text(one)}  [{origins}]")
        lines += [f"      {caution.label}" for caution in one.cautions]
        lines += [f"      The record's own words: {words}" for words in one.said]
        if mark == TO_CONFIRM:
            told = {"version": VERSION, **_as_told(one)}
            lines.append(
                f"      Not used. If it is right, say so in SITUATION.json: {json.dumps(told)}"
            )
    lines.append(MARKS)
    return "\n".join(lines)


def _as_told(found: Found) -> dict[str, Any]:
    """A find as a person would say it in a situation."""
    value = _plain(found.value)
    match found.kind:
        case Kind.ANSWER:
            return {"answers": {found.name: value}}
        case Kind.CONDITION:
            return {"answers": {"conditions": [value]}}
        case Kind.CODE:
            return {"icd10_codes": [value]}
        case Kind.SCORE:
            return {"scores": [value]}
        case Kind.TREATMENT:
            return {"treatments_tried": [value]}
    return {"plan": {found.name: value}}


def _mark(found: Found, situation: Situation) -> str:
    if is_used(found, situation):
        return USED
    return TO_CONFIRM if found.sureness is Sureness.TO_CONFIRM else OVERRULED


def rest_as_text(record: Record) -> str:
    """What was not used, not understood or not read."""
    lines = [f"not used: {_left_text(one)}" for one in record.left_out]
    lines += [
        f"not understood: {one.resource_type} {_coding_text(one.coding)}"
        + (f" ({one.times} times)" if one.times > 1 else "")
        for one in record.not_understood
    ]
    lines += [f"not read: {name} ({count})" for name, count in sorted(record.not_read.items())]
    return "\n".join(lines)


def _found_text(found: Found) -> str:
    if isinstance(found.value, ScaleScore):
        score = found.value
        return f"{score.scale} {score.score} ({score.origin}), {score.taken_on or 'no date'}"
    if isinstance(found.value, TreatmentTried):
        return f"treatment: {', '.join(_field_texts(found))}"
    return f"{found.name}: {found.value}" if str(found.value) != found.name else found.name


def _field_texts(found: Found) -> Iterator[str]:
    for name, value in _plain(found.value).items():
        yield f"{name} {value}{' (to be confirmed, and not used)' if name in found.unsure else ''}"


def _left_text(one: LeftOut) -> str:
    value = f" {one.value}" if one.value else ""
    return f"{_origin_text(one.origin)}{value}: {one.reason.label}"


def _origin_text(origin: Origin) -> str:
    codes = " ".join(_coding_text(coding) for coding in origin.codings[:1])
    day = origin.on.isoformat() if origin.on else ""
    return " ".join(part for part in (origin.resource, origin.words or codes, day) if part)


def _coding_text(coding: Coding) -> str:
    return " ".join(part for part in (coding.system, coding.code, coding.display) if part)


def _origin(origin: Origin) -> dict[str, Any]:
    return {
        "resource": origin.resource,
        "words": origin.words or None,
        "codes": [_coding(coding) for coding in origin.codings],
        "date": origin.on.isoformat() if origin.on else None,
    }


def _coding(coding: Coding) -> dict[str, str | None]:
    return {
        "system": coding.system or None,
        "code": coding.code or None,
        "display": coding.display or None,
    }


def _plain(value: object) -> Any:
    if isinstance(value, TreatmentTried | ScaleScore):
        told = {one.name: getattr(value, one.name) for one in fields(value)}
        return {name: _plain(one) for name, one in told.items() if one is not None}
    return value.isoformat() if isinstance(value, dt.date) else value
