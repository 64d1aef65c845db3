"""Writes catalogue records in their data form: the exact inverse of reading."""

from collections.abc import Iterable, Mapping
from typing import Any

from policies.catalogue import (
    Administration,
    AppealAddress,
    Document,
    Edition,
    EditionStatus,
    Insurer,
    Position,
    SourceReading,
)
from policies.criteria.writing import write_criteria, write_source


def write_insurers(
    insurers: Iterable[Insurer],
    administrations: Iterable[Administration],
    addresses: Iterable[AppealAddress] = (),
) -> dict[str, Any]:
    """The data form of the insurers with their addresses, and of the links to administrators."""
    held: dict[str, list[dict[str, Any]]] = {}
    for one in addresses:
        held.setdefault(one.insurer, []).append(write_address(one))
    return {
        "insurers": [
            write_insurer(one) | _kept({"appeal_addresses": held.get(one.slug, [])})
            for one in insurers
        ],
        "administrations": [write_link(one) for one in administrations],
    }


def write_link(link: Administration) -> dict[str, Any]:
    """The data form of a document's word on who decides for whom."""
    return _kept(
        {
            "insurer": link.insurer,
            "administrator": link.administrator,
            "benefit": link.benefit.value,
            "lines_of_business": [line.value for line in link.lines_of_business],
            "source_url": link.source_url,
            "quote": link.quote,
            "read_on": link.read_on.text,
        }
    )


def write_address(address: AppealAddress) -> dict[str, Any]:
    """The data form of an address, below its insurer."""
    return _kept(
        {
            "use": address.use.value,
            "benefit": address.benefit.value if address.benefit else None,
            "lines_of_business": [line.value for line in address.lines_of_business],
            "states": list(address.states),
            "postal": list(address.postal),
            "fax": address.fax,
            "phone": address.phone,
            "web": address.web,
            "note": address.note,
            "source_url": address.source_url,
            "source_kind": address.source_kind.value,
            "printed": address.printed.text if address.printed else None,
            "read_on": address.read_on.text,
            "read_by": address.read_by,
            "ended_on": address.ended_on.isoformat() if address.ended_on else None,
        }
    )


def write_insurer(insurer: Insurer) -> dict[str, Any]:
    """The data form of an insurer."""
    return _kept(
        {
            "slug": insurer.slug,
            "name": insurer.name,
            "kind": insurer.kind.value,
            "states": list(insurer.states),
            "parent": insurer.parent,
            "also_known_as": list(insurer.also_known_as),
            "pays_for": insurer.pays_for.value if insurer.pays_for else None,
            "note": insurer.note,
        }
    )


def write_document(document: Document) -> dict[str, Any]:
    """The data form of a document, its editions oldest first."""
    head = {"insurer": document.insurer.slug, **write_head(document)}
    editions = sorted(document.editions, key=lambda one: one.order)
    return {**_kept(head), "editions": [write_edition(one) for one in editions]}


def write_head(document: Document) -> dict[str, Any]:
    """What stands about a document outside its editions, what is empty included."""
    return {
        "slug": document.slug,
        "number": document.number,
        "title": document.title,
        "short_title": document.short_title,
        "kind": document.kind.value,
        "lines_of_business": [line.value for line in document.lines_of_business],
        "states": list(document.states),
        "url": document.url,
        "binds_line": document.binds_line,
        "scope_note": document.scope_note,
        "applies_if": write_criteria(document.applies_if) if document.applies_if else None,
    }


def write_edition(edition: Edition) -> dict[str, Any]:
    """The data form of an edition."""
    in_force = edition.status is EditionStatus.IN_FORCE
    head = {
        "effective": edition.effective.text if edition.effective else None,
        "revision": edition.revision if edition.revision > 1 else None,
        "last_reviewed": edition.last_reviewed.text if edition.last_reviewed else None,
        "status": None if in_force else edition.status.value,
        "is_read_whole": edition.is_read_whole,
        "change_note": edition.change_note,
        "sources": {one.key: write_reading(one) for one in edition.readings},
    }
    return {
        **_kept(head),
        "positions": [write_position(one) for one in edition.positions],
        **_kept({"notes": list(edition.notes)}),
    }


def write_reading(reading: SourceReading) -> dict[str, Any]:
    """The data form of a reading, without its key."""
    return _kept(
        {
            "kind": reading.kind.value,
            "read_on": reading.read_on.text,
            "read_by": reading.read_by,
            "description": reading.description,
            "url": reading.url,
        }
    )


def write_position(position: Position) -> dict[str, Any]:
    """The data form of a position; `criteria: null` stands where a list was not read."""
    wants_list = position.coverage in ("covered_with_criteria", "individual_consideration")
    head = {
        "treatment": position.treatment.value,
        "indications": list(position.indications),
        "coverage": position.coverage.value,
        "prior_authorization": position.prior_authorization.value,
        "prior_authorization_note": position.prior_authorization_note,
        "source": write_source(position.source),
        "applies_if": write_criteria(position.applies_if) if position.applies_if else None,
    }
    criteria = write_criteria(position.criteria) if position.criteria else None
    codes = position.codes
    rest = {
        "continuation": write_criteria(position.continuation) if position.continuation else None,
        "priorities": [write_criteria(one) for one in position.priorities],
        "limits": list(position.limits),
        "documents_wanted": list(position.documents_wanted),
        "codes": _kept(
            {"hcpcs": list(codes.hcpcs), "cpt": list(codes.cpt), "icd10": list(codes.icd10)}
        ),
        "note": position.note,
    }
    return {**_kept(head), **({"criteria": criteria} if wants_list else {}), **_kept(rest)}


def _kept(data: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is empty."""
    return {name: value for name, value in data.items() if value not in (None, "", [], {}, False)}
