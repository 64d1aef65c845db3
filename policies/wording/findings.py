"""Findings in words: the state of a criterion, what was given, and what is still open."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from policies import terms, vocabulary
from policies.catalogue import Edition, ReadingKind
from policies.criteria import (
    CountCriterion,
    Group,
    Judge,
    Judgement,
    Node,
    Operator,
    Source,
    Unread,
)
from policies.facts import DoseHint, TriedFact
from policies.language import said
from policies.matcher import CodesGiven, CountGiven, Finding, ScaleGiven, trial_tests
from policies.missing import open_details
from policies.situation import ScaleScore
from policies.truth import Truth
from policies.vocabulary import FactDefinition
from policies.wording.dates import date
from policies.wording.phrases import (
    DOCUMENTS_WORDS,
    EXCLUSION_STATES,
    OUR_WORDS,
    REPRODUCED_WORDS,
    STATES,
    lower_first,
)

OUTCOMES = {
    "": N_("what happened is not answered"),
    "ongoing": N_("still being taken"),
}
FAILING_OUTCOMES = {
    "not_tolerated": N_("stopped for side effects, which this does not count"),
    "partial_response": N_("it helped a little, which this does not count"),
    "no_response": N_("it did not help, which this does not count"),
    "contraindicated": N_("never taken"),
    "worked": N_("it worked"),
}
FAILING = {
    "outcome": N_("what happened is not what this counts"),
    "weeks": N_("not long enough"),
    "adequate_dose": N_("dose not adequate"),
    "maximum_dose": N_("not at the highest usual dose"),
    "highest_tolerated_dose": N_("not at the highest dose tolerated"),
    "sufficient_length": N_("not long enough"),
    "adherence_percent": N_("too few of the doses taken"),
    "adequate_adherence": N_("not taken regularly enough"),
    "improvement_percent": N_("the improvement in percent is not what the document counts"),
    "dose_limiting_side_effects": N_("no side effects kept the dose low"),
    "led_to_change": N_("not changed because of it"),
    "this_episode": N_("not in this episode"),
    "ended_on": N_("too long ago"),
}
DOSES = {
    DoseHint.BELOW: N_("dose below the usual range, clinician to say whether adequate"),
    DoseHint.WITHIN: N_("dose within the usual range, clinician to confirm"),
    DoseHint.ABOVE: N_("dose above the usual range, check the number"),
    None: N_("clinician to say whether the dose was adequate"),
}
# What is open of a treatment tried, by the field.
OPEN = {
    "drug": N_("which medicine is not answered"),
    "weeks": N_("length not answered"),
    "maximum_dose": N_("clinician to say whether the dose was the highest usual one"),
    "highest_tolerated_dose": N_("clinician to say whether the dose was the highest tolerated one"),
    "adherence_percent": N_("share of doses taken not answered"),
    "adequate_adherence": N_("clinician to say whether it was taken regularly enough"),
    "improvement_percent": N_("improvement in percent not answered"),
    "ended_on": N_("when it ended is not answered"),
    "sufficient_length": N_("clinician to say whether it was long enough"),
    "outcome": N_("the document leaves open how this counts"),
    "this_episode": N_("not answered whether in this episode"),
    "led_to_change": N_("not answered whether it was changed because of this"),
    "dose_limiting_side_effects": N_("not answered whether side effects kept the dose low"),
}


def state(found: Finding) -> str:
    """Met, not met or to find out, in words."""
    if isinstance(found.node, Unread):
        return _("Not readable")
    return _((EXCLUSION_STATES if found.is_exclusion else STATES)[found.truth])


def whose_words(source: Source, edition: Edition) -> str:
    """Whose words: the document's where it is quoted, and then whether at second hand."""
    if not source.quote:
        return _(OUR_WORDS)
    second_hand = {one.key for one in edition.readings if one.kind is ReadingKind.SECOND_HAND}
    if source.origin in second_hand:
        return _(REPRODUCED_WORDS)
    return _(DOCUMENTS_WORDS)


def shown(found: Finding) -> tuple[Finding, ...]:
    """The members worth showing: where any one is enough and one is met, those that are."""
    node = found.node
    is_any = isinstance(node, Group) and node.operator is Operator.ANY_OF
    if is_any and found.truth is Truth.MET:
        return tuple(one for one in found.members if one.truth is Truth.MET)
    return found.members


def given(found: Finding, *, in_short: bool = False) -> str:
    """What the person told us that bears on this criterion; empty for a group.

    In short, without what is still open of each treatment.
    """
    node, value = found.node, found.given
    fixed = _told_of_what_nobody_answers(node)
    if fixed:
        return fixed
    match value:
        case CountGiven() if isinstance(node, CountCriterion):
            return _count_given(node, value, in_short=in_short)
        case ScaleGiven():
            return _scale_given(value)
        case CodesGiven():
            codes = ", ".join(value.codes)
            return _told(codes) if codes else _("No diagnosis code given yet.")
        case None:
            return "" if found.members else _("Not answered yet.")
        case _:
            return _told(value_in_words(node, value))


def _told(answer: str) -> str:
    return _("You told us: %(answer)s.") % {"answer": answer}


def _told_of_what_nobody_answers(node: Node) -> str:
    if isinstance(node, Unread):
        return _("We could not read this part. Ask the plan for the whole document.")
    if isinstance(node, Judgement):
        is_plans = node.judge is Judge.PLAN
        return _("The plan weighs this.") if is_plans else _("The clinic can answer this.")
    return ""


def value_in_words(node: Node, value: object) -> str:
    """What was told of a criterion on a fact, as it goes on inside a sentence."""
    name = getattr(node, "fact", "")
    # Of major depression with thoughts of suicide the thoughts may be all that was asked.
    if name == "conditions" and isinstance(value, str):
        name = "suicidal_ideation"
    return answer_in_words(vocabulary.fact(name), value)


def answer_in_words(definition: FactDefinition, value: object) -> str:
    """An answer as it goes on inside a sentence."""
    choices = definition.choices or {}
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, frozenset):
        return ", ".join(sorted(lower_first(said(choices.get(one, one))) for one in value))
    if isinstance(value, str):
        return lower_first(said(choices.get(value, value)))
    if isinstance(value, dt.date):
        return date(value)
    return (
        number_with_unit(value, definition.unit) if isinstance(value, int | float) else str(value)
    )


def number_with_unit(value: float, unit: str) -> str:
    """A number with its unit, of one in the singular.

    >>> number_with_unit(8, "weeks"), number_with_unit(1, "weeks")
    ('8 weeks', '1 week')
    """
    return f"{value:g} {said(unit.removesuffix('s') if value == 1 else unit)}".strip()


def _count_given(node: CountCriterion, found: CountGiven, *, in_short: bool) -> str:
    sentences = []
    if found.counted:
        names = dict.fromkeys(treatment_name(one) for one in found.counted)
        low = found.treatments.low
        counts = (
            _("Counts (%(number)d of the %(wanted)d wanted): %(names)s.")
            if low < node.min
            else _("Counts (%(number)d): %(names)s.")
        )
        listed = ", ".join(names)
        sentences.append(counts % {"number": low, "wanted": node.min, "names": listed})
    if found.possible:
        possible = [
            treatment_name(one)
            if in_short and not _is_unknown(one)
            else f"{treatment_name(one)} ({open_points_of(node, one)})"
            for one in found.possible
        ]
        sentences.append(_("May count: %(names)s.") % {"names": "; ".join(possible)})
    failed = [(one, failing_points(node, one)) for one in found.failed]
    told = [f"{treatment_name(one)} ({why})" for one, why in failed if why]
    if told:
        failing = "; ".join(dict.fromkeys(told))
        sentences.append(_("Does not count: %(names)s.") % {"names": failing})
    if not sentences:
        sentences.append(_("Nothing named so far counts."))
    high = _most_classes(node, found, [one for one, why in failed if why])
    if high is not None and high < node.min_classes:
        classes = _("Wanted are %(wanted)d classes, and these are of %(found)d.")
        sentences.append(classes % {"wanted": node.min_classes, "found": high})
    if found.treatments.high is None:
        sentences.append(_("The list is not finished."))
    return " ".join(sentences)


def _most_classes(
    node: CountCriterion, found: CountGiven, failed: Sequence[TriedFact]
) -> int | None:
    """Of how many classes those are that count or may; while there are too few, all named ones.

    So both reasons are said at once, and nobody waits weeks for a treatment of the same class.
    """
    if found.treatments.reaches(node.min) is not Truth.NOT_MET:
        return found.classes.high
    named = [*found.counted, *found.possible, *failed]
    drugs = [one.drug for one in named if one.drug is not None]
    if len(named) < node.min_classes or len(drugs) < len(named):
        return None
    return len({one.name if one.drug_class.members_differ else one.drug_class.id for one in drugs})


def _is_unknown(tried: TriedFact) -> bool:
    """Whether a medicine was named that we do not know, be it for a slip of the pen."""
    return bool(tried.row.drug) and tried.drug is None


def treatment_name(tried: TriedFact) -> str:
    """A treatment tried, by its generic name where we know it."""
    if tried.drug is not None:
        return said(tried.drug.name)
    kinds = vocabulary.treatment_fields()["kind"].choices or {}
    if tried.row.drug:
        return tried.row.drug
    kind = kinds.get(tried.row.kind or "other")
    return lower_first(said(kind)) if kind is not None else _("treatment")


def open_points_of(node: CountCriterion, tried: TriedFact) -> str:
    """What is still open about a treatment that may count."""
    return ", ".join(dict.fromkeys(open_detail(name, tried) for name in open_details(node, tried)))


def failing_points(node: CountCriterion, tried: TriedFact) -> str:
    """Why a treatment does not count; nothing where it is of another kind than is counted."""
    by_definition = [
        [name for name, truth in trial_tests(wanted, tried) if truth is Truth.NOT_MET]
        for wanted in node.where
    ]
    nearest = min((names for names in by_definition if "drug" not in names), key=len, default=[])
    reasons = FAILING | {"outcome": FAILING_OUTCOMES.get(tried.row.outcome or "", "")}
    return ", ".join(dict.fromkeys(_(reasons[name] or FAILING[name]) for name in nearest))


def open_detail(name: str, tried: TriedFact) -> str:
    """What is open about one field of a treatment tried."""
    row = tried.row
    if name == "adequate_dose":
        return _(DOSES[tried.dose_hint])
    if name == "drug" and tried.drug is not None:
        return _("for what it was taken is not answered")
    if name == "drug" and row.drug:
        return _("a medicine we do not know, check the spelling")
    if name == "weeks" and row.weeks is not None:
        return _("the document leaves open whether this length is enough")
    if name == "outcome":
        return _(OUTCOMES.get(row.outcome or "", OPEN[name]))
    return _(OPEN[name]) if name in OPEN else _("details are open")


def _scale_given(found: ScaleGiven) -> str:
    if found.scores:
        return _told("; ".join(score_line(one) for one in found.scores))
    if found.self_completed:
        listed = "; ".join(score_line(one) for one in found.self_completed)
        told = _("You filled in: %(scores)s. The plan wants a score from the chart.")
        return told % {"scores": listed}
    return _("No score yet.")


def score_line(one: ScaleScore) -> str:
    """A score with its scale and date."""
    scale = said(terms.rating_scales()[one.scale].label)
    if one.taken_on is None:
        return _("%(scale)s %(score)s, undated") % {"scale": scale, "score": one.score}
    told = {"scale": scale, "score": one.score, "date": date(one.taken_on)}
    return _("%(scale)s %(score)s on %(date)s") % told
