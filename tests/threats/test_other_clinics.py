"""What belongs to another clinic is answered like what there never was: no more, and no slower."""

import uuid

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from appeals.clinics.rights import RIGHTS
from appeals.models import Role
from tests.appeals.clinics.building import make_clinic, make_member
from tests.appeals.clinics.clinic_addresses import ADDRESSES, Made
from tests.appeals.clinics.test_addresses import asked, signed_in

pytestmark = pytest.mark.django_db
NOBODY = {"member_id": 987_654, "invitation_id": 987_654, "block_id": 987_654}


def told(client: Client, method: str, address: str) -> tuple[object, ...]:
    """All that an answer tells, but for the address itself; and the work that it made."""
    with CaptureQueriesContext(connection) as queries:
        answer: HttpResponse = asked(client, method, address)
    page = answer.content.decode().replace(address, "ADDRESS")
    return answer.status_code, page, len(queries)


def test_a_thing_of_another_clinic_is_answered_like_one_that_never_was() -> None:
    made, theirs = Made(), Made(make_clinic("Another Sample Clinic"))
    clients = {role: signed_in(make_member(made.clinic, role)) for role in Role}
    for one in ADDRESSES:
        client = next(clients[role] for role in Role if one.right in RIGHTS[role])
        for thing in one.things:
            values = theirs.value(thing), NOBODY.get(thing, uuid.uuid4())
            for method in ("GET", "POST"):
                first, second = (
                    told(client, method, one.of(made, **{thing: value})) for value in values
                )
                assert first == second, (method, one, thing)


def test_another_clinic_is_answered_like_one_that_never_was() -> None:
    made = Made()
    client = signed_in(make_member(make_clinic("Another Sample Clinic"), Role.ADMIN))
    # All ask the same door, which test_addresses.py tries for each.
    for one in ADDRESSES[::8]:
        values = made.clinic.pk, uuid.uuid4()
        first, second = (told(client, "GET", one.of(made, clinic_id=value)) for value in values)
        assert first == second, one
