"""What a line asks, in a few words beside its label."""

from collections.abc import Callable, Mapping
from typing import Any

from policies import terms, vocabulary
from policies.outline import Line

SHOWN = 3  # of several choices
IMPROVED = {
    "max_improvement_percent": "at most {} %",
    "below_improvement_percent": "less than {} %",
    "above_improvement_percent": "more than {} %",
}
JUDGES = {"clinic": "the clinic answers", "plan": "the plan answers"}


def in_short(line: Line) -> str:
    """What a line asks as far as it is said; empty where nothing is.

    >>> in_short(Line("1", "fact", {"fact": "age", "min": 18}))
    'Age: 18 years or more'
    """
    told: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
        "fact": _fact,
        "count": _count,
        "scale": _scale,
        "icd10": lambda fields: _named(fields.get("icd10"), {}),
        "judgement": lambda fields: JUDGES.get(str(fields.get("judgement")), ""),
        "unread": lambda _fields: "not read",
        "first_list": lambda _fields: "all of the first list",
    }
    return told[line.kind](line.fields) if line.kind in told else ""


def _scale(fields: Mapping[str, Any]) -> str:
    names = _named(fields.get("scale"), _labels(terms.rating_scales()))
    limits = _limits(fields, "")
    return f"{names}: {limits}" if limits else names


def _labels(entries: Mapping[str, Any]) -> dict[str, str]:
    return {name: one.label for name, one in entries.items()}


def _fact(fields: Mapping[str, Any]) -> str:
    definition = vocabulary.facts().get(str(fields.get("fact")))
    if definition is None:
        return ""
    choices = dict(definition.choices or {})
    if definition.name == "conditions":
        choices = _labels(terms.conditions())
    answers = [fields.get(name) for name in ("is", "one_of", "includes")]
    answer = next((one for one in answers if one is not None), None)
    if isinstance(answer, bool):
        said = "yes" if answer else "no"
    elif answer is not None:
        said = _named(answer, choices)
    else:
        said = _limits(fields, definition.unit)
    return f"{definition.label}: {said}" if said else definition.label


def _limits(fields: Mapping[str, Any], unit: str) -> str:
    words = {
        "min": ("{} or more", unit),
        "max": ("{} or less", ""),
        "above": ("more than {}", unit),
        "below": ("less than {}", ""),
        "within_days": ("within {}", "days"),
    }
    found = [
        text.format(_with_unit(fields[name], own))
        for name, (text, own) in words.items()
        if fields.get(name) is not None
    ]
    return ", ".join(found)


def _with_unit(value: Any, unit: str) -> str:
    """A number, or what was typed for one, with its unit; of one in the singular.

    >>> _with_unit(8, "months"), _with_unit(1, "months"), _with_unit("x", "")
    ('8 months', '1 month', 'x')
    """
    return f"{value} {unit.removesuffix('s') if value == 1 else unit}".strip()


def _count(fields: Mapping[str, Any]) -> str:
    where = fields.get("where")
    ways = [one for one in (where if isinstance(where, list) else [where]) if one]
    number = fields.get("min")
    parts = [f"{number} or more tried" if number is not None else "tried"]
    classes = fields.get("min_classes")
    if classes not in (None, 1):
        parts.append(f"of {classes} classes")
    if len(ways) > 1:
        parts.append(f"{len(ways)} definitions")
    elif ways and isinstance(ways[0], Mapping):
        parts += _way(ways[0])
    return ", ".join(parts)


def _way(way: Mapping[str, Any]) -> list[str]:
    fields = vocabulary.treatment_fields()
    kinds = {name: one.partition(" (")[0] for name, one in (fields["kind"].choices or {}).items()}
    parts = [
        _named(way[name], labels)
        for name, labels in (
            ("kind", kinds),
            ("drug_class", _labels(terms.drug_classes())),
            ("drug", {}),
        )
        if way.get(name)
    ]
    outcomes = fields["outcome"].choices or {}
    if way.get("outcome"):
        parts.append(_named(way["outcome"], outcomes).lower())
    parts += [
        f"improved by {words.format(way[name])}"
        for name, words in IMPROVED.items()
        if way.get(name) is not None
    ]
    if way.get("min_weeks") is not None:
        parts.append(_with_unit(way["min_weeks"], "weeks"))
    if way.get("adequate_dose"):
        parts.append("adequate dose")
    if way.get("this_episode"):
        parts.append("this episode")
    return parts


def _named(value: Any, labels: Mapping[str, str]) -> str:
    items = value if isinstance(value, list) else [value]
    names = [labels.get(str(one), str(one)) for one in items if one not in (None, "")]
    if len(names) > SHOWN:
        return f"{', '.join(names[:SHOWN])} or {len(names) - SHOWN} others"
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
