"""Every address of the site with something behind it, and a person who may see it.

A new address is found by itself; a new kind of thing in a public one wants a line in `PUBLIC`.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.urls import reverse

from appeals.clinics.feeds import make_feed
from appeals.models import Role as ClinicRole
from policies.roles import Role
from tests.appeals.clinics import clinic_addresses
from tests.appeals.clinics.building import make_member
from tests.coverage_site.signing_in import make_person
from tests.policies.desk_addresses import COVERED, UNNAMED, addresses
from tests.policies.desk_places import address_of, desk_objects

# A document with two editions, which `load_some_policies` wants to be told.
STEM = "western-health-advantage--spravato"
PUBLIC = {
    "insurer_slug": "western-health-advantage",
    "policy_slug": "spravato",
    "key": "undated-r2",
    "older": "undated",
    "newer": "undated-r2",
    "code": "ca",
    "service": "ketamine-coverage-sign",
    "insurer": "western-health-advantage",
    "policy": "spravato",
    "edition": "undated",
    "plan_type": "fehb",
    "study": "daly_2019_sustain1",
    "name": "manifest.json",
}
FOR_PROGRAMS = ("open:", "api", "hooks:")
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


class Who(StrEnum):
    """Who asks: each kind of page has somebody who is shown the most of it."""

    VISITOR = "a visitor"
    ADMINISTRATOR = "an administrator of the desk"
    CLINIC_ADMIN = "an admin of a clinic"


@dataclass(frozen=True)
class Places:
    """What is behind the addresses."""

    people: dict[Who, User]
    of_desk: dict[str, int]
    made: clinic_addresses.Made

    def client(self, who: Who) -> Client:
        client = Client()
        if who in self.people:
            client.force_login(self.people[who])
        return client

    @cached_property
    def all(self) -> list[tuple[Who, str]]:
        """Every address, with who asks."""
        return [*self._outside(), *self._desk(), *self._clinic()]

    def of(self, who: Who) -> list[str]:
        """The addresses that one person asks for."""
        return [address for one, address in self.all if one is who]

    def _outside(self) -> list[tuple[Who, str]]:
        """Public pages in both languages, and those of signing in before somebody has."""
        found = []
        for pattern, name in addresses():
            if pattern.startswith(("admin/", "clinics/", "account/")):
                continue
            address = reverse(name, kwargs={one: PUBLIC[one] for one in PARAMETER.findall(pattern)})
            found.append((Who.VISITOR, address))
            # Addresses for programs have no second language.
            if not name.startswith(FOR_PROGRAMS):
                found.append((Who.VISITOR, f"/es{address}"))
        return found

    def _desk(self) -> list[tuple[Who, str]]:
        named = [
            (pattern, name)
            for pattern, name in addresses()
            if pattern.startswith(("admin/", "account/"))
            and pattern not in UNNAMED
            and name not in COVERED
        ]
        found = [(Who.ADMINISTRATOR, address_of(name, self.of_desk)) for _, name in named]
        return found + [
            (Who.VISITOR, address_of(name, self.of_desk))
            for pattern, name in named
            if pattern.startswith("account/")
        ]

    def _clinic(self) -> list[tuple[Who, str]]:
        clinic, person = self.made.clinic, self.people[Who.CLINIC_ADMIN]
        found = [
            *(one.of(self.made) for one in clinic_addresses.ADDRESSES),
            *(reverse(f"clinics:{name}") for name in clinic_addresses.OF_NO_CLINIC),
            reverse("clinics:feed", args=[make_feed(clinic.memberships.get(user=person))]),
        ]
        return [(Who.CLINIC_ADMIN, address) for address in found]


@transaction.atomic
def make_places() -> Places:
    """Something behind each address; the catalogue is loaded already."""
    made = clinic_addresses.Made()
    people = {
        Who.ADMINISTRATOR: make_person("administrator", Role.ADMINISTRATOR),
        Who.CLINIC_ADMIN: make_member(made.clinic, ClinicRole.ADMIN),
    }
    places = Places(people, desk_objects(), made)
    # What stands behind an address is made when the address first is: here, and in no test of one.
    assert places.all
    return places
