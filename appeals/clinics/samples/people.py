"""The sample clinic and its staff, and the made-up names of its patients."""

import datetime as dt
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from types import MappingProxyType

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User

from appeals.clinics.people import leave_event
from appeals.clinics.records import PatientRecord
from appeals.models import Clinic, ClinicEvent, Clinician, Membership, Role
from policies.days import years_before

NAME = "Sample Clinic"
STAFF: Mapping[Role, str] = MappingProxyType(
    {role: f"sample-{role.replace('_', '-')}" for role in Role}
)
CLINICIANS = (
    ("Sample Rivera", "MD", "Psychiatry"),
    ("Sample Novak", "PMHNP", "Psychiatry"),
    ("Sample Adeyemi", "MD", "Anesthesiology"),
    ("Sample Lindqvist", "DO", "Pain medicine"),
    ("Sample Haddad", "PA-C", "Psychiatry"),
)
GIVEN_NAMES = """
Ada Ben Chidi Dana Elif Femi Grace Hugo Iris Jorge Keiko Liam Mina
Noah Olga Priya Quinn Rosa Sami Tara Umar Vera Wen Ximena Yara Zoe
"""
FAMILY_NAMES = """
Abbott Baptiste Castillo Dimitrov Eriksen Fofana Gallagher Hoang Ibrahim Jensen Kowalski Lopez Mbeki
Nakamura O'Neil Petrov Quispe Rossi Silva Tanaka Underwood Vargas Weber Xiong Yilmaz Zapata
"""
GIVEN, FAMILY = (tuple(one.split()) for one in (GIVEN_NAMES, FAMILY_NAMES))


@dataclass(frozen=True, slots=True)
class Staff:
    """Who works at the sample clinic, and how they come in."""

    clinic: Clinic
    people: Mapping[Role, User]
    clinicians: tuple[Clinician, ...]
    password: str
    app_key: str


def make_staff() -> Staff:
    """Make the clinic with a person of each role, who all have one password and one app key."""
    clinic = Clinic(
        name=NAME,
        address="1 Example Street\nSpringfield, OH 45501",
        phone="555-0100",
        npi="1234567893",
        is_sample=True,
    )
    clinic.full_clean()
    clinic.save(force_insert=True)
    leave_event(clinic, ClinicEvent.What.MADE, about="the sample clinic", by=None)
    password, app_key = secrets.token_urlsafe(12), generate_totp_secret()
    hashed = make_password(password)
    people = {role: _person(role, hashed, app_key) for role in Role}
    for role, person in people.items():
        Membership.objects.create(clinic=clinic, user=person, role=role)
    return Staff(clinic, people, _clinicians(clinic, people), password, app_key)


def _person(role: Role, hashed: str, app_key: str) -> User:
    """A person of the samples, whose sign-in is set anew where they are there already."""
    person, _ = User.objects.get_or_create(username=STAFF[role])
    person.password = hashed
    person.is_active = True
    person.save()
    Authenticator.objects.filter(user=person).delete()
    TOTP.activate(person, app_key)
    return person


def _clinicians(clinic: Clinic, people: Mapping[Role, User]) -> tuple[Clinician, ...]:
    made = [
        Clinician(clinic=clinic, name=name, credentials=credentials, specialty=specialty)
        for name, credentials, specialty in CLINICIANS
    ]
    made[0].user = people[Role.CLINICIAN]
    for one in made:
        one.full_clean()
        one.save(force_insert=True)
    return tuple(made)


def sample_patient(chance: Random, number: int, *, age: int, today: dt.date) -> PatientRecord:
    """A made-up patient of an age, in years; the first is always Sample Ada."""
    given = GIVEN[0] if number == 1 else chance.choice(GIVEN)
    born = years_before(today, age) - dt.timedelta(days=chance.randint(0, 364))
    return PatientRecord(
        family_name=chance.choice(FAMILY),
        given_name=f"Sample {given}",
        birth_on=born,
        member_id=f"SAMPLE-{number:06}",
        group=f"SAMPLE-G{chance.randint(10, 99)}",
        phone=f"555-01{chance.randint(0, 99):02}",
        address=f"{chance.randint(1, 999)} Example Street\nSpringfield, OH 45501",
    )
