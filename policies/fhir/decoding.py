"""Reads the bytes of a record as JSON within fixed bounds, before anything looks at its words."""

import codecs
import json
import math
from collections.abc import Mapping
from typing import Any

from policies.fhir.faults import RecordError, Refusal

MAX_BYTES = 10 * 1024 * 1024
# A whole record of 700 KB by Synthea has under 6,000 objects and lists, so 10 MB has some 80,000.
MAX_CONTAINERS = 300_000
MAX_DEPTH = 60
_MAX_DIGITS = 30
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"{\x00", b"\x00{")


class _BadNumberError(ValueError):
    """A number that JSON or a computer can't hold."""


class _RepeatedNameError(ValueError):
    """An object that gives one name twice, so that nobody knows which value is meant."""


def decode(data: bytes) -> Mapping[str, Any]:
    """The object that the bytes hold; RecordError says what is wrong without quoting any of it."""
    if len(data) > MAX_BYTES:
        raise RecordError(
            Refusal.TOO_LARGE,
            "the file is larger than {most} MB; save a smaller part of the record",
            most=MAX_BYTES // (1024 * 1024),
        )
    if data.startswith(_UTF16):
        raise RecordError(Refusal.NOT_UTF8, "the file is UTF-16 text; save it as UTF-8")
    if data.count(b"{") + data.count(b"[") > MAX_CONTAINERS:
        raise RecordError(
            Refusal.TOO_MANY, "the file holds too many parts; save a smaller part of the record"
        )
    document = _parse(_text(data))
    if not isinstance(document, dict):
        raise RecordError(Refusal.NOT_FHIR, "expected one JSON object with a resourceType")
    if _depth(document) > MAX_DEPTH:
        raise RecordError(Refusal.TOO_DEEP, "the file is nested too deeply to be a record")
    return document


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RecordError(Refusal.NOT_UTF8, "the file is not UTF-8 text") from error


def _parse(text: str) -> object:
    try:
        return json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=_whole,
            parse_float=_fraction,
            parse_constant=_constant,
        )
    except json.JSONDecodeError as error:
        raise RecordError(
            Refusal.NOT_JSON,
            "this is not JSON (line {line}, column {column})",
            line=error.lineno,
            column=error.colno,
        ) from error
    except RecursionError as error:
        raise RecordError(
            Refusal.TOO_DEEP, "the file is nested too deeply to be a record"
        ) from error
    except _RepeatedNameError as error:
        raise RecordError(
            Refusal.NOT_JSON, "an object gives the same name twice; which value is meant is unclear"
        ) from error
    except _BadNumberError as error:
        raise RecordError(Refusal.NOT_JSON, "a number is too long, or none at all") from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _RepeatedNameError
    return found


def _whole(digits: str) -> int:
    if len(digits) > _MAX_DIGITS:
        raise _BadNumberError
    return int(digits)


def _fraction(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise _BadNumberError
    return number


def _constant(_name: str) -> float:
    # NaN and Infinity, which Python's reader would take.
    raise _BadNumberError


def _depth(document: object) -> int:
    """How deep objects and lists lie in one another, no further than one past the limit."""
    level: list[Any] = [document]
    depth = 0
    while level and depth <= MAX_DEPTH:
        depth += 1
        below: list[Any] = []
        for one in level:
            inner = one.values() if isinstance(one, dict) else one
            below += [item for item in inner if isinstance(item, dict | list)]
        level = below
    return depth
