"""The services that a CDS client finds by discovery: one for each hook, with one handler."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from policies.fhir.codes import panels, scale_totals

ORDER_SELECT, ORDER_SIGN = "order-select", "order-sign"
# A search asks for no more than the reader of records uses, in the form that the specification
# recommends ("Prefetch query restrictions").
_OF_PATIENT = "patient={{context.patientId}}"
_SEARCHES = {
    "conditions": "Condition",
    "medicationRequests": "MedicationRequest",
    "medicationStatements": "MedicationStatement",
    "medicationDispenses": "MedicationDispense",
    "medicationAdministrations": "MedicationAdministration",
    "procedures": "Procedure",
    "questionnaireResponses": "QuestionnaireResponse",
    "coverages": "Coverage",
}
# What may stand in a resource of its own. The specification does not list _include among what a
# client should support, and one that can't do a search leaves its whole key out: so each search
# that includes stands beside the plain one, and may be left out.
_INCLUDING = {
    "coverages": ("coveragesWithPayers", "payor"),
    "medicationRequests": ("medicationRequestsWithMedications", "medication"),
    "medicationStatements": ("medicationStatementsWithMedications", "medication"),
    "medicationDispenses": ("medicationDispensesWithMedications", "medication"),
    "medicationAdministrations": ("medicationAdministrationsWithMedications", "medication"),
}
# Scales that have no code of ours are read by their name, and can't be asked for by a code.
_SURVEYS = {"surveys": f"Observation?{_OF_PATIENT}&category=survey"}
COVERAGES = ("coverages", _INCLUDING["coverages"][0])
PREFETCHED = (
    "patient",
    *_SEARCHES,
    "observations",
    *_SURVEYS,
    *(key for key, _ in _INCLUDING.values()),
)
DESCRIPTION = (
    "For an order of ketamine or esketamine: what the written rule of the patient's health plan "
    "wants, what the record seems to show of it, and how old and sure our copy of the rule is. "
    "A verdict is ours; the plan decides. No claim to follow a guide of payers is made."
)
USAGE = (
    "Reads what is prefetched and nothing else: fhirServer is never asked and a token for it never "
    "used, so what is not sent counts as not known. Nothing that is sent is stored or logged. No "
    "key is required. A key that ends in WithMedications or WithPayers repeats a plain one with "
    "what it refers to, and surveys finds scales that observations can't ask for by code: leave "
    "out whichever your server can't answer."
)


@dataclass(frozen=True, slots=True)
class Service:
    """One entry of the discovery."""

    id: str
    hook: str
    title: str

    def to_json(self) -> dict[str, Any]:
        return {
            "hook": self.hook,
            "title": self.title,
            "description": DESCRIPTION,
            "id": self.id,
            "prefetch": dict(prefetch_templates()),
            "usageRequirements": USAGE,
        }


# Discovery names one hook for each service, so that each hook has a service of its own.
SERVICES: Mapping[str, Service] = {
    one.id: one
    for one in (
        Service(
            "ketamine-coverage-select", ORDER_SELECT, "Coverage of ketamine, when it is chosen"
        ),
        Service("ketamine-coverage-sign", ORDER_SIGN, "Coverage of ketamine, before it is signed"),
    )
}


def discovery() -> dict[str, Any]:
    """What is answered to `GET {baseUrl}/cds-services`."""
    return {"services": [one.to_json() for one in SERVICES.values()]}


@cache
def prefetch_templates() -> Mapping[str, str]:
    """The FHIR reads and searches whose results the cards are made from."""
    scores = [f"{system}|{code}" for system, code in scale_totals()]
    items = [f"http://loinc.org|{code}" for one in panels() for code in (one.code, *one.items)]
    codes = ",".join(dict.fromkeys([*scores, *items]))
    return {
        "patient": "Patient/{{context.patientId}}",
        **{key: f"{kind}?{_OF_PATIENT}" for key, kind in _SEARCHES.items()},
        "observations": f"Observation?{_OF_PATIENT}&code={codes}",
        **_SURVEYS,
        **{
            key: f"{_SEARCHES[plain]}?{_OF_PATIENT}&_include={_SEARCHES[plain]}:{included}"
            for plain, (key, included) in _INCLUDING.items()
        },
    }
