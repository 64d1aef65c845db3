"""What the library finds wrong with a value, in plain words and by the name of its field."""

from collections.abc import Iterable, Mapping
from typing import Any

from ninja.errors import ValidationError

PREFIX = "Value error, "
NO_DAY = "This is not a day of the calendar. Write it like 2026-05-03."
NO_WHOLE = "Give a whole number."
NO_TRUTH = "Give true or false."
NO_OBJECT = "Give an object with named fields."
# By the kinds of https://docs.pydantic.dev/latest/errors/validation_errors/
WORDS = {
    "missing": "This must be given.",
    "extra_forbidden": "There is no such field.",
    "model_type": NO_OBJECT,
    "model_attributes_type": NO_OBJECT,
    "dict_type": NO_OBJECT,
    "list_type": "Give a list.",
    "string_type": "Give text.",
    "string_pattern_mismatch": "This is not in the form that the description has.",
    "bool_type": NO_TRUTH,
    "bool_parsing": NO_TRUTH,
    "int_type": NO_WHOLE,
    "int_parsing": NO_WHOLE,
    "int_parsing_size": NO_WHOLE,
    "int_from_float": NO_WHOLE,
    "greater_than_equal": "Give {ge} or more.",
    "less_than_equal": "Give {le} or less.",
    "too_long": "Give no more than {max_length}.",
    "enum": "Use one of: {expected}.",
    "date_type": NO_DAY,
    "date_parsing": NO_DAY,
    "date_from_datetime_parsing": NO_DAY,
    "date_from_datetime_inexact": NO_DAY,
}


def message_of(error: Mapping[str, Any]) -> str:
    """What is wrong, without the words of the language that this is written in.

    >>> message_of({"type": "enum", "msg": "", "ctx": {"expected": "'for', 'against' or 'mixed'"}})
    'Use one of: for, against or mixed.'
    """
    text = WORDS.get(error["type"])
    if text is None:
        # What we refuse ourselves has a sentence of ours.
        return str(error["msg"]).removeprefix(PREFIX)
    return text.format(**error.get("ctx", {})).replace("'", "")


def faults_of_parameters(invalid: ValidationError) -> Iterable[dict[str, str]]:
    """Each parameter, or part of the address, that is not what it should be."""
    for one in invalid.errors:
        place, *_, name = one["loc"]
        yield {"in": str(place), "field": str(name), "message": message_of(one)}
