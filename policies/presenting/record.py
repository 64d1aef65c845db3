"""A record for its review: each fact with where it was read, and what was not used."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from policies import terms, vocabulary
from policies.asked import Questions
from policies.catalogue import Catalogue
from policies.fhir import Caution, Found, Kind, Notice, NotUnderstood, Origin, Record
from policies.fhir.elements import CPT, HCPCS, ICD10CM, LOINC, RXNORM, SNOMED, Coding
from policies.forms.decisions import group_of, sure_part
from policies.forms.history import medicine_names
from policies.forms.record import FindForms, RecordForms
from policies.language import said
from policies.presenting.review import score_told, treatment_line
from policies.situation import LineOfBusiness, ScaleScore, TreatmentTried
from policies.wording.dates import date
from policies.wording.findings import answer_in_words, score_line
from policies.wording.phrases import lower_first

SYSTEMS = {
    ICD10CM: "ICD-10-CM",
    SNOMED: "SNOMED CT",
    LOINC: "LOINC",
    RXNORM: "RxNorm",
    CPT: "CPT",
    HCPCS: "HCPCS",
}
RESOURCES = {
    "Patient": N_("The person's own details"),
    "Condition": N_("A diagnosis"),
    "MedicationRequest": N_("A prescription"),
    "MedicationStatement": N_("A list of medicines"),
    "MedicationDispense": N_("A supply from the pharmacy"),
    "MedicationAdministration": N_("A dose that was given"),
    "Observation": N_("A measurement"),
    "QuestionnaireResponse": N_("A questionnaire that was filled in"),
    "Procedure": N_("A procedure"),
    "Coverage": N_("The insurance"),
}
GROUPS = {
    "person": N_("About the person"),
    "diagnosis": N_("The diagnosis"),
    "treatments": N_("Treatments tried"),
    "scores": N_("Scores on rating scales"),
    "plan": N_("The plan"),
}
# A medicine renewed each month for years stands in hundreds of places.
MOST_ORIGINS = 5
OLD = N_("The record dates this %(date)s, more than a year back. Does it still hold?")
SERIOUS = (Notice.DECEASED, Notice.MINOR)


@dataclass(frozen=True, slots=True)
class OriginView:
    """Where something was read; `words` and `codes` are the record's own."""

    resource: str
    name: str
    day: str
    words: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FindView:
    """One find with its forms; `held` is what the person answered to the same."""

    forms: FindForms
    title: str
    held: str
    to_confirm: str
    to_ask: str
    cautions: tuple[str, ...]
    said: tuple[str, ...]
    origins: tuple[OriginView, ...]
    further_origins: int


@dataclass(frozen=True, slots=True)
class GroupView:
    """The finds of one kind with the cautions of them all, and older scores, not offered."""

    title: str
    finds: tuple[FindView, ...]
    older: tuple[str, ...]
    cautions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RestView:
    """Something that was not used, or not understood: where it stood, and why."""

    origin: OriginView
    why: str


@dataclass(frozen=True, slots=True)
class RecordView:
    """A record as its review shows it; `still_open` is what no record has told."""

    notices: tuple[str, ...]
    groups: tuple[GroupView, ...]
    treatment: forms.Form | None
    left_out: tuple[RestView, ...]
    not_understood: tuple[RestView, ...]
    not_read: tuple[tuple[str, int], ...]
    still_open: tuple[str, ...]
    medicines: tuple[str, ...] = ()

    @property
    def found(self) -> int:
        return sum(len(group.finds) for group in self.groups)

    @property
    def undecided(self) -> int:
        """How many finds have no choice set."""
        return sum(
            not find.forms.decision["take"].value() for group in self.groups for find in group.finds
        )

    @property
    def has_finds(self) -> bool:
        return bool(self.groups)


def present_record(
    record: Record,
    forms: RecordForms,
    *,
    catalogue: Catalogue,
    on: dt.date,
    open_plan: Iterable[str],
    questions: Questions,
) -> RecordView:
    """The whole of it; `open_plan` and `questions` are what is asked when the facts are used."""
    serious = [one for one in SERIOUS if one in record.notices]
    others = [one for one in record.notices if one not in SERIOUS]
    return RecordView(
        notices=tuple(said(one.label) for one in (*serious, *others)),
        groups=tuple(_groups(forms, catalogue, on)),
        treatment=forms.treatment,
        left_out=tuple(
            RestView(
                _origin(one.origin), ": ".join(filter(None, [one.value, said(one.reason.label)]))
            )
            for one in record.left_out
        ),
        not_understood=tuple(map(_not_understood, record.not_understood)),
        not_read=tuple(sorted(record.not_read.items())),
        still_open=(*open_plan, *(said(one.text) for one in questions.in_order)),
        medicines=tuple(medicine_names()),
    )


def _groups(forms: RecordForms, catalogue: Catalogue, on: dt.date) -> Iterator[GroupView]:
    older = tuple(score_line(one.value) for one in forms.older if isinstance(one.value, ScaleScore))
    for name, title in GROUPS.items():
        finds = tuple(
            _find(one, catalogue, on) for one in forms.finds if group_of(one.found) == name
        )
        if finds:
            yield _group(_(title), finds, older if name == "scores" else ())


def _group(title: str, finds: tuple[FindView, ...], older: tuple[str, ...]) -> GroupView:
    """What holds for each of several finds is said once, above them."""
    several = len(finds) > 1
    shared = tuple(
        one for one in finds[0].cautions if several and all(one in find.cautions for find in finds)
    )
    finds = tuple(
        replace(find, cautions=tuple(one for one in find.cautions if one not in shared))
        for find in finds
    )
    return GroupView(title, finds, older, shared)


def _find(one: FindForms, catalogue: Catalogue, on: dt.date) -> FindView:
    found = one.found
    # What the person told of the same treatment is not asked for again.
    asked = one.proposed.to_ask if one.proposed.held is None else ()
    unsure = vocabulary.treatment_fields()
    title = told(sure_part(found), catalogue=catalogue, on=on)
    one.name_in_summary(title)
    return FindView(
        forms=one,
        title=title,
        held=held_told(one, catalogue=catalogue, on=on) if one.proposed.conflicts else "",
        to_confirm=", ".join(
            answer_in_words(unsure[name], getattr(found.value, name))
            for name in sorted(found.unsure)
        ),
        to_ask=", ".join(lower_first(said(field.label)) for field in asked),
        cautions=tuple(_caution(caution, found) for caution in found.cautions),
        said=found.said,
        origins=tuple(map(_origin, found.origins[:MOST_ORIGINS])),
        further_origins=max(len(found.origins) - MOST_ORIGINS, 0),
    )


def _caution(caution: Caution, found: Found) -> str:
    """A caution in words; of what is old with the latest day that the record gives."""
    days = [one.on for one in found.origins if one.on is not None]
    if caution is Caution.OLD and days:
        return _(OLD) % {"date": date(max(days))}
    return said(caution.label)


def told(found: Found, *, catalogue: Catalogue, on: dt.date) -> str:
    """What a find says, in a line."""
    value = found.value
    if isinstance(value, TreatmentTried):
        return treatment_line(value, on)
    if isinstance(value, ScaleScore):
        return score_line(value)
    match found.kind:
        case Kind.CONDITION:
            return _condition(found.name)
        case Kind.CODE:
            brought = sorted(map(_condition, terms.conditions_of_code(found.name)))
            return f"{found.name}: {', '.join(brought)}" if brought else found.name
        case Kind.PLAN:
            return _of_plan(found.name, str(value), catalogue)
    definition = vocabulary.fact(found.name)
    label = said(definition.label)
    return f"{label[:1].upper()}{label[1:]}: {answer_in_words(definition, value)}"


def held_told(one: FindForms, *, catalogue: Catalogue, on: dt.date) -> str:
    """What the person answered to the same; or that they called the list finished."""
    held, found = one.proposed.held, one.found
    if held is None:
        is_tried = found.kind is Kind.TREATMENT
        return (
            _("The list is complete")
            if is_tried
            else _("Another answer that does not go together with this")
        )
    if isinstance(held, TreatmentTried):
        return treatment_line(held, on)
    if isinstance(held, tuple):
        return ", ".join(
            score_told(one) if isinstance(one, ScaleScore) else str(one) for one in held
        )
    if isinstance(held, frozenset):
        return ", ".join(sorted(_condition(str(name)) for name in held))
    if found.kind is Kind.PLAN:
        return _of_plan(found.name, str(held), catalogue)
    return answer_in_words(vocabulary.fact(found.name), held)


def _condition(name: str) -> str:
    known = terms.conditions().get(name)
    return said(known.label) if known is not None else name


def _of_plan(name: str, value: str, catalogue: Catalogue) -> str:
    """The kind of the plan, or who pays."""
    if name == "line_of_business":
        return _("Kind of plan: %(kind)s") % {"kind": said(LineOfBusiness(value).label)}
    return _payer(value, catalogue)


def _payer(name: str, catalogue: Catalogue) -> str:
    insurer = catalogue.insurers.get(name)
    return insurer.name if insurer is not None else name


def _origin(origin: Origin) -> OriginView:
    kind = origin.resource.partition("/")[0]
    day = "" if origin.on is None else date(origin.on)
    if kind == "Patient" and day:
        day = _("born %(date)s") % {"date": day}
    return OriginView(
        _(RESOURCES[kind]) if kind in RESOURCES else "",
        kind,
        day,
        origin.words,
        tuple(dict.fromkeys(map(_coding, origin.codings))),
    )


def _coding(coding: Coding) -> str:
    return " ".join(
        part for part in (SYSTEMS.get(coding.system, coding.system), coding.code) if part
    )


def _not_understood(one: NotUnderstood) -> RestView:
    coding = one.coding
    origin = Origin(one.resource_type, coding.display, (coding,) if coding.code else ())
    times = _("%(count)d times") % {"count": one.times} if one.times > 1 else ""
    return RestView(_origin(origin), times)
