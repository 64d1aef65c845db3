"""What a change means for the rule, in words: a limit, how lines are joined, what is counted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from policies import terms, vocabulary
from policies.effects.likeness import test_of
from policies.outline import Line
from policies.outline.in_short import in_short

NONE = "none"
JOINS = {
    "all_of": "all of these",
    "any_of": "any one of these",
    "at_least": "at least {} of these",
    "none_of": "none of these",
}
LIMITS = {
    "min": "At least",
    "max": "At most",
    "above": "More than",
    "below": "Less than",
    "within_days": "Taken within so many days",
    "min_classes": "Of so many classes at least",
}
LISTED = {
    "one_of": "Answers that will do",
    "scale": "Scales",
    "icd10": "Codes",
    "kind": "Kinds of treatment that count",
    "drug": "Medicines that count",
    "drug_class": "Classes that count",
    "outcome": "Outcomes that count",
    "outcome_unclear": "Outcomes left open",
}
OF_A_TRIAL = {
    "route": "Route",
    "min_weeks": "Weeks, at least",
    "above_weeks": "Weeks, more than",
    "weeks_unclear_from": "Weeks left open from",
    "min_adherence_percent": "Percent of doses taken, at least",
    "max_improvement_percent": "Percent improved, at most",
    "below_improvement_percent": "Percent improved, less than",
    "above_improvement_percent": "Percent improved, more than",
    "ended_within_years": "Ended within so many years",
}
# What a line that came or went does to the list, by how its group joins.
CAME = {
    "all_of": "Now wanted too",
    "any_of": "One more way",
    "at_least": "One more that counts",
    "none_of": "A new exclusion",
}
WENT = {
    "all_of": "No longer wanted",
    "any_of": "No longer a way",
    "at_least": "One fewer that counts",
    "none_of": "No longer an exclusion",
}


@dataclass(frozen=True, slots=True)
class RuleChange:
    """One thing that the rule has otherwise; empty before for what came, after for what went."""

    what: str
    before: str = ""
    after: str = ""


def joined(line: Line) -> str:
    """How a group joins its lines; empty for a line that is none."""
    needed = line.fields.get("at_least")
    return JOINS.get(line.kind, "").format("so many" if needed is None else needed)


def rule_changes(before: Line, after: Line) -> tuple[RuleChange, ...]:
    """What a line asks otherwise than it did; nothing where only its words are others."""
    if before.is_group or after.is_group:
        return tuple(_joins(before, after))
    is_other_test = before.kind != after.kind or _fact(before) != _fact(after)
    if is_other_test:
        return (RuleChange("Tests something else", _asks(before), _asks(after)),)
    old, new = test_of(before), test_of(after)
    return tuple(
        change
        for name in dict.fromkeys((*old, *new))
        if old.get(name) != new.get(name)
        for change in _field(name, old.get(name), new.get(name), after)
    )


def _joins(before: Line, after: Line) -> Iterator[RuleChange]:
    old, new = joined(before) or _asks(before), joined(after) or _asks(after)
    if old == new:
        return
    what = "Joined in another way"
    if before.is_group is not after.is_group:
        what = "Tested in another way"
    elif after.kind == "none_of":
        what = "Became an exclusion"
    elif before.kind == "none_of":
        what = "No longer an exclusion"
    elif before.kind == after.kind:
        what = "How many are wanted"
    yield RuleChange(what, old, new)


def _fact(line: Line) -> object:
    return line.fields.get("fact") if line.kind == "fact" else None


def _asks(line: Line) -> str:
    return in_short(line) or str(line.fields.get("label") or "")


def _field(name: str, before: Any, after: Any, line: Line) -> Iterator[RuleChange]:
    if name == "where":
        yield from _definitions(before, after)
    elif name in LISTED:
        yield from _lists(LISTED[name], named(name, before, line), named(name, after, line))
    elif name in LIMITS:
        yield RuleChange(LIMITS[name], in_words(before), in_words(after))
    elif name in ("is", "includes"):
        yield RuleChange("Answer wanted", _answer(before, line), _answer(after, line))
    elif name == "judgement":
        yield RuleChange("Who answers", in_words(before), in_words(after))
    else:
        yield RuleChange(name.replace("_", " ").capitalize(), in_words(before), in_words(after))


def in_words(value: Any) -> str:
    """A value as it is read; what is not set is “none”.

    >>> in_words(2.5), in_words(True), in_words(None), in_words(["a", "b"])
    ('2.5', 'yes', 'none', 'a, b')
    """
    match value:
        case None | "" | [] | {}:
            return NONE
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:g}"
        case list():
            return ", ".join(in_words(one) for one in value)
        case _:
            return str(value)


def _answer(value: Any, line: Line) -> str:
    choices = _choices_of_fact(line)
    return choices.get(str(value), in_words(value)) if isinstance(value, str) else in_words(value)


def _choices_of_fact(line: Line) -> Mapping[str, str]:
    definition = vocabulary.facts().get(str(line.fields.get("fact")))
    if definition is None:
        return {}
    if definition.name == "conditions":
        return {one.id: one.label for one in terms.conditions().values()}
    return definition.choices or {}


def named(name: str, value: Any, line: Line) -> list[str]:
    """The items of a list that a line tests, by their labels."""
    labels: Mapping[str, str] = {}
    match name:
        case "one_of":
            labels = _choices_of_fact(line)
        case "scale":
            labels = {one.id: one.label for one in terms.rating_scales().values()}
        case "drug_class":
            labels = {one.id: one.label for one in terms.drug_classes().values()}
        case "kind" | "outcome" | "outcome_unclear":
            known = "outcome" if name == "outcome_unclear" else name
            labels = vocabulary.treatment_fields()[known].choices or {}
    items = value if isinstance(value, list) else [value]
    return [labels.get(str(one), str(one)) for one in items if one not in (None, "")]


def _lists(what: str, before: list[str], after: list[str]) -> Iterator[RuleChange]:
    gone = ", ".join(one for one in before if one not in after)
    new = ", ".join(one for one in after if one not in before)
    if not before or not after:
        # Where nothing is listed, everything counts.
        yield RuleChange(what, gone or "any", new or "any")
        return
    if gone:
        yield RuleChange(f"{what}, no longer", before=gone)
    if new:
        yield RuleChange(f"{what}, new", after=new)


def _definitions(before: Any, after: Any) -> Iterator[RuleChange]:
    """What makes a treatment count; where it may count in several ways, way by way."""
    old, new = _ways(before), _ways(after)
    if len(old) != len(new):
        yield RuleChange("Ways in which a treatment counts", str(len(old)), str(len(new)))
    for index, (one, other) in enumerate(zip(old, new, strict=False), 1):
        about = f", definition {index}" if len(old) > 1 or len(new) > 1 else ""
        for name in dict.fromkeys((*one, *other)):
            if one.get(name) != other.get(name):
                yield from _of_a_trial(name, one.get(name), other.get(name), about)


def _ways(value: Any) -> list[Mapping[str, Any]]:
    items = value if isinstance(value, list) else [value]
    return [one for one in items if isinstance(one, Mapping)]


def _of_a_trial(name: str, before: Any, after: Any, about: str) -> Iterator[RuleChange]:
    if name in LISTED:
        nobody = Line("", "count")
        yield from _lists(
            LISTED[name] + about, named(name, before, nobody), named(name, after, nobody)
        )
        return
    known = vocabulary.treatment_fields().get(name)
    what = OF_A_TRIAL.get(name) or (known.label if known else name.replace("_", " ").capitalize())
    is_flag = isinstance(before, bool) or isinstance(after, bool)
    old, new = (before is True, after is True) if is_flag else (before, after)
    yield RuleChange(what + about, in_words(old), in_words(new))
