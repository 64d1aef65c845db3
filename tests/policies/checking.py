"""The insurers, positions and documents that the tests of the check ask about."""

import datetime as dt
from typing import Any

from policies.catalogue import Catalogue, CoveragePosition, Document, Position
from policies.check import Answer, check
from policies.criteria import FactCriterion, Judge, Judgement
from policies.situation import Funding, LineOfBusiness
from tests.factories import (
    ON,
    make_document,
    make_edition,
    make_insurer,
    make_position,
    make_situation,
)

COMMERCIAL, ADVANTAGE = LineOfBusiness.COMMERCIAL, LineOfBusiness.MEDICARE_ADVANTAGE
ORIGINAL = LineOfBusiness.ORIGINAL_MEDICARE
COVERED, NOT_COVERED = CoveragePosition.COVERED, CoveragePosition.INVESTIGATIONAL
CASE_BY_CASE = CoveragePosition.INDIVIDUAL_CONSIDERATION

ACME, OTHER = make_insurer("acme"), make_insurer("other")
MEDICARE = make_insurer("medicare", pays_for=ORIGINAL)

OLDER = FactCriterion(label="65 or older", fact="age", min=65)
FAILED = make_position(criteria=OLDER)
SILENT = make_position(COVERED, indications=("ptsd",))
OPEN_LIST = make_position(criteria=Judgement(label="Necessary", judge=Judge.PLAN))


def document(*positions: Position, **fields: Any) -> Document:
    defaults: dict[str, Any] = {"insurer": ACME, "lines": (COMMERCIAL, ADVANTAGE)}
    return make_document(make_edition(*positions), **(defaults | fields))


def rule(*positions: Position) -> Document:
    return document(*positions, insurer=MEDICARE, lines=(ORIGINAL, ADVANTAGE), binds_line=True)


def ask(catalogue: Catalogue, *, on: dt.date = ON, **situation: Any) -> Answer:
    """An adult with treatment-resistant depression, a commercial plan of Acme and IV ketamine."""
    fields: dict[str, Any] = {
        "insurer": "acme",
        "line_of_business": COMMERCIAL,
        "funding": Funding.INSURED,
        "answers": {"age": 40},
    }
    return check(make_situation(**(fields | situation)), catalogue=catalogue, on=on)
