"""The open dataset: every published position as a row, and every document in full."""

import csv
import datetime as dt
import hashlib
import io
import json
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from policies.catalogue import Catalogue, Document, Edition, Position, SourceReading
from policies.catalogue.writing import write_document, write_insurers
from policies.sureness import sureness_of
from policies.worked_cases.reading import read_cases
from policies.worked_cases.sending import as_sent

VERSION = 1
LICENSE = "CC-BY-4.0"
LICENSE_URL = "https://creativecommons.org/licenses/by/4.0/"
# A spreadsheet takes a cell that begins with one of these for a formula.
FORMULA_SIGNS = ("=", "+", "-", "@")
BLANK_SIGNS = ("\t", "\r", "\n")

PageOf = Callable[[Document], str]


def content_version(
    catalogue: Catalogue, cases: Mapping[str, Any], *, published_on: dt.date | None
) -> str:
    """The day of the last publication, and a hash of all records and worked cases.

    What is reckoned on a day has no part in it, so the same content has the same version.
    """
    parts = [
        write_insurers(catalogue.insurers.values(), catalogue.administrations, catalogue.addresses),
        [write_document(one) for one in catalogue.documents],
        cases,
    ]
    text = json.dumps(parts, sort_keys=True, ensure_ascii=True)
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    return f"{published_on or 'unpublished'}.{digest}"


def dataset(
    catalogue: Catalogue,
    *,
    on: dt.date,
    page_of: PageOf,
    content: str = "",
    schema: str = "",
) -> dict[str, Any]:
    """Everything, in the shape of the data files, with what is reckoned on the day beside it.

    `content` is the version of what it holds, `schema` the address of what it can be checked by.
    """
    return {
        **_about(content, schema),
        "made_on": on.isoformat(),
        **write_insurers(
            catalogue.insurers.values(), catalogue.administrations, catalogue.addresses
        ),
        "documents": [_entry(one, on, page_of(one)) for one in catalogue.documents],
    }


def worked_cases(
    cases: Mapping[str, Mapping[str, Any]],
    documents_by_stem: Mapping[str, Document],
    *,
    content: str,
    schema: str,
) -> dict[str, Any]:
    """The worked cases of each document, which is named as in the table and as in an answer."""
    documents = []
    for stem, of_one in sorted(cases.items()):
        insurer, _, slug = stem.partition("--")
        read = read_cases(list(of_one.values()))
        complete = [
            {**written, "check": as_sent(case, documents_by_stem[stem])}
            for written, case in zip(of_one.values(), read, strict=True)
        ]
        documents.append({"insurer": insurer, "document": slug, "key": stem, "cases": complete})
    return {**_about(content, schema), "documents": documents}


def _about(content: str, schema: str) -> dict[str, Any]:
    return {
        "$schema": schema,
        "version": VERSION,
        "content_version": content,
        "license": LICENSE,
        "license_url": LICENSE_URL,
    }


def _entry(document: Document, on: dt.date, page: str) -> dict[str, Any]:
    edition = document.edition_in_force(on)
    return {
        "page": page,
        "effective_now": edition.effective.text if edition and edition.effective else None,
        "revision_now": edition.revision if edition else None,
        "sureness": sureness_of(edition, on=on).value if edition else None,
        "document": write_document(document),
    }


def position_rows(
    catalogue: Catalogue, *, on: dt.date, page_of: PageOf
) -> Iterator[dict[str, str]]:
    """A row for each position of each edition, by the names of the columns."""
    for document in catalogue.documents:
        for edition in sorted(document.editions, key=lambda one: one.order):
            for number in range(1, len(edition.positions) + 1):
                yield _row(document, edition, number, on=on, page=page_of(document))


def _row(
    document: Document, edition: Edition, number: int, *, on: dt.date, page: str
) -> dict[str, str]:
    position = edition.positions[number - 1]
    reading = _reading(edition, position)
    is_now = edition is document.edition_in_force(on)
    return {
        "insurer": document.insurer.slug,
        "insurer_name": document.insurer.name,
        "insurer_kind": document.insurer.kind.value,
        "document": document.slug,
        "document_number": document.number,
        "document_title": document.title,
        "document_kind": document.kind.value,
        "lines_of_business": _joined(one.value for one in document.lines_of_business),
        "states": _joined(document.states),
        "effective": edition.effective.text if edition.effective else "",
        "last_reviewed": edition.last_reviewed.text if edition.last_reviewed else "",
        "revision": str(edition.revision),
        "is_newest": "yes" if is_now else "no",
        "status": edition.status.value,
        "is_read_whole": "yes" if edition.is_read_whole else "no",
        "sureness": sureness_of(edition, on=on).value,
        "position": str(number),
        "treatment": position.treatment.value,
        "conditions": _joined(position.indications),
        "coverage": position.coverage.value,
        "prior_authorization": position.prior_authorization.value,
        "has_criteria": "yes" if position.criteria is not None else "no",
        "holds_only_for": position.applies_if.label if position.applies_if else "",
        "limits": _joined(position.limits),
        "hcpcs": _joined(position.codes.hcpcs),
        "cpt": _joined(position.codes.cpt),
        "icd10": _joined(position.codes.icd10),
        "quote": position.source.quote,
        "source_kind": reading.kind.value if reading else "",
        "source_url": reading.url if reading else "",
        "read_on": reading.read_on.text if reading else "",
        "document_url": document.url,
        "page": page,
    }


def _reading(edition: Edition, position: Position) -> SourceReading | None:
    """The reading behind a position; of one alone there is no need to name it."""
    named = [one for one in edition.readings if one.key == position.source.origin]
    readings = named or list(edition.readings)
    return readings[0] if len(readings) == 1 else None


def _joined(values: Any) -> str:
    return "; ".join(values)


def to_csv(rows: Iterator[dict[str, str]]) -> str:
    """The rows as CSV, with no cell that a spreadsheet would run."""
    out = io.StringIO()
    writer: csv.DictWriter[str] | None = None
    for row in rows:
        if writer is None:
            writer = csv.DictWriter(out, row)
            writer.writeheader()
        writer.writerow({name: harmless(value) for name, value in row.items()})
    return out.getvalue()


def harmless(value: str) -> str:
    """A cell as plain text: an apostrophe goes before what would be taken for a formula.

    >>> harmless("=1+1"), harmless("IV ketamine")
    ("'=1+1", 'IV ketamine')
    """
    # Spreadsheets in East Asia take the wide signs for the narrow ones, and some skip blanks.
    first = unicodedata.normalize("NFKC", value.lstrip()[:1])
    is_run = value.startswith(BLANK_SIGNS) or first.startswith(FORMULA_SIGNS)
    return f"'{value}" if is_run else value
