"""A record that was read, as a page carries it to its review; nothing of it is stored."""

import json
from dataclasses import replace
from typing import Any

from cattrs.errors import BaseValidationError
from cattrs.preconf.json import make_converter

from policies.fhir import Found, Kind, Record, RecordError, Refusal
from policies.fhir.elements import text_of
from policies.fhir.found import FoundValue
from policies.fhir.review import INSURER_FIELDS, proposal
from policies.situation import ScaleScore, TreatmentTried

# The name of the hidden field.
CARRIED = "record"
# A form sends three signs for a byte, and that stays below what the server takes in one request.
MOST_CARRIED_BYTES = 600_000
MOST_FINDS = 300
# What a record says of the plan.
PLAN_FIELDS = (*INSURER_FIELDS, "line_of_business", "residence_state")


class CarriedRecordError(ValueError):
    """What was sent is no record of ours."""


def write_record(record: Record) -> str:
    """The record as the text of a hidden field; RecordError says that it is too long for one."""
    text = json.dumps(_converter.unstructure(record), ensure_ascii=False, separators=(",", ":"))
    if len(text.encode()) > MOST_CARRIED_BYTES or len(record.found) > MOST_FINDS:
        raise RecordError(Refusal.TOO_MANY, "the record holds more than one page can show")
    return text


def read_carried_record(text: str) -> Record:
    """The record of a hidden field; CarriedRecordError says that it is none of ours."""
    try:
        if len(text.encode()) > MOST_CARRIED_BYTES:
            raise CarriedRecordError("longer than any record we carry")
        data = json.loads(text)
        # Half of a character is text for JSON, and for no page.
        json.dumps(data, ensure_ascii=False).encode()
        record: Record = _converter.structure(data, Record)
    except (ValueError, TypeError, RecursionError, BaseValidationError) as error:
        raise CarriedRecordError("not in the form we write") from error
    if len(record.found) > MOST_FINDS or len({one.key for one in record.found}) < len(record.found):
        raise CarriedRecordError("more finds than a page can show, or one of them twice")
    named = {one.name for one in record.found if one.kind is Kind.PLAN}
    if not named <= {*PLAN_FIELDS} or any(one.conflicts for one in proposal(record)):
        raise CarriedRecordError("a find that no record can hold")
    return record


def _value(data: Any, kind: Kind) -> FoundValue:
    match kind:
        case Kind.TREATMENT:
            return _converter.structure(data, TreatmentTried)
        case Kind.SCORE:
            return _converter.structure(data, ScaleScore)
    if isinstance(data, str):
        return text_of(data)
    if isinstance(data, bool | int | float):
        return data
    raise TypeError("expected a plain answer")


def _found(data: Any, _type: object) -> Found:
    rest = _plain.structure({**data, "value": ""}, Found)
    return replace(rest, value=_value(data["value"], rest.kind))


_plain, _converter = make_converter(), make_converter()
_converter.register_structure_hook(Found, _found)
