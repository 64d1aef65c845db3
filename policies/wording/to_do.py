"""What is missing, as a list of things to find out, grouped by who can settle them."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from policies import terms, vocabulary
from policies.asked import TREATMENTS
from policies.criteria import (
    CodeCriterion,
    CountCriterion,
    FactCriterion,
    Group,
    Judgement,
    Operator,
    ScaleCriterion,
    Unread,
)
from policies.facts import TriedFact
from policies.language import said
from policies.matcher import Finding, ScaleGiven
from policies.missing import OpenPoint
from policies.situation import Asker
from policies.vocabulary import FactType, SettledBy, Speak
from policies.wording import conditions_named
from policies.wording.findings import open_detail, treatment_name
from policies.wording.naming import one_of, short_name
from policies.wording.phrases import EVERY_TREATMENT, lower_first
from policies.wording.voices import voice_for

# What to find out of a treatment that may count, by the field that is open.
TO_FIND_OUT = {
    "kind": N_("what kind of treatment it was"),
    "drug": N_("which medicine it was"),
    "weeks": N_("for how many weeks it was taken"),
    "adequate_dose": N_("whether the dose was adequate"),
    "maximum_dose": N_("whether the dose reached the highest usual one"),
    "highest_tolerated_dose": N_("whether the dose was the highest that could be tolerated"),
    "sufficient_length": N_("whether it was taken long enough"),
    "adherence_percent": N_("what share of the doses was taken"),
    "adequate_adherence": N_("whether it was taken regularly enough"),
    "outcome": N_("what happened"),
    "improvement_percent": N_("by how many percent a rating scale improved"),
    "dose_limiting_side_effects": N_("whether side effects kept the dose low"),
    "led_to_change": N_("whether it was stopped or changed because of that"),
    "this_episode": N_("whether it was in the current episode"),
    "ended_on": N_("when it ended"),
}
MOST_SCALES_NAMED = 3
ONE_WAY = N_("One of several ways that the document accepts.")
MUST_NOT = N_("This must not apply: %(criterion)s.")


@dataclass(frozen=True, slots=True)
class ToDoItem:
    """One thing to find out, what the document says to it, and the documents that want it.

    `question` names the question of the check that it answers; empty where nobody asks it there.
    """

    text: str
    detail: str
    documents: tuple[str, ...]
    question: str = ""


@dataclass(frozen=True, slots=True)
class ToDoGroup:
    """What one party can settle; `heading` names it."""

    who: SettledBy
    heading: str
    items: tuple[ToDoItem, ...]


def to_do_list(missing: tuple[OpenPoint, ...], asker: Asker | None = None) -> tuple[ToDoGroup, ...]:
    """Everything that is open, each thing once, under the one who can settle it."""
    judged = Counter(_whole(point) for point in missing)
    fields = _open_fields(missing)
    found: dict[SettledBy, dict[tuple[str, str], dict[str, None]]] = {}
    questions: dict[tuple[str, str], str] = {}
    for point in missing:
        if point.tried is not None:
            words = _of_treatment(point, fields[point.who, treatment_name(point.tried)])
        else:
            words = _words(point, asker, has_several=judged[_whole(point)] > 1)
        names = found.setdefault(point.who, {}).setdefault(words, {})
        names[short_name(point.document)] = None
        questions.setdefault(words, _question(point))
    headings = voice_for(asker).who_settles
    return tuple(
        ToDoGroup(
            who,
            _(headings[who]),
            tuple(
                ToDoItem(*words, tuple(names), questions[words])
                for words, names in found[who].items()
            ),
        )
        for who in SettledBy
        if who in found
    )


def _question(point: OpenPoint) -> str:
    """The question whose answer settles a point; nothing where only the plan or a judgement can."""
    if point.who is SettledBy.PLAN:
        return ""
    match point.leaf.node if point.leaf is not None else None:
        case FactCriterion(fact=fact) if fact != "conditions":
            return fact
        case CountCriterion():
            return TREATMENTS
        case ScaleCriterion(scales=scales):
            return scales[0]
        case _:
            return ""


def _whole(point: OpenPoint) -> tuple[SettledBy, int] | None:
    """The requirement of which a judgement is a part."""
    is_judged = point.leaf is not None and isinstance(point.leaf.node, Judgement)
    return (point.who, id(point.requirement)) if is_judged else None


def _open_fields(missing: tuple[OpenPoint, ...]) -> dict[tuple[SettledBy, str], list[str]]:
    """What is open of each treatment tried, under the one who can settle it."""
    fields: dict[tuple[SettledBy, str], dict[str, None]] = {}
    for point in missing:
        if point.tried is not None:
            key = point.who, treatment_name(point.tried)
            fields.setdefault(key, {})[_to_find_out(point.field, point.tried)] = None
    return {key: list(texts) for key, texts in fields.items()}


def _of_treatment(point: OpenPoint, texts: list[str]) -> tuple[str, str]:
    name = treatment_name(point.tried) if point.tried is not None else ""
    return f"{name[:1].upper()}{name[1:]}: {'; '.join(texts)}.", ""


def _words(point: OpenPoint, asker: Asker | None, *, has_several: bool) -> tuple[str, str]:
    """What to find out, and what the document says to it."""
    requirement, leaf = point.requirement, point.leaf
    if requirement is None or leaf is None:
        return _about_the_list(point), ""
    node, inside = leaf.node, {"criterion": _inside(leaf)}
    match node:
        case FactCriterion():
            words = _fact(node, asker), _wanted(node, requirement, leaf)
        case CountCriterion() if point.who is SettledBy.YOU:
            words = _(EVERY_TREATMENT), ""
        case CountCriterion():
            words = _("Whether what was tried is enough: %(criterion)s.") % inside, ""
        case ScaleCriterion():
            words = _score(node, requirement, leaf)
        case CodeCriterion():
            words = _("The diagnosis code that the clinic uses (ICD-10-CM)."), ""
        case Unread():
            unread = _("What we could not read: %(criterion)s.") % inside
            words = unread, _("Ask for the whole document.")
        case _:
            words = _judged(requirement, leaf, has_several=has_several)
    return words


def _inside(found: Finding) -> str:
    return lower_first(said(found.node.label).rstrip("."))


def _judged(requirement: Finding, leaf: Finding, *, has_several: bool) -> tuple[str, str]:
    """What someone has to weigh, told by the requirement around it."""
    whole = f"{said(requirement.node.label).rstrip('.')}."
    if requirement is leaf:
        return whole, ""
    if has_several:
        return whole, _("What is open in it stands in the list of criteria.")
    detail = _(MUST_NOT) if leaf.is_exclusion else _("Open in it: %(criterion)s.")
    return whole, detail % {"criterion": _inside(leaf)}


def _fact(node: FactCriterion, asker: Asker | None) -> str:
    """The question that the vocabulary has for the patient, or its short label for others."""
    definition = vocabulary.fact(node.fact)
    if definition.name == "conditions":
        return _("The diagnosis that stands in the chart.")
    is_patient = asker in (Asker.PATIENT, None)
    return said(definition.question) if is_patient else f"{said(definition.label)}."


def _wanted(node: FactCriterion, requirement: Finding, leaf: Finding) -> str:
    """What the document wants to hear, unless the question says it, or it must not be urged."""
    definition = vocabulary.fact(node.fact)
    if definition.speak is Speak.NEVER_SUGGEST:
        return ""
    is_one_way = _is_one_way(requirement, leaf)
    if definition.type is FactType.BOOLEAN and not leaf.is_exclusion:
        return _(ONE_WAY) if is_one_way else ""
    if leaf.is_exclusion:
        wants = _(MUST_NOT)
    elif is_one_way:
        wants = _("One way that the document accepts: %(criterion)s.")
    else:
        wants = _("The document wants: %(criterion)s.")
    return wants % {"criterion": _inside(leaf)}


def _is_one_way(found: Finding, leaf: Finding) -> bool:
    """Whether some group on the way down to the leaf asks for less than all of its members."""
    node = found.node
    below = [one for one in found.members if one is leaf or _holds(one, leaf)]
    if not isinstance(node, Group) or not below:
        return False
    takes_less = node.operator in (Operator.ANY_OF, Operator.AT_LEAST)
    return (takes_less and node.threshold < len(node.members)) or _is_one_way(below[0], leaf)


def _holds(found: Finding, leaf: Finding) -> bool:
    return any(one is leaf or _holds(one, leaf) for one in found.members)


def _score(node: ScaleCriterion, requirement: Finding, leaf: Finding) -> tuple[str, str]:
    """A score, without the limit: nobody is told which score to have."""
    wanted = (
        _("A score on %(scales)s in the chart, with its date, no older than %(days)s days.")
        if node.within_days
        else _("A score on %(scales)s in the chart, with its date.")
    )
    given = leaf.given
    details = [
        _("The score told to us was self-completed: the clinic has to take one.")
        if isinstance(given, ScaleGiven) and given.self_completed
        else "",
        _(ONE_WAY) if _is_one_way(requirement, leaf) else "",
    ]
    return (
        wanted % {"scales": _scales_named(node), "days": node.within_days},
        " ".join(one for one in details if one),
    )


def _about_the_list(point: OpenPoint) -> str:
    scope = point.position.applies_if
    if point.is_scope and scope is not None:
        if isinstance(scope, FactCriterion):
            return f"{said(vocabulary.fact(scope.fact).label)}."
        return _("Whether %(scope)s.") % {"scope": lower_first(said(scope.label).rstrip("."))}
    return _("Whether this is %(conditions)s.") % {"conditions": conditions_named(point.conditions)}


def _to_find_out(name: str, tried: TriedFact) -> str:
    """What to find out about one field of a treatment tried."""
    if getattr(tried.row, name) is None:
        return _(TO_FIND_OUT[name])
    # It was told, and is open all the same: its detail says why.
    return open_detail(name, tried)


def _scales_named(node: ScaleCriterion) -> str:
    """The rating scales that a criterion takes; of many, a few."""
    labels = [said(terms.rating_scales()[name].label) for name in node.scales]
    if len(labels) > MOST_SCALES_NAMED:
        return _("a rating scale such as %(scales)s") % {"scales": one_of(labels[:3])}
    return one_of(labels)
