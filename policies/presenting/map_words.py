"""The words of the coverage map: its columns, what is said in a cell, and how sure it is."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrPromise

from policies import terms
from policies.coverage_map import Entry, Held, Stance
from policies.language import said
from policies.sureness import Sureness
from policies.wording.phrases import lower_first

COLUMNS: Mapping[str, StrPromise] = {
    "treatment_resistant_depression": gettext_lazy("Treatment-resistant depression"),
    "mdd_suicidal": gettext_lazy("Depression with thoughts of suicide"),
    "depression": gettext_lazy("Other depression, bipolar"),
    "psychiatric_disorders": gettext_lazy("PTSD, OCD, anxiety"),
    "crps": gettext_lazy("CRPS"),
    "chronic_daily_headache": gettext_lazy("Headache, migraine"),
    "chronic_pain": gettext_lazy("Other chronic pain"),
}


@dataclass(frozen=True, slots=True)
class StanceWords:
    """A stance in a word or three, with its icon, and what it means."""

    label: StrPromise
    icon: str
    meaning: StrPromise


STANCES = {
    Stance.COVERED: StanceWords(
        gettext_lazy("Covered"), "met", gettext_lazy("The document covers it.")
    ),
    Stance.COVERED_WITH_CRITERIA: StanceWords(
        gettext_lazy("Covered with criteria"),
        "criteria",
        gettext_lazy("The document covers it for whoever meets its list."),
    ),
    Stance.INDIVIDUAL_CONSIDERATION: StanceWords(
        gettext_lazy("Case by case"),
        "unknown",
        gettext_lazy("The document leaves each case to be decided on its own."),
    ),
    Stance.INVESTIGATIONAL: StanceWords(
        gettext_lazy("Investigational"),
        "not-met",
        gettext_lazy("Not covered: not proven enough, in the insurer's view."),
    ),
    Stance.EXCLUDED: StanceWords(
        gettext_lazy("Excluded"),
        "not-met",
        gettext_lazy("Not covered: it is not a benefit of the plan."),
    ),
    Stance.NOT_MEDICALLY_NECESSARY: StanceWords(
        gettext_lazy("Not medically necessary"),
        "not-met",
        gettext_lazy("Not covered: not needed, in the insurer's view."),
    ),
    Stance.BY_PLAN: StanceWords(
        gettext_lazy("Depends on the plan"),
        "caution",
        gettext_lazy("The document says one thing for some plans and another for others."),
    ),
    Stance.DOCUMENTS_DIFFER: StanceWords(
        gettext_lazy("Documents differ"),
        "caution",
        gettext_lazy("One document of the insurer refuses it, and another has a way to it."),
    ),
    Stance.NOT_CLEAR: StanceWords(
        gettext_lazy("Not clear"),
        "unknown",
        gettext_lazy(
            "The document names another condition. Whether that includes this one, it does not say."
        ),
    ),
    Stance.UNREAD: StanceWords(
        gettext_lazy("Answer unread"),
        "document",
        gettext_lazy("There is a document on it, but we could not read its answer."),
    ),
    Stance.NOT_IN_PART_READ: StanceWords(
        gettext_lazy("Not in what we read"),
        "none",
        gettext_lazy("We read a part of the document, which is silent. The rest may not be."),
    ),
    Stance.NOT_ADDRESSED: StanceWords(
        gettext_lazy("Not addressed"), "none", gettext_lazy("The document says nothing about it.")
    ),
    Stance.WITHDRAWN: StanceWords(
        gettext_lazy("Withdrawn"),
        "none",
        gettext_lazy("The document was withdrawn, and we hold nothing newer."),
    ),
    Stance.NOTHING_HELD: StanceWords(
        gettext_lazy("Nothing held"),
        "none",
        gettext_lazy("What we hold of this insurer is about other treatments. That is not a no."),
    ),
}

# What a narrow cell calls a condition, where the vocabulary's own label is long.
SHORT: Mapping[str, StrPromise] = {
    "treatment_resistant_depression": gettext_lazy("resistant depression"),
    "mdd": gettext_lazy("major depression"),
    "mdd_suicidal": gettext_lazy("depression with suicidal thoughts"),
    "ptsd": gettext_lazy("PTSD"),
    "ocd": gettext_lazy("OCD"),
    "anxiety": gettext_lazy("anxiety"),
    "generalized_anxiety": gettext_lazy("generalized anxiety"),
    "social_anxiety": gettext_lazy("social anxiety"),
    "substance_use_disorder": gettext_lazy("substance use"),
    "psychiatric_other": gettext_lazy("other mental health"),
    "crps": gettext_lazy("CRPS"),
    "migraine": gettext_lazy("migraine"),
}


def tone(stance: Stance) -> str:
    """The color that stands beside the word and the icon."""
    if stance.covers:
        return "covered"
    if stance.refuses:
        return "refused"
    is_open = stance in (
        Stance.INDIVIDUAL_CONSIDERATION,
        Stance.BY_PLAN,
        Stance.DOCUMENTS_DIFFER,
    )
    return "open" if is_open else "quiet"


def how_sure(held: Held) -> str:
    """How sure a document's word is, and of what year, in two or three words."""
    printed = [one for one in (held.edition.effective, held.edition.last_reviewed) if one]
    year = max(one.first_day.year for one in printed) if printed else None
    match held.sureness:
        case Sureness.SECOND_HAND:
            return _("Second-hand, {year}").format(year=year or _("undated"))
        case Sureness.OLD_OR_UNDATED:
            return _("Old, {year}").format(year=year) if year else _("Undated")
        case Sureness.DATED:
            return _("Insurer's own, {year}").format(year=year)
        case Sureness.CURRENT:
            return _("Current")


def named(entry: Entry) -> str:
    """The conditions that a document names, where they are not the whole column."""
    if not entry.named:
        return ""
    labels = [
        str(SHORT.get(one) or lower_first(said(terms.conditions()[one].label)))
        for one in entry.named
    ]
    conditions = ", ".join(labels)
    if entry.stance in (Stance.NOT_CLEAR, Stance.UNREAD):
        return _("Names {conditions}").format(conditions=conditions)
    if entry.stance is Stance.WITHDRAWN:
        return _("Was about {conditions}").format(conditions=conditions)
    return _("For {conditions}").format(conditions=conditions)
