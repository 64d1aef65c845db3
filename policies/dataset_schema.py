"""The JSON Schema of the dataset, and the description of its table (CSV on the Web)."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel, Field

from policies.dataset import LICENSE_URL
from policies.records import DocumentRecord, InsurerRecord, LinkRecord, Record
from policies.sureness import Sureness

SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"
CSVW = "http://www.w3.org/ns/csvw"
# What holds several values in one cell.
LISTS = ("lines_of_business", "states", "conditions", "limits", "hcpcs", "cpt", "icd10")


class Entry(Record):
    """A document in full, and what is reckoned of it on the day the file was made."""

    page: str = Field(description="Its page on the site.")
    effective_now: str | None = Field(description="The date of the edition in force on the day.")
    revision_now: int | None
    sureness: Sureness | None
    document: DocumentRecord


class About(Record):
    """What each file says of itself."""

    schema_: str = Field(alias="$schema")
    version: int = Field(description="Of this form; another number may mean another thing.")
    content_version: str = Field(
        description="Changes exactly when the catalogue does: the day of the last publication, and "
        "a hash of all records and worked cases."
    )
    license: str
    license_url: str


class Dataset(About):
    """The catalogue of policies on ketamine and esketamine, in the shape of its data files."""

    made_on: dt.date
    insurers: list[InsurerRecord]
    administrations: list[LinkRecord]
    documents: list[Entry]


class CaseAsSent(BaseModel):
    """A worked case made complete, for whoever sends it."""

    on: dt.date = Field(description="The day of the case, as the parameter `on`.")
    situation: dict[str, Any] = Field(
        description="The body: with its version, its days, and a plan that the document is for."
    )


class WorkedCase(BaseModel):
    """A made-up situation, and what the document must make of it."""

    name: str
    situation: dict[str, Any] = Field(
        description="As the case is kept: without what its document tells, days counted back."
    )
    check: CaseAsSent = Field(
        description="Send `check.situation` by POST to `/api/v1/check?on=` with `check.on` behind "
        "it. Among `documents` of the answer, the one whose `document` is this `key` has the "
        "`verdict` of the case; a document that says nothing of the treatment is not among them."
    )


class CasesOfDocument(Record):
    """The worked cases of a document."""

    insurer: str = Field(description="As the column of this name in policies.csv.")
    document: str = Field(description="As the column of this name in policies.csv.")
    key: str = Field(description="Both, with -- between, as answers to a check name documents.")
    cases: list[WorkedCase]


class WorkedCases(About):
    """The worked cases beside published editions."""

    documents: list[CasesOfDocument]


def cases_schema(address: str) -> dict[str, Any]:
    """The schema of the worked cases; `address` is where it is served."""
    return {"$schema": SCHEMA_DIALECT, "$id": address, **WorkedCases.model_json_schema()}


def dataset_schema(address: str) -> dict[str, Any]:
    """The schema by which the JSON can be checked; `address` is where it is served."""
    return {"$schema": SCHEMA_DIALECT, "$id": address, **Dataset.model_json_schema()}


def table_description(
    columns: Iterable[tuple[str, str]], values: Mapping[str, Iterable[tuple[str, str]]]
) -> dict[str, Any]:
    """What each column of the CSV holds, and the values of those that have fixed ones."""
    return {
        "@context": CSVW,
        "url": "policies.csv",
        "dialect": {"header": True, "encoding": "utf-8"},
        "dc:license": LICENSE_URL,
        "tableSchema": {
            "columns": [_column(name, meaning, values.get(name, ())) for name, meaning in columns],
            "primaryKey": ["insurer", "document", "effective", "revision", "position"],
        },
    }


def _column(name: str, meaning: str, values: Iterable[tuple[str, str]]) -> dict[str, Any]:
    column: dict[str, Any] = {"name": name, "titles": name, "dc:description": meaning}
    if name in LISTS:
        column["separator"] = "; "
    known = dict(values)
    if known:
        column["datatype"] = {"base": "string", "format": "|".join(known)}
        column["notes"] = [{"value": value, "means": text} for value, text in known.items()]
    return column
