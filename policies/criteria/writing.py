"""Writes a criteria tree in its data form: the exact inverse of reading."""

from typing import Any

from policies.criteria import (
    CountCriterion,
    FactCriterion,
    Group,
    Judgement,
    Node,
    Operator,
    ScaleCriterion,
    Source,
    TrialDefinition,
    Unread,
)


def write_criteria(node: Node) -> dict[str, Any]:
    """The data form of a tree, with its fields in one fixed order."""
    data: dict[str, Any] = {"id": node.id} if node.id else {}
    data |= {"label": node.label, **_own(node)}
    source = write_source(node.source)
    if source:
        data["source"] = source
    if node.note:
        data["note"] = node.note
    return data


def write_source(source: Source) -> dict[str, str]:
    """The data form of a source, without what is not known."""
    named = {"from": source.origin, "section": source.section, "quote": source.quote}
    return {name: value for name, value in named.items() if value}


def write_test(node: Node) -> dict[str, Any]:
    """What a criterion tests, in its data form; of a group, how many of its members must hold."""
    if isinstance(node, Group):
        return {"operator": node.operator.value, "needed": node.threshold}
    return _own(node)


def _own(node: Node) -> dict[str, Any]:
    match node:
        case Group():
            members = [write_criteria(one) for one in node.members]
            if node.operator is Operator.AT_LEAST:
                return {"at_least": node.needed, "of": members}
            return {node.operator.value: members}
        case FactCriterion():
            return {"fact": node.fact, **_tests(node)}
        case CountCriterion():
            where = [_trial(one) for one in node.where]
            counted = {"count": "treatments_tried", "where": _one_or_list(where), "min": node.min}
            return counted | ({"min_classes": node.min_classes} if node.min_classes > 1 else {})
        case ScaleCriterion():
            limits = {"min": node.min, "max": node.max, "within_days": node.within_days}
            scale = {"scale": _one_or_list(list(node.scales))}
            return scale | {name: value for name, value in limits.items() if value is not None}
        case Judgement() | Unread():
            return (
                {"judgement": node.judge.value} if isinstance(node, Judgement) else {"unread": True}
            )


def _one_or_list(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _tests(node: FactCriterion) -> dict[str, Any]:
    tests: dict[str, Any] = {
        "is": node.equals,
        "one_of": None if node.one_of is None else sorted(node.one_of),
        "includes": node.includes,
        "min": node.min,
        "max": node.max,
        "above": node.above,
        "below": node.below,
    }
    return {name: value for name, value in tests.items() if value is not None}


def _trial(trial: TrialDefinition) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for name in TrialDefinition.__slots__:
        value = getattr(trial, name)
        if isinstance(value, frozenset):
            value = _one_or_list(sorted(value))
        if value is not None and value is not False and value not in ("", []):
            data[name] = value
    return data
