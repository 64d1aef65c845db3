"""The documents of a case for its page: each with what it proves, and what is still wanted."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from appeals.clinics.casework import OpenCase
from appeals.clinics.documents.counting import missing_in, wants_papers
from appeals.clinics.documents.keeping import OpenDocument, open_documents
from appeals.clinics.documents.wanted import (
    Missing,
    Wanted,
    missing_of,
    paper_name,
    signed_papers,
    wanted_in,
)
from appeals.forms.clinics.documents import DocumentForm
from appeals.law.arguments import EnclosureId
from policies.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document with its form; `changed_by_others` names what somebody else wrote meanwhile."""

    shown: OpenDocument
    form: DocumentForm
    is_first: bool
    is_last: bool
    theirs: str = ""


@dataclass(frozen=True, slots=True)
class DocumentsView:
    """All of the page."""

    rows: tuple[DocumentRow, ...]
    wanted: Wanted
    missing: tuple[Missing, ...]
    aside: tuple[Missing, ...]
    letters: tuple[str, ...]
    is_counted: bool

    @property
    def pages(self) -> int:
        return sum(one.shown.document.pages for one in self.rows)


def present_documents(
    opened: OpenCase,
    *,
    catalogue: Catalogue,
    on: dt.date,
    data: QueryDict | None = None,
    stale: Sequence[OpenDocument] = (),
) -> DocumentsView:
    """The documents as they are, or as they were typed in `data`; `stale` are as others wrote."""
    documents = open_documents(opened)
    wanted = wanted_in(opened, catalogue=catalogue, on=on)
    theirs = {one.document.pk: told_of(one, wanted) for one in stale}
    rows = tuple(
        DocumentRow(
            shown=one,
            form=DocumentForm(typed_of(one, data), shown=one, wanted=wanted, today=on),
            is_first=place == 0,
            is_last=place == len(documents) - 1,
            theirs=theirs.get(one.document.pk, ""),
        )
        for place, one in enumerate(documents)
    )
    missing = missing_in(opened, wanted, documents)
    everything = missing_of(
        wanted, (one.record for one in documents), signed=signed_papers(opened.case)
    )
    return DocumentsView(
        rows=rows,
        wanted=wanted,
        missing=missing,
        aside=tuple(one for one in everything if one not in missing),
        letters=tuple(map(paper_name, signed_papers(opened.case))),
        is_counted=wants_papers(opened.case),
    )


def typed_of(one: OpenDocument, data: QueryDict | None) -> QueryDict | None:
    """What was typed of a document; nothing where it came since the page was shown."""
    is_sent = data is not None and f"{one.document.pk}-state" in data
    return data if is_sent else None


def told_of(one: OpenDocument, wanted: Wanted) -> str:
    """What is told of a document, in one line."""
    record = one.record
    numbers = {each.label: str(each.number) for each in wanted.criteria}
    proves = ", ".join(numbers.get(label, label) for label in record.proves) or "none"
    is_known = record.paper in list(EnclosureId)
    paper = paper_name(EnclosureId(record.paper)) if is_known else "no enclosure"
    return f"{record.title}; {paper}; criteria: {proves}"
