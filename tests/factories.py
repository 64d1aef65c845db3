"""Small builders with fixed defaults: a test names only what it is about."""

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import policies
from policies.catalogue import (
    AddressUse,
    Administration,
    AppealAddress,
    Benefit,
    Catalogue,
    CoveragePosition,
    Document,
    DocumentKind,
    Edition,
    Insurer,
    InsurerKind,
    Position,
    PrintedDate,
    ReadingKind,
    SourceReading,
)
from policies.catalogue.insurers import read_insurers
from policies.catalogue.reading import read_document
from policies.catalogue.yaml_text import read_yaml
from policies.criteria import FactCriterion, Group, Node, Operator, Unread
from policies.facts import Facts, facts_from
from policies.situation import (
    LineOfBusiness,
    Plan,
    ScaleScore,
    Situation,
    Treatment,
    TreatmentTried,
)
from policies.truth import Truth

ON = dt.date(2026, 11, 25)
DATA = Path(policies.__file__).parent / "data"


# The situation


def make_tried(drug: str | None = "sertraline", **fields: Any) -> TreatmentTried:
    """A failed adequate trial of an antidepressant; give a field to change it, or None."""
    defaults: dict[str, Any] = {
        "kind": "antidepressant",
        "weeks": 8,
        "adequate_dose": True,
        "outcome": "no_response",
    }
    return TreatmentTried(drug=drug, **(defaults | fields))


def make_score(
    scale: str = "phq9",
    score: int = 20,
    *,
    taken_on: dt.date | None = dt.date(2026, 11, 2),
    origin: str = "chart",
) -> ScaleScore:
    return ScaleScore(scale=scale, score=score, origin=origin, taken_on=taken_on)


def make_situation(
    *,
    treatment: Treatment = Treatment.IV_KETAMINE,
    conditions: Iterable[str] = ("treatment_resistant_depression",),
    answers: Mapping[str, Any] | None = None,
    tried: Iterable[TreatmentTried] | None = None,
    complete: bool | None = None,
    scores: Iterable[ScaleScore] = (),
    icd10_codes: tuple[str, ...] = (),
    **plan: Any,
) -> Situation:
    """A situation; every other keyword is a field of the plan."""
    stated = frozenset(conditions)
    return Situation(
        treatment=treatment,
        plan=Plan(**plan),
        icd10_codes=icd10_codes,
        answers=({"conditions": stated} if stated else {}) | dict(answers or {}),
        treatments_tried=None if tried is None else tuple(tried),
        treatments_complete=complete,
        scores=tuple(scores),
    )


def make_facts(*, on: dt.date = ON, **situation: Any) -> Facts:
    return facts_from(make_situation(**situation), on=on)


# Criteria

ADULT = FactCriterion(label="18 years or older", fact="age", min=18)
SEVERE = FactCriterion(label="A severe episode", fact="episode_severity", equals="severe")
REST = Unread(label="The rest of the list")
MET, NOT_MET, UNKNOWN = Truth.MET, Truth.NOT_MET, Truth.UNKNOWN


def fact(name: str, **tests: Any) -> FactCriterion:
    return FactCriterion(label=name, fact=name, **tests)


def all_of(*members: Node) -> Group:
    return Group(label="All of the following", operator=Operator.ALL_OF, members=members)


def any_of(*members: Node) -> Group:
    return Group(label="Any of the following", operator=Operator.ANY_OF, members=members)


def none_of(*members: Node) -> Group:
    return Group(label="None of the following", operator=Operator.NONE_OF, members=members)


def at_least_of(needed: int, *members: Node) -> Group:
    return Group(
        label=f"{needed} of the following",
        operator=Operator.AT_LEAST,
        members=members,
        needed=needed,
    )


# The catalogue

COPY, HEARSAY = ReadingKind.STORED_COPY, ReadingKind.SECOND_HAND


def make_insurer(slug: str = "acme", **fields: Any) -> Insurer:
    defaults: dict[str, Any] = {"name": slug.title(), "kind": InsurerKind.COMMERCIAL}
    return Insurer(slug=slug, **(defaults | fields))


def make_reading(
    kind: ReadingKind = ReadingKind.STORED_COPY, read_on: str = "2026-11", **fields: Any
) -> SourceReading:
    defaults: dict[str, Any] = {
        "key": "page",
        "read_by": "A tester",
        "description": "The page in a stored copy.",
    }
    return SourceReading(kind=kind, read_on=PrintedDate(read_on), **(defaults | fields))


def make_position(
    coverage: CoveragePosition = CoveragePosition.COVERED_WITH_CRITERIA,
    *,
    treatment: Treatment = Treatment.IV_KETAMINE,
    indications: tuple[str, ...] = ("treatment_resistant_depression",),
    criteria: Node | None = ADULT,
    **fields: Any,
) -> Position:
    """A position; without another word it covers adults with treatment-resistant depression."""
    has_list = coverage is CoveragePosition.COVERED_WITH_CRITERIA
    return Position(
        treatment=treatment,
        indications=indications,
        coverage=coverage,
        criteria=criteria if has_list else None,
        **fields,
    )


def make_edition(
    *positions: Position, effective: str | None = "2026-01-01", **fields: Any
) -> Edition:
    defaults: dict[str, Any] = {"readings": (make_reading(),)}
    return Edition(
        positions=positions,
        effective=PrintedDate(effective) if effective else None,
        **(defaults | fields),
    )


def make_document(
    *editions: Edition,
    insurer: Insurer | None = None,
    slug: str = "ketamine",
    lines: tuple[LineOfBusiness, ...] = (LineOfBusiness.COMMERCIAL,),
    **fields: Any,
) -> Document:
    defaults: dict[str, Any] = {"title": "Ketamine", "kind": DocumentKind.MEDICAL_POLICY}
    return Document(
        insurer=insurer or make_insurer(),
        slug=slug,
        lines_of_business=lines,
        editions=editions or (make_edition(make_position()),),
        **(defaults | fields),
    )


def make_catalogue(
    *documents: Document,
    insurers: Iterable[Insurer] = (),
    administrations: tuple[Administration, ...] = (),
) -> Catalogue:
    """A catalogue of these documents, their insurers, and further insurers."""
    known = [*(document.insurer for document in documents), *insurers]
    return Catalogue(
        insurers={insurer.slug: insurer for insurer in known},
        documents=documents,
        administrations=administrations,
    )


def make_link(insurer: str, administrator: str, *lines: LineOfBusiness) -> Administration:
    return Administration(
        insurer=insurer,
        administrator=administrator,
        benefit=Benefit.BEHAVIORAL,
        source_url="https://example.org/link",
        quote="decides for our members",
        read_on=PrintedDate("2026-11"),
        lines_of_business=lines,
    )


def make_address(
    insurer: str = "acme", read_on: str = "2026-11-02", **fields: Any
) -> AppealAddress:
    """An address for appeals of commercial plans in the whole country."""
    defaults: dict[str, Any] = {
        "use": AddressUse.APPEAL,
        "lines_of_business": (LineOfBusiness.COMMERCIAL,),
        "postal": ("Appeals", "PO Box 1", "Springfield, IL 62701"),
        "source_url": "https://example.org/appeals",
        "source_kind": ReadingKind.LIVE_DOCUMENT,
        "read_by": "A tester",
    }
    return AppealAddress(insurer=insurer, read_on=PrintedDate(read_on), **(defaults | fields))


# The real records


@cache
def real_catalogue() -> Catalogue:
    """The catalogue of the data files, read without a database."""
    insurers, administrations, _ = read_insurers(read_yaml(_text("insurers.yaml")).data)
    files = sorted(path.name for path in DATA.glob("*--*.yaml"))
    documents = tuple(read_document(read_yaml(_text(name)).data, insurers) for name in files)
    return Catalogue(insurers, documents, administrations)


def real_document(stem: str) -> Document:
    return next(one for one in real_catalogue().documents if one.stem == stem)


def _text(name: str) -> str:
    return (DATA / name).read_text(encoding="utf-8")
