"""Every address of the workspace, with what a clinic has that the address may name.

A new address is found by itself. One that names a new kind of thing wants a line in `SAMPLES`.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, reverse

from appeals.clinic_urls import app_name, urlpatterns
from appeals.clinics.casework import OpenCase
from appeals.clinics.invitations import invite
from appeals.clinics.letters.text_blocks import add_block
from appeals.clinics.patients import OpenPatient
from appeals.clinics.printing.making import begin_batch
from appeals.clinics.rights import Right
from appeals.models import Clinic, Clinician, Role
from tests.appeals.clinics.building import (
    make_case,
    make_clinic,
    make_member,
    make_patient,
    make_signed_letter,
)
from tests.appeals.clinics.lettering import give_form


@dataclass
class Made:
    """A clinic of which each thing is made when an address first names it."""

    clinic: Clinic = field(default_factory=make_clinic)

    @cached_property
    def patient(self) -> OpenPatient:
        return make_patient(self.clinic)

    @cached_property
    def case(self) -> OpenCase:
        return make_case(self.clinic, self.patient)

    @cached_property
    def values(self) -> dict[str, Any]:
        """What was made, by the name of its parameter."""
        return {}

    def value(self, parameter: str) -> Any:
        if parameter not in SAMPLES:
            pytest.fail(f"{parameter}: add a line to SAMPLES or WORDS in clinic_addresses.py")
        if parameter not in self.values:
            self.values[parameter] = SAMPLES[parameter](self)
        return self.values[parameter]


def a_member(made: Made) -> int:
    return made.clinic.memberships.get(user=make_member(made.clinic, Role.BILLER)).pk


def an_invitation(made: Made) -> int:
    invite(made.clinic, email="invited@example.org", role=Role.BILLER, by=None)
    return made.clinic.invitations.get().pk


def a_document(made: Made) -> Any:
    return give_form(made.case, make_member(made.clinic)).pk


def a_block(made: Made) -> int:
    told = {"title": "Sample", "text": "Sample.", "review_on": dt.date(2027, 5, 3)}
    return add_block(made.clinic, told, by=make_member(made.clinic)).pk


def a_batch(made: Made) -> Any:
    printer = make_member(made.clinic)
    return begin_batch(made.clinic, [made.value("letter_id")], form="pdf", by=printer).pk


# The parameter of an address -> what belongs to the clinic and may stand there.
SAMPLES: Mapping[str, Callable[[Made], Any]] = {
    "clinic_id": lambda made: made.clinic.pk,
    "patient_id": lambda made: made.patient.patient.pk,
    "other_id": lambda made: make_patient(made.clinic).patient.pk,
    "case_id": lambda made: made.case.case.pk,
    "letter_id": lambda made: make_signed_letter(made.case).pk,
    "document_id": a_document,
    "block_id": a_block,
    "batch_id": a_batch,
    "clinician_id": lambda made: Clinician.objects.create(clinic=made.clinic, name="Dr. Sample").pk,
    "member_id": a_member,
    "invitation_id": an_invitation,
}
# Parameters that are words and no thing of a clinic -> one of them.
WORDS: Mapping[str, str | int] = {"kind": "submitted", "page": 1}
# Addresses that open to a secret in them, with what for.
BY_SECRET = {"feed": "whoever has the address reads the last days"}
# Addresses that name no clinic, with why.
OF_NO_CLINIC = {"list": "a person's own clinics", "duties": "what falls to all of them"}


@dataclass(frozen=True)
class Address:
    """One address: its name, what stands in it, and the right it asks for."""

    name: str
    parameters: tuple[str, ...]
    right: Right | None

    def __str__(self) -> str:
        return self.name

    @property
    def things(self) -> tuple[str, ...]:
        """The parameters that are things of a clinic, besides the clinic."""
        return tuple(one for one in self.parameters if one in SAMPLES and one != "clinic_id")

    def of(self, made: Made, **others: Any) -> str:
        """The address for a clinic, with others' things in some places."""
        values = {one: WORDS[one] if one in WORDS else made.value(one) for one in self.parameters}
        return reverse(f"{app_name}:{self.name}", kwargs=values | others)


def found(
    patterns: list[URLPattern | URLResolver], before: tuple[str, ...] = ()
) -> Iterator[Address]:
    for one in patterns:
        parameters = (*before, *one.pattern.converters)
        if isinstance(one, URLResolver):
            yield from found(one.url_patterns, parameters)
        else:
            yield Address(str(one.name), parameters, getattr(one.callback, "right", None))


ADDRESSES = [one for one in found(list(urlpatterns)) if one.name not in {*OF_NO_CLINIC, *BY_SECRET}]
