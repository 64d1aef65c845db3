"""The insurers and documents that a plan is held against, and what was selected."""

import datetime as dt
from typing import Any

from policies.applicability import Caution, LeftOutReason, Role, Selection, select_documents
from policies.catalogue import Catalogue, InsurerKind
from policies.situation import LineOfBusiness, Plan
from tests.factories import ON, make_document, make_facts, make_insurer

COMMERCIAL, MEDICAID = LineOfBusiness.COMMERCIAL, LineOfBusiness.MEDICAID
ADVANTAGE, ORIGINAL = LineOfBusiness.MEDICARE_ADVANTAGE, LineOfBusiness.ORIGINAL_MEDICARE

ACME, OTHER = make_insurer("acme"), make_insurer("other")
VENDOR = make_insurer("vendor", kind=InsurerKind.VENDOR)
MEDICARE = make_insurer("medicare", kind=InsurerKind.FEDERAL_PROGRAM, pays_for=ORIGINAL)

ACME_DOCUMENT = make_document(insurer=ACME)
OTHER_DOCUMENT = make_document(insurer=OTHER)
VENDOR_DOCUMENT = make_document(insurer=VENDOR)
RULE = make_document(insurer=MEDICARE, slug="rule", lines=(ORIGINAL, ADVANTAGE), binds_line=True)


def select(
    catalogue: Catalogue, *, on: dt.date = ON, age: int | None = None, **plan: Any
) -> Selection:
    facts = make_facts(on=on, answers={} if age is None else {"age": age})
    fields: dict[str, Any] = {"insurer": "acme", "line_of_business": COMMERCIAL}
    return select_documents(catalogue, Plan(**(fields | plan)), facts, on=on)


def roles(selection: Selection) -> list[tuple[str, Role]]:
    return [(one.document.insurer.slug, one.role) for one in selection.applied]


def cautions(selection: Selection) -> tuple[Caution, ...]:
    (applied,) = selection.applied
    return applied.cautions


def reason(selection: Selection) -> LeftOutReason:
    assert selection.applied == ()
    (left_out,) = selection.left_out
    return left_out.reason
