"""Takes a bundle apart: whose record it is, which resources count, what each reference means."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from policies.fhir.elements import Resource, object_of, objects, text_of
from policies.fhir.faults import RecordError, Refusal
from policies.fhir.found import LeftOut, Notice, Origin, Reason
from policies.fhir.versions import refuse_other_versions

# A history holds one resource many times, a message tells of an event, and responses hold results.
TAKEN = ("collection", "searchset", "transaction", "batch", "document")
MAX_ENTRIES = 20_000
# The fields that say whose a resource is, across the types that are read.
_SUBJECTS = ("subject", "patient", "beneficiary")
# Types whose resources belong to no patient, and to which others refer.
_SHARED = ("Medication", "Organization")


@dataclass(slots=True)
class Contents:
    """The resources of one patient, and what else the bundle holds."""

    patient: Resource | None = None
    resources: list[Resource] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    by_reference: dict[str, Resource] = field(default_factory=dict)

    def resolve(self, reference: object, within: Resource) -> Resource | None:
        """The resource that a reference means, where the file holds it; one step and no further."""
        target = text_of(object_of(reference).get("reference"))
        if target.startswith("#"):
            return next(
                (one for one in objects(within.get("contained")) if one.get("id") == target[1:]),
                None,
            )
        return self.by_reference.get(target) or self.by_reference.get(_tail(target))


def contents_of(document: Mapping[str, Any]) -> Contents:
    """Sort a bundle, or a resource by itself as a bundle of one; RecordError where it can't be."""
    name = document.get("resourceType")
    if not isinstance(name, str) or not name:
        raise RecordError(Refusal.NOT_FHIR, "expected a FHIR resource: there is no resourceType")
    entries = _entries(document) if name == "Bundle" else _alone(document)
    if name == "QuestionnaireResponse" and not _subject(document):
        # It need not say whose it is; sent by itself it is the file's.
        return Contents(resources=[document], notices=[Notice.NO_PATIENT])
    found = Contents()
    if any(link.get("relation") == "next" for link in objects(document.get("link"))):
        found.notices.append(Notice.MORE_PAGES)
    kept = _without_twins(list(_kept(entries, found)), found)
    refuse_other_versions(resource for _, resource in kept)
    for address, resource in kept:
        for reference in (address, name_of(resource)):
            found.by_reference.setdefault(reference, resource)
    _sort_by_patient(kept, found)
    return found


def _alone(resource: Mapping[str, Any]) -> list[Any]:
    """A resource by itself as the one entry of a bundle."""
    refuse_other_versions([resource])
    kind = text_of(resource["resourceType"])
    if kind not in (*READ_TYPES, "Patient"):
        raise RecordError(
            Refusal.NOT_FHIR,
            "a {kind} by itself says nothing that is read; expected a Bundle",
            place="resourceType",
            kind=kind,
        )
    return [{"resource": resource}]


def name_of(resource: Resource) -> str:
    """A resource by type and id, as it is shown.

    >>> name_of({"resourceType": "Condition", "id": "a"})
    'Condition/a'
    """
    kind, name = text_of(resource.get("resourceType")), text_of(resource.get("id"))
    return f"{kind}/{name}" if name else kind


def _entries(document: Mapping[str, Any]) -> list[Any]:
    kind = text_of(document.get("type"))
    if kind not in TAKEN:
        raise RecordError(
            Refusal.WRONG_BUNDLE,
            "a bundle of the type {kind} is not read; use one of: {taken}",
            place="type",
            kind=kind or "(none)",
            taken=", ".join(TAKEN),
        )
    entries = document.get("entry", [])
    if not isinstance(entries, list):
        raise RecordError(Refusal.NOT_FHIR, "expected a list", place="entry")
    if len(entries) > MAX_ENTRIES:
        raise RecordError(
            Refusal.TOO_MANY,
            "the bundle has more than {most} entries; save a smaller part of the record",
            place="entry",
            most=MAX_ENTRIES,
        )
    return entries


def _kept(entries: list[Any], found: Contents) -> Iterator[tuple[str, Resource]]:
    """Each resource with its address; nested bundles and what is to be deleted are left out."""
    for entry in objects(entries):
        resource = entry.get("resource")
        if not isinstance(resource, dict) or not isinstance(resource.get("resourceType"), str):
            continue
        method = text_of(object_of(entry.get("request")).get("method"))
        if resource["resourceType"] == "Bundle":
            _refuse_deeper(resource)
            found.left_out.append(LeftOut(Origin(name_of(resource)), Reason.NESTED))
        elif method in ("DELETE", "PATCH"):
            found.left_out.append(LeftOut(Origin(name_of(resource)), Reason.NOT_TO_KEEP))
        else:
            yield text_of(entry.get("fullUrl")), resource


def _refuse_deeper(bundle: Resource) -> None:
    inner = (object_of(entry.get("resource")) for entry in objects(bundle.get("entry")))
    if any(one.get("resourceType") == "Bundle" for one in inner):
        raise RecordError(
            Refusal.TOO_DEEP, "a bundle inside a bundle holds a further one", place=name_of(bundle)
        )


def _without_twins(kept: list[tuple[str, Resource]], found: Contents) -> list[tuple[str, Resource]]:
    """Each resource once; two that differ under one id are refused."""
    held: dict[str, Resource] = {}
    for address, resource in kept:
        for key in _keys(address, resource):
            twin = held.setdefault(key, resource)
            if twin is not resource and twin != resource:
                raise RecordError(
                    Refusal.DUPLICATE_ID,
                    "two resources that differ have the same id",
                    place=name_of(resource),
                )
    seen: list[tuple[str, Resource]] = []
    for address, resource in kept:
        if all(held[key] is resource for key in _keys(address, resource)):
            seen.append((address, resource))
        elif Notice.SAME_TWICE not in found.notices:
            found.notices.append(Notice.SAME_TWICE)
    return seen


def _keys(address: str, resource: Resource) -> list[str]:
    keys = [address] if address else []
    return [*keys, name_of(resource)] if text_of(resource.get("id")) else keys


def _sort_by_patient(kept: list[tuple[str, Resource]], found: Contents) -> None:
    patients = [(url, one) for url, one in kept if one["resourceType"] == "Patient"]
    if len(patients) > 1:
        raise RecordError(
            Refusal.SEVERAL_PATIENTS,
            "the file holds {count} patients; save the record of one person",
            count=len(patients),
        )
    others = [(url, one) for url, one in kept if one["resourceType"] != "Patient"]
    if patients:
        address, found.patient = patients[0]
        mine = {address, name_of(found.patient)} - {""}
    else:
        found.notices.append(Notice.NO_PATIENT)
        mine = _only_subject(others)
    for _, resource in others:
        _place(resource, mine, found)


def _only_subject(others: list[tuple[str, Resource]]) -> set[str]:
    """The one patient that all resources speak of, in a file without any."""
    named = {subject for _, one in others if (subject := _subject(one))}
    tails = Counter(_tail(one) for one in named)
    if len(tails) > 1:
        raise RecordError(
            Refusal.SEVERAL_PATIENTS,
            "the file speaks of {count} patients; save the record of one person",
            count=len(tails),
        )
    return named


def _place(resource: Resource, mine: set[str], found: Contents) -> None:
    subject = _subject(resource)
    if resource["resourceType"] in _SHARED or (subject and _is_one_of(subject, mine)):
        found.resources.append(resource)
    elif subject:
        found.left_out.append(LeftOut(Origin(name_of(resource)), Reason.OF_SOMEONE_ELSE))
    elif not mine or not any(name in resource for name in _SUBJECTS):
        _place_of_nobody(resource, found)
    else:
        found.left_out.append(LeftOut(Origin(name_of(resource)), Reason.OF_NOBODY))


def _place_of_nobody(resource: Resource, found: Contents) -> None:
    """What needs no patient is counted like the rest; what does is left out."""
    if resource["resourceType"] in READ_TYPES:
        found.left_out.append(LeftOut(Origin(name_of(resource)), Reason.OF_NOBODY))
    else:
        found.resources.append(resource)


# The types that are read, each of which says whose it is.
READ_TYPES = (
    "Condition",
    "MedicationRequest",
    "MedicationStatement",
    "MedicationDispense",
    "MedicationAdministration",
    "Observation",
    "QuestionnaireResponse",
    "Procedure",
    "Coverage",
)


def _subject(resource: Resource) -> str:
    for name in _SUBJECTS:
        reference = text_of(object_of(resource.get(name)).get("reference"))
        if reference:
            return reference
    return ""


def _is_one_of(reference: str, mine: set[str]) -> bool:
    """Whether a reference means the patient; two whole addresses must agree on the server too."""
    if reference in mine:
        return True
    if "/" not in reference or ("://" in reference and any("://" in one for one in mine)):
        return False
    return any(_tail(one) == _tail(reference) for one in mine)


def _tail(reference: str) -> str:
    """Type and id at the end of a reference, without its server and version.

    >>> _tail("https://example.org/fhir/Patient/a/_history/2")
    'Patient/a'
    """
    return "/".join(reference.split("/_history/", maxsplit=1)[0].split("/")[-2:])
