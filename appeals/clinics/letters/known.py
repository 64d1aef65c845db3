"""What a letter takes from the records of the clinic, so that nobody types it again."""

import datetime as dt
from collections.abc import Mapping

from appeals.clinics.casework import OpenCase
from appeals.clinics.records import PatientRecord
from appeals.letters.case import Value
from appeals.models import Clinic, Clinician

OF_PATIENT = (
    *("patient_name", "patient_born_on", "patient_address", "patient_phone"),
    *("member_id", "group_number"),
)
OF_CLINICIAN = (
    *("clinician_name", "clinician_specialty", "clinician_npi", "clinician_phone"),
    "treating_npi",
)
OF_CLINIC = ("practice_name", "clinician_address", "provider_tax_id")
OF_RECORDS = frozenset({*OF_PATIENT, *OF_CLINICIAN, *OF_CLINIC})
"""Facts that are changed where they stand, and never asked for a letter."""


def known_of(
    patient: PatientRecord, clinic: Clinic, clinician: Clinician | None
) -> Mapping[str, Value]:
    """The facts that the records tell; what they lack stays a gap."""
    found: dict[str, str | dt.date | None] = {
        "patient_name": patient.name,
        "patient_born_on": patient.birth_on,
        "patient_address": patient.address,
        "patient_phone": patient.phone,
        "member_id": patient.member_id,
        "group_number": patient.group,
        "practice_name": clinic.name,
        "clinician_address": clinic.address,
        "provider_tax_id": clinic.tax_id,
    }
    if clinician is not None:
        found |= {
            "clinician_name": str(clinician),
            "clinician_specialty": clinician.specialty,
            "clinician_npi": clinician.npi,
            "treating_npi": clinician.npi,
            "clinician_phone": clinician.phone or clinic.phone,
        }
    return {name: value for name, value in found.items() if value}


def proposed_of(
    opened: OpenCase, clinician: Clinician | None, *, is_continuing: bool
) -> Mapping[str, str]:
    """Facts that the records propose, and that a letter may have otherwise."""
    clinic = opened.patient.patient.clinic
    phone = clinician.phone if clinician is not None else ""
    town = clinic.address.strip().splitlines()[-1:]
    goes_on = is_continuing or bool(opened.content.continues)
    return {
        "call_phone": phone or clinic.phone,
        "site_name": ", ".join([clinic.name, *town]),
        "phase": "continuing" if goes_on else "",
    }
