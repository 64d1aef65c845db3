"""Fills the database of a load run: `python -m tests.load.sample CASES FILE`.

It makes the sample clinic, and sessions in which its staff have signed in, written to FILE.
"""

import json
import sys
from itertools import cycle, islice
from pathlib import Path

import django

django.setup()

from django.contrib.auth.models import User  # noqa: E402 -- wants Django set up
from django.test import Client  # noqa: E402 -- as above
from django.utils import timezone  # noqa: E402 -- as above

from appeals.clinics.samples.writing import write_sample_clinic  # noqa: E402 -- as above
from coverage_site.sign_in.second_factor import SET_UP  # noqa: E402 -- as above

AT_WORK = 200
"""So many are signed in at once, as the four people of the samples."""


def session_of(person: User) -> str:
    """The cookie of a new session in which a person has shown a second factor."""
    client = Client()
    client.force_login(person)
    session = client.session
    session[SET_UP] = person.pk
    session.save()
    return str(session.session_key)


def main(cases: int, file: Path) -> None:
    """Make all of it, and tell the visitors what they need to know."""
    staff = write_sample_clinic(cases, today=timezone.localdate())
    people = islice(cycle(staff.people.values()), AT_WORK)
    open_cases = staff.clinic.cases.filter(closed_at=None).values_list("pk", flat=True)
    told = {
        "clinic": str(staff.clinic.pk),
        "sessions": [session_of(one) for one in people],
        "cases": [str(one) for one in open_cases],
    }
    file.write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
