"""What a line asks, whole, and whether its words name another number than it does."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from policies import vocabulary
from policies.effects.likeness import test_of
from policies.effects.rows import said
from policies.effects.rules import OF_A_TRIAL, in_words, joined, named
from policies.effects.words import numbers_in
from policies.outline import Line
from policies.outline.in_short import in_short

# A limit in one unit as documents write it in another.
TIMES = (1, 7, 30, 365, 4, 52, 12)
# The number of a scale's or a manual's name stands behind letters, as in PHQ-9.
_NAMED = re.compile(r"\b[^\W\d_][\w.()/-]*\d[\w.]*")
LISTED = {
    "kind": "kind",
    "drug_class": "class",
    "drug": "medicine",
    "outcome": "with",
    "outcome_unclear": "left open with",
}


def asked_for(line: Line) -> tuple[str, ...]:
    """All that decides in a line: one text, or one more for each way in which trials count.

    >>> asked_for(Line("1", "count", {"min": 2, "where": {"min_weeks": 6}}))
    ('2 or more treatments tried', 'Each counts if: weeks, at least 6')
    """
    if line.kind == "count":
        return (_number(line.fields), *_ways(line.fields.get("where")))
    if line.kind == "icd10":
        codes = named("icd10", line.fields.get("icd10"), line)
        return (f"Codes: {', '.join(codes)}",) if codes else ()
    told = joined(line) or in_short(line)
    return (told[:1].upper() + told[1:],) if told else ()


def _number(fields: Mapping[str, Any]) -> str:
    least = fields.get("min")
    classes = fields.get("min_classes")
    number = f"{1 if least is None else least} or more treatments tried"
    return number if classes in (None, 1) else f"{number}, of {classes} or more classes"


def _ways(where: Any) -> Iterator[str]:
    ways = [one for one in (where if isinstance(where, list) else [where]) if one]
    for way in ways:
        if isinstance(way, Mapping):
            start = "Each counts if" if len(ways) == 1 else "One counts if"
            yield f"{start}: {'; '.join(_tests(way))}"


def _tests(way: Mapping[str, Any]) -> Iterator[str]:
    for name, value in way.items():
        if name in LISTED:
            yield f"{LISTED[name]} {' or '.join(named(name, value, Line('', 'count')))}"
            continue
        known = vocabulary.treatment_fields().get(name)
        what = OF_A_TRIAL.get(name) or (known.label if known else name.replace("_", " "))
        what = what[:1].lower() + what[1:]
        yield what if value is True else f"{what} {in_words(value)}"


def names_other_number(line: Line) -> bool:
    """Whether the words name a number that the rule has not, in place of one that it has.

    >>> names_other_number(Line("1", "fact", {"fact": "age", "min": 19, "label": "18 or older"}))
    True
    >>> names_other_number(Line("1", "fact", {"fact": "age", "above": 17, "label": "18 or older"}))
    False
    """
    rule = [one for name, value in test_of(line).items() for one in _limits(name, value)]
    return any(_is_other(rule, said(line, name)) for name in ("label", "quote"))


def _is_other(rule: list[frozenset[float]], text: str) -> bool:
    told = {float(one) for one in numbers_in(_NAMED.sub(" ", text))}
    unsaid = [one for one in rule if not one & told]
    return bool(unsaid) and bool(told - {number for one in rule for number in one})


def _limits(name: str, value: Any) -> Iterator[frozenset[float]]:
    """Each number of a rule, in every way in which words may give it."""
    match value:
        case bool():
            return
        case int() | float():
            yield frozenset(_ways_to_say(name, float(value)))
        case Mapping():
            for inner, one in value.items():
                yield from _limits(str(inner), one)
        case list():
            for one in value:
                yield from _limits(name, one)


def _ways_to_say(name: str, number: float) -> Iterator[float]:
    beside = {"above": 1, "below": -1}.get(name.partition("_")[0])
    for one in (number, *([number + beside] if beside else [])):
        yield from (one / times for times in TIMES)
        yield from (one * times for times in TIMES)
