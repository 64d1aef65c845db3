"""The registry of the evidence in the reader's language, whichever way it points."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_stubs_ext import StrPromise

from appeals.evidence import Direction, Kind, Must, Study, conditions_studied, studies
from appeals.evidence.study import Part
from policies import terms
from policies.language import said
from policies.situation import Treatment
from policies.wording.dates import date
from policies.wording.naming import in_a_row

SUICIDALITY = "mdd_suicidal"

DIRECTIONS: Mapping[Direction, tuple[str, StrPromise]] = {
    Direction.SUPPORTS: ("supports", gettext_lazy("Supports")),
    Direction.MIXED: ("mixed", gettext_lazy("Mixed")),
    Direction.AGAINST: ("against", gettext_lazy("Points the other way")),
}
KINDS: Mapping[Kind, StrPromise] = {
    Kind.LABEL: gettext_lazy("Drug label"),
    Kind.META_ANALYSIS: gettext_lazy("Studies pooled"),
    Kind.RCT: gettext_lazy("Randomized trial"),
    Kind.GUIDELINE: gettext_lazy("Guideline"),
    Kind.CONSENSUS_STATEMENT: gettext_lazy("Statement of experts"),
    Kind.SECONDARY_ANALYSIS: gettext_lazy("Later analysis of a trial"),
    Kind.POOLED_OBSERVATIONAL: gettext_lazy("Studies without a control group, pooled"),
    Kind.OBSERVATIONAL: gettext_lazy("Study without random choice"),
    Kind.NARRATIVE_REVIEW: gettext_lazy("Review"),
    Kind.ALERT: gettext_lazy("Alert"),
    Kind.ECONOMIC_MODEL: gettext_lazy("Model of cost"),
    Kind.METHOD: gettext_lazy("Method paper"),
}
PARTS: Mapping[Part, StrPromise] = {
    Part.AUTHORS: gettext_lazy("authors"),
    Part.TITLE: gettext_lazy("title"),
    Part.JOURNAL: gettext_lazy("journal"),
    Part.YEAR: gettext_lazy("year"),
    Part.VOLUME: gettext_lazy("volume"),
    Part.ISSUE: gettext_lazy("issue number"),
    Part.PAGES: gettext_lazy("pages"),
    Part.DOI: gettext_lazy("DOI"),
    Part.PMID: gettext_lazy("PubMed number"),
}


@dataclass(frozen=True, slots=True)
class RecordView:
    """A record as it stands on the page; what is of another's tongue is English."""

    id: str
    title: str
    source_line: str
    url: str
    direction: str
    direction_label: str
    kind: str
    population: str
    treatment: str
    compared_with: str
    finding: str
    limitations: str
    is_verified: bool
    in_a_letter: tuple[str, ...]
    site: str
    site_url: str
    read_on: str
    numbers_from: str
    not_confirmed: str


@dataclass(frozen=True, slots=True)
class DirectionView:
    """The records that point one way."""

    direction: str
    label: str
    records: tuple[RecordView, ...]


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """The records on a condition; a page that `names_suicide` can be left quickly."""

    condition: str
    treatment: str
    groups: tuple[DirectionView, ...]
    total: int
    names_suicide: bool


@dataclass(frozen=True, slots=True)
class CountView:
    """How many records on a condition point each way, and where they stand."""

    condition: str
    url: str
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class OverviewView:
    """Every condition with its counts."""

    treatment: str
    rows: tuple[CountView, ...]
    total: int


def present_overview(treatment: Treatment | None) -> OverviewView:
    """How many records there are on each condition, for a treatment or for all."""
    rows = [(one, _raised(one, treatment)) for one in conditions_studied()]
    held = {one.id for _condition, found in rows for one in found}
    return OverviewView(
        treatment=said(treatment.label) if treatment else "",
        rows=tuple(
            CountView(
                condition=said(terms.conditions()[condition].label),
                url=_address(condition, treatment),
                counts=tuple(
                    (str(label), sum(one.direction is way for one in found))
                    for way, (_name, label) in DIRECTIONS.items()
                ),
            )
            for condition, found in rows
            if found
        ),
        total=len(held),
    )


def present_evidence(condition: str, treatment: Treatment | None) -> EvidenceView:
    """The records on a condition, each way with the same room."""
    found = _raised(condition, treatment)
    return EvidenceView(
        condition=said(terms.conditions()[condition].label),
        treatment=said(treatment.label) if treatment else "",
        groups=tuple(
            DirectionView(
                direction=name,
                label=str(label),
                records=tuple(
                    present_record(one, condition, treatment)
                    for one in found
                    if one.direction is way
                ),
            )
            for way, (name, label) in DIRECTIONS.items()
        ),
        total=len(found),
        names_suicide=any(SUICIDALITY in one.conditions for one in found),
    )


def present_record(study: Study, condition: str, treatment: Treatment | None) -> RecordView:
    """A record, with what a letter on a condition may do with it."""
    direction, label = DIRECTIONS[study.direction]
    return RecordView(
        id=study.id,
        title=study.title,
        source_line=study.source_line,
        url=study.url,
        direction=direction,
        direction_label=str(label),
        kind=_kind(study),
        population=said(study.population),
        treatment=said(study.studied) or in_a_row([said(one.label) for one in study.treatments]),
        compared_with=said(study.compared_with),
        finding=said(study.finding),
        limitations=said(study.limitations),
        is_verified=study.verified,
        in_a_letter=tuple(_in_a_letter(study, condition, treatment)),
        site=said(study.host.what),
        site_url=study.verified_from,
        read_on=date(study.read_on),
        numbers_from=said(study.numbers_from),
        not_confirmed=in_a_row([str(PARTS[one]) for one in study.not_confirmed])
        if study.not_confirmed
        else "",
    )


def _raised(condition: str, treatment: Treatment | None) -> list[Study]:
    treatments = [treatment] if treatment else [*Treatment]
    """The records on a condition, those first that a letter may use."""
    found = [
        one
        for one in studies().values()
        if any(one.is_raised_for(condition, each) for each in treatments)
        or (treatment is None and not one.treatments and condition in one.conditions)
    ]

    def order(one: Study) -> tuple[bool, bool, int, int]:
        is_used = any(one.use_for(condition, each) for each in treatments)
        return (not one.verified, not is_used, one.kind.rank, -(one.year or 0))

    return sorted(found, key=order)


def _address(condition: str, treatment: Treatment | None) -> str:
    asked = {"condition": condition} | ({"treatment": str(treatment)} if treatment else {})
    return f"{reverse('appeals:evidence')}?{urlencode(asked)}"


def _kind(study: Study) -> str:
    kind = str(KINDS[study.kind])
    if study.participants is None:
        return kind
    people = ngettext("%(number)s person", "%(number)s people", study.participants) % {
        "number": study.participants
    }
    return f"{kind}, {people}"


def _in_a_letter(study: Study, condition: str, treatment: Treatment | None) -> Sequence[str]:
    """What a letter may do with a record, in sentences."""
    treatments = [treatment] if treatment else [*Treatment]
    uses = [use for one in treatments if (use := study.use_for(condition, one))]
    said_of_use = _use_words(study) if uses else _refusal(study)
    return [said_of_use, *(_meeting(study, condition))]


def _use_words(study: Study) -> str:
    if study.numbers_print:
        return _("A letter may cite it, with its numbers.")
    return _("A letter may cite it, but without its numbers: we read those elsewhere.")


def _refusal(study: Study) -> str:
    """Why a letter does not build on a record."""
    if not study.verified:
        return _("Not in a letter: it is not verified.")
    if not study.finding_verified:
        return _("Not in a letter: we did not read what it found on ketamine.")
    if study.uses:
        return _("Not in a letter on this: what it found is of another condition or treatment.")
    if study.kind is Kind.ECONOMIC_MODEL:
        return _("Not in a letter: a letter does not argue with costs.")
    if study.kind is Kind.METHOD:
        return _("Not as evidence: it is on how past treatments are counted.")
    return _("Not as support in a letter.")


def _meeting(study: Study, condition: str) -> Sequence[str]:
    if study.meets is None or not study.meets.is_on(condition):
        return []
    if study.meets.must is Must.ALWAYS:
        return [_("A letter on this has to answer it in its text.")]
    if study.meets.must is Must.CONTINUATION:
        return [_("A letter that asks to go on with the treatment has to answer it.")]
    return [_("A letter may answer it in its text.")]
