"""Small builders for the workspace: a clinic, its people, a patient and a case, plainly samples."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import User

from appeals.clinics.casework import Heading, OpenCase, begin_case, open_case
from appeals.clinics.content import CaseContent
from appeals.clinics.patients import OpenPatient, add_patient
from appeals.clinics.records import PatientRecord
from appeals.models import Case, Clinic, Membership, Role
from tests.factories import ON, make_situation

JANE = PatientRecord(
    family_name="Sample",
    given_name="Jane",
    birth_on=dt.date(1980, 2, 29),
    member_id="W-123 456",
    address="1 Example Street",
)


def make_clinic(name: str = "Sample Clinic") -> Clinic:
    return Clinic.objects.create(name=name, address="1 Example Street", is_sample=True)


def make_member(clinic: Clinic, role: Role = Role.BILLER, name: str = "") -> User:
    """A person who works at a clinic."""
    person = User.objects.create_user(name or f"{role}-{User.objects.count()}")
    Membership.objects.create(clinic=clinic, user=person, role=role)
    return person


def make_patient(clinic: Clinic, record: PatientRecord = JANE) -> OpenPatient:
    return add_patient(clinic, record, by=None)


def make_case(
    clinic: Clinic,
    patient: OpenPatient | None = None,
    *,
    content: CaseContent | None = None,
    on: dt.date = ON,
    **heading: Any,
) -> OpenCase:
    """A case of a patient, with a situation of treatment-resistant depression."""
    held = content or CaseContent(situation=make_situation())
    return begin_case(patient or make_patient(clinic), held, Heading(**heading), on=on, by=None)


def reopened(opened: OpenCase) -> OpenCase:
    """The same case as the database has it now."""
    return open_case(Case.objects.select_related("patient__clinic").get(pk=opened.case.pk))
