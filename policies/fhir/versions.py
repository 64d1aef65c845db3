"""Tells R4 from the other releases of FHIR, which write the same things in other places."""

import re
from collections.abc import Iterable

from policies.fhir.elements import Resource, objects, text_of
from policies.fhir.faults import RecordError, Refusal

DSTU2, STU3, R5 = "DSTU2", "STU3", "R5"

# Resources that exist in one release alone, or ended with it.
_TYPES = {
    "MedicationOrder": DSTU2,
    "DiagnosticOrder": DSTU2,
    "Conformance": DSTU2,
    "ProcedureRequest": STU3,
    "ReferralRequest": STU3,
    "InventoryItem": R5,
    "GenomicStudy": R5,
    "Transport": R5,
    "RequestOrchestration": R5,
}
# Fields that R4 writes in another shape or under another name.
_SHAPES: tuple[tuple[str, str, type, str], ...] = (
    ("MedicationRequest", "medication", dict, R5),
    ("MedicationStatement", "medication", dict, R5),
    ("MedicationDispense", "medication", dict, R5),
    ("MedicationAdministration", "medication", dict, R5),
    ("MedicationStatement", "taken", str, STU3),
    ("Condition", "patient", dict, DSTU2),
    ("Condition", "clinicalStatus", str, STU3),
    ("Coverage", "issuer", dict, DSTU2),
    ("Coverage", "insurer", dict, R5),
    ("Encounter", "class", str, DSTU2),
    ("Encounter", "class", list, R5),
    ("Procedure", "occurrenceDateTime", str, R5),
    ("Procedure", "occurrencePeriod", dict, R5),
)
_NUMBERED = re.compile(r"^http://hl7\.org/fhir/(1\.0|3\.0|5\.0|DSTU2|STU3|R5)/", re.IGNORECASE)
_OF_NUMBER = {"1.0": DSTU2, "3.0": STU3, "5.0": R5, "DSTU2": DSTU2, "STU3": STU3, "R5": R5}


def refuse_other_versions(resources: Iterable[Resource]) -> None:
    """Raise RecordError at the first resource that is not of R4, and name its release."""
    for resource in resources:
        version = version_of(resource)
        if version is not None:
            raise RecordError(
                Refusal.WRONG_VERSION,
                "this is FHIR {version}, and only R4 is read; ask for the record as FHIR R4",
                place=text_of(resource.get("resourceType")),
                version=version,
            )


def version_of(resource: Resource) -> str | None:
    """The other release that a resource is written in; None where nothing speaks against R4."""
    name = resource.get("resourceType")
    if isinstance(name, str) and name in _TYPES:
        return _TYPES[name]
    return _of_profile(resource) or _of_shape(name, resource)


def _of_profile(resource: Resource) -> str | None:
    for meta in objects(resource.get("meta")):
        listed = meta.get("profile")
        for profile in listed if isinstance(listed, list) else []:
            found = _NUMBERED.match(profile) if isinstance(profile, str) else None
            if found is not None:
                return _OF_NUMBER[found[1].upper()]
    return None


def _of_shape(name: object, resource: Resource) -> str | None:
    return next(
        (
            version
            for kind, field, shape, version in _SHAPES
            if kind == name and isinstance(resource.get(field), shape)
        ),
        None,
    )
