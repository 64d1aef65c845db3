"""Writes a criteria tree in its data form: the exact inverse of reading."""

from typing import Any

from policies.criteria import (
    CodeCriterion,
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
            return _group(node)
        case FactCriterion():
            return {"fact": node.fact, **_tests(node)}
        case CountCriterion():
            where = [_trial(one) for one in node.where]
            counted = {"count": "treatments_tried", "where": _one_or_list(where), "min": node.min}
            return counted | ({"min_classes": node.min_classes} if node.min_classes > 1 else {})
        case ScaleCriterion():
            return {"scale": _one_or_list(list(node.scales)), **_limits(node)}
        case CodeCriterion():
            return {"icd10": sorted(node.icd10)}
        case Judgement() | Unread():
            return (
                {"judgement": node.judge.value} if isinstance(node, Judgement) else {"unread": True}
            )


def _group(node: Group) -> dict[str, Any]:
    members = [write_criteria(one) for one in node.members]
    match node.operator:
        case Operator.FIRST_LIST:
            return {node.operator.value: True}
        case Operator.AT_LEAST:
            return {node.operator.value: node.needed, "of": members}
        case _:
            return {node.operator.value: members}


def _one_or_list(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _tests(node: FactCriterion) -> dict[str, Any]:
    tests: dict[str, Any] = {
        "is": node.equals,
        "one_of": None if node.one_of is None else sorted(node.one_of),
        "includes": node.includes,
    }
    return {name: value for name, value in tests.items() if value is not None} | _limits(node)


def _limits(node: FactCriterion | ScaleCriterion) -> dict[str, Any]:
    names = ("min", "max", "above", "below", "within_days")
    values = {name: getattr(node, name, None) for name in names}
    return {name: value for name, value in values.items() if value is not None}


def _trial(trial: TrialDefinition) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for name in TrialDefinition.__slots__:
        value = getattr(trial, name)
        if isinstance(value, frozenset):
            value = _one_or_list(sorted(value))
        if value is not None and value is not False and value not in ("", []):
            data[name] = value
    return data
