"""The data dictionary: every column of the dataset, and every value that it may hold."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrPromise

from policies import terms
from policies.catalogue import CoveragePosition
from policies.language import said
from policies.presenting.policies import LINES
from policies.situation import Treatment
from policies.sureness import Sureness
from policies.wording.phrases import POSITIONS

COLUMNS: Mapping[str, StrPromise] = {
    "insurer": gettext_lazy("The insurer's key, as in the addresses of this site."),
    "insurer_name": gettext_lazy("The insurer, program or rule maker."),
    "insurer_kind": gettext_lazy(
        "What it is: a Blue plan, a Medicaid program, a vendor, and so on."
    ),
    "document": gettext_lazy("The document's key; with the insurer's it names the document."),
    "document_number": gettext_lazy("The number as printed, where there is one."),
    "document_title": gettext_lazy("The title as printed."),
    "document_kind": gettext_lazy("What kind of document it is."),
    "lines_of_business": gettext_lazy("The kinds of plans it speaks for."),
    "states": gettext_lazy("The states it speaks for, by two letters; empty is the whole country."),
    "effective": gettext_lazy(
        "The day, month or year from which the edition holds, as printed; "
        "empty where it shows none."
    ),
    "last_reviewed": gettext_lazy("When the insurer last reviewed it, as printed."),
    "revision": gettext_lazy("1, or more where our reading of the same edition was corrected."),
    "is_newest": gettext_lazy("Whether this edition is the one in force today, as far as we know."),
    "status": gettext_lazy("Whether the edition states a rule or ends one."),
    "is_read_whole": gettext_lazy(
        "Whether we read the document to its end. Where not, its silence means nothing."
    ),
    "sureness": gettext_lazy("How sure the document's word is today."),
    "position": gettext_lazy("The number of the position in its edition."),
    "treatment": gettext_lazy("The treatment."),
    "conditions": gettext_lazy("The conditions that the document names."),
    "coverage": gettext_lazy("What the document says of the treatment for these conditions."),
    "prior_authorization": gettext_lazy("Whether the plan's yes is wanted before treatment."),
    "has_criteria": gettext_lazy("Whether we hold a list of criteria; the list is in the JSON."),
    "holds_only_for": gettext_lazy("For which plans the position holds, where not for all."),
    "limits": gettext_lazy("Limits, in our words."),
    "hcpcs": gettext_lazy("HCPCS code numbers that the document names."),
    "cpt": gettext_lazy(
        "CPT code numbers that the document names, without their wording, which is licensed."
    ),
    "icd10": gettext_lazy("ICD-10-CM codes that the document names."),
    "quote": gettext_lazy("The document's own words, short; empty where we hold none."),
    "source_kind": gettext_lazy(
        "From what it was read: the live document, a stored copy, or a second-hand account."
    ),
    "source_url": gettext_lazy("Where it was read."),
    "read_on": gettext_lazy("The day or month in which it was read."),
    "document_url": gettext_lazy("The document's own address, where known."),
    "page": gettext_lazy("The document's page on this site."),
}


FILES: Mapping[str, StrPromise] = {
    "policies.json": gettext_lazy("Every document in full, with its criteria."),
    "policies.csv": gettext_lazy("A row for each position of each edition."),
    "schema.json": gettext_lazy("The JSON Schema of the JSON, by which a program can check it."),
    "policies.csv-metadata.json": gettext_lazy(
        "The data dictionary for programs (CSV on the Web): each column and its values."
    ),
    "catalogue.zip": gettext_lazy(
        "The same records as YAML, a file for each document, in one fixed form, with the worked "
        "cases."
    ),
    "cases.json": gettext_lazy(
        "The worked cases: made-up situations, and what each document makes of them."
    ),
    "cases.schema.json": gettext_lazy("The JSON Schema that the worked cases keep to."),
    "LICENSE.txt": gettext_lazy("The license, and what it leaves out."),
    "manifest.json": gettext_lazy("The version, and the SHA-256 checksum of each file."),
}


@dataclass(frozen=True, slots=True)
class ValueList:
    """The values of a column, each with what it means."""

    column: str
    values: tuple[tuple[str, str], ...]


def columns() -> tuple[tuple[str, str], ...]:
    """The columns of the CSV, each with what it holds."""
    return tuple((name, str(text)) for name, text in COLUMNS.items())


def value_lists() -> tuple[ValueList, ...]:
    """The fixed values of the columns that have them."""
    return (
        ValueList("coverage", tuple((one.value, _(POSITIONS[one])) for one in CoveragePosition)),
        ValueList("treatment", tuple((one.value, said(one.label)) for one in Treatment)),
        ValueList(
            "conditions", tuple((one.id, said(one.label)) for one in terms.conditions().values())
        ),
        ValueList("lines_of_business", tuple((one.value, str(LINES[one])) for one in LINES)),
        ValueList(
            "sureness",
            tuple((one.value, f"{said(one.label)}. {said(one.explanation)}") for one in Sureness),
        ),
    )


def file_rows() -> tuple[tuple[str, str], ...]:
    """The files of a download beside the first two, each with what it holds."""
    return tuple((name, str(text)) for name, text in FILES.items())
