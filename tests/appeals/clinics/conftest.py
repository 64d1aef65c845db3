"""A clinic that writes letters, its people, and a case with a draft; a file may have its own.

Pytest reads this before Django is set up, so models are imported where they are used.
"""

from types import ModuleType
from typing import TYPE_CHECKING

import pytest
from django.test import Client

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from appeals.clinics.casework import OpenCase
    from appeals.models import CaseDocument, Clinic, Clinician, Letter


@pytest.fixture
def lettering() -> ModuleType:
    from tests.appeals.clinics import lettering  # noqa: PLC0415, wants Django set up

    return lettering


@pytest.fixture
def clinic(db: None, lettering: ModuleType) -> "Clinic":
    made: Clinic = lettering.make_letter_clinic()
    return made


@pytest.fixture
def alex(clinic: "Clinic", lettering: ModuleType) -> "Clinician":
    made: Clinician = lettering.make_clinician(clinic)
    return made


@pytest.fixture
def biller(clinic: "Clinic", lettering: ModuleType) -> "User":
    made: User = lettering.make_member(clinic, name="billie")
    return made


@pytest.fixture
def desk(biller: "User", client: Client) -> Client:
    client.force_login(biller)
    return client


@pytest.fixture
def opened(clinic: "Clinic", alex: "Clinician", lettering: ModuleType) -> "OpenCase":
    made: OpenCase = lettering.make_letter_case(clinic, alex)
    return made


@pytest.fixture
def form(opened: "OpenCase", biller: "User", lettering: ModuleType) -> "CaseDocument":
    made: CaseDocument = lettering.give_form(opened, biller)
    return made


@pytest.fixture
def draft(
    opened: "OpenCase",
    alex: "Clinician",
    form: "CaseDocument",
    biller: "User",
    lettering: ModuleType,
) -> "Letter":
    made: Letter = lettering.begun(opened, alex, by=biller)
    return made
