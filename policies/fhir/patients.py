"""Reads the patient: whether the person has died, the age on the day, and the home state."""

import datetime as dt

from policies.days import age_on
from policies.fhir.elements import Resource, date_of, objects, text_of
from policies.fhir.found import Kind, Notice, Person, PersonName, Reason
from policies.fhir.gathering import Gathering, origin_of
from policies.fhir.homes import read_home_state
from policies.vocabulary import fact

ADULT = 18
_MOST_NAMES = 10


def read_patient(patient: Resource, gathering: Gathering) -> list[Notice]:
    """Find the age of the living; what must be seen before all else comes back as notices."""
    if _has_died(patient, gathering.on):
        return [Notice.DECEASED]
    read_home_state(patient, gathering)
    born = date_of(patient.get("birthDate"))
    if born is None or born.first > gathering.on:
        return []
    oldest, youngest = age_on(born.first, gathering.on), age_on(born.last, gathering.on)
    origin = origin_of(patient, on=born)
    if oldest != youngest:
        # Either of two ages: the lower one as an answer could turn a verdict.
        gathering.leave_out(origin, Reason.AGE_OPEN, f"{max(youngest, 0)}\N{EN DASH}{oldest}")
    elif oldest <= (fact("age").max or 0):
        gathering.add(Kind.ANSWER, "age", oldest, origin)
    return [Notice.MINOR] if oldest < ADULT else []


def person_of(patient: Resource) -> Person:
    """Whose record it is, by every name it holds and the birth date as far as it is told."""
    born = date_of(patient.get("birthDate"))
    names = list(map(_name, objects(patient.get("name"))))[:_MOST_NAMES]
    return Person(
        names=tuple(one for one in names if one.told),
        born_first=born.first if born else None,
        born_last=born.last if born else None,
    )


def _name(name: Resource) -> PersonName:
    given = name.get("given")
    parts = given if isinstance(given, list) else [given]
    told = text_of(" ".join(filter(None, map(text_of, parts))))
    return PersonName(text_of(name.get("family")), told, text_of(name.get("text")))


def _has_died(patient: Resource, on: dt.date) -> bool:
    """Whether it says so, in either of two ways; a day that can't be read says so too."""
    if patient.get("deceasedBoolean") is True:
        return True
    if not patient.get("deceasedDateTime"):
        return False
    died = date_of(patient["deceasedDateTime"])
    return died is None or died.first <= on
