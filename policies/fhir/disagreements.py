"""Finds that speak against one another: the later word stands over one grown old, else neither.

What differs is an answer told twice, or an answer against what a diagnosis or another answer
carries with it (policies/terms/implied.yaml): "no psychosis" beside F33.3.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from policies import terms
from policies.fhir.found import Caution, Found, Kind, Sureness
from policies.fhir.present import lasting_conditions

_GROWN_OLD = frozenset({Caution.OLD, Caution.MAY_BE_OVER})
_OF_NO_LATE_DAY = _GROWN_OLD | {Caution.UNDATED, Caution.DATED_AHEAD}


def mark_disagreements(found: Iterable[Found]) -> tuple[Found, ...]:
    """The finds, with each that another speaks against to be confirmed, unless it alone is late."""
    listed = {one.key: one for one in found}
    against = _against(listed)
    marked: dict[str, Found] = {}
    for key, one in listed.items():
        others = [listed[other] for other in against[key]]
        marked[key] = _marked(one) if others and not _stands(one, others) else one
    for key, one in listed.items():
        if one.kind is Kind.CODE and marked[key] != one:
            for condition in _left_of(one):
                marked.setdefault(condition.key, condition)
    return tuple(marked.values())


def _marked(one: Found) -> Found:
    return replace(one, sureness=Sureness.TO_CONFIRM, cautions=(*one.cautions, Caution.DIFFERS))


def _against(listed: Mapping[str, Found]) -> Mapping[str, set[str]]:
    """By key, the finds that speak against each."""
    answers: dict[str, list[Found]] = defaultdict(list)
    for one in listed.values():
        if one.kind is Kind.ANSWER:
            answers[one.name].append(one)
    pairs = [
        (one, other)
        for told in answers.values()
        for one in told
        for other in told
        if one is not other
    ]
    pairs += [
        (carrier, answer)
        for carrier in listed.values()
        for rule in _rules_of(carrier)
        for answer in answers[rule.fact]
        if not rule.allows(answer.value)
    ]
    against: dict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        against[one.key].add(other.key)
        against[other.key].add(one.key)
    return against


def _rules_of(one: Found) -> Iterator[terms.Implied]:
    """What a find carries with it."""
    conditions = frozenset({one.name} if one.kind is Kind.CONDITION else ())
    codes = (one.name,) if one.kind is Kind.CODE else ()
    answers = {one.name: one.value} if one.kind is Kind.ANSWER else {}
    return (rule for rule in terms.implied_facts() if rule.carried_by(conditions, codes, answers))


def _stands(one: Found, others: Iterable[Found]) -> bool:
    """Whether a stated find is later than all that differs, and those wait for their age alone."""
    return one.sureness is Sureness.STATED and all(_is_later(one, other) for other in others)


def _is_later(one: Found, other: Found) -> bool:
    if other.sureness is Sureness.STATED:
        return False
    is_late = not _OF_NO_LATE_DAY & set(one.cautions)
    if not _GROWN_OLD & set(other.cautions):
        # A form without a date may be of any year, where the chart's own list is kept up to date.
        return is_late and Caution.UNDATED in other.cautions and _is_of_forms(other)
    if is_late:
        return True
    days, its = ([origin.on for origin in each.origins] for each in (one, other))
    known, its_known = [day for day in days if day], [day for day in its if day]
    return bool(known) and len(its_known) == len(its) and max(known) > max(its_known)


def _is_of_forms(one: Found) -> bool:
    return all(origin.resource.startswith("QuestionnaireResponse") for origin in one.origins)


def _left_of(code: Found) -> Iterator[Found]:
    """The condition that a code stands for, which nothing has spoken against."""
    for condition in lasting_conditions(code.name):
        yield replace(code, kind=Kind.CONDITION, name=condition, value=condition)
