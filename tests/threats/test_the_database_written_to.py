"""Whoever writes to the database alone runs no code and forges no session."""

import base64
import os
import pickle

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from policies.roles import Role
from tests.coverage_site.signing_in import make_person, type_password

pytestmark = pytest.mark.django_db


class Harmful:
    """Runs something as it is read."""

    def __reduce__(self) -> tuple[object, tuple[str, ...]]:
        return os.putenv, ("HARMED", "1")


def put_into_cache(key: str, value: object) -> None:
    cache.set(key, "y")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE sign_in_tries SET value = %s WHERE cache_key = %s",
            [base64.b64encode(pickle.dumps(value)).decode(), cache.make_key(key)],
        )


def test_nothing_that_is_put_into_the_cache_runs() -> None:
    put_into_cache("key", Harmful())
    with pytest.raises(pickle.UnpicklingError, match="putenv is no plain value"):
        cache.get("key")


@pytest.mark.parametrize("value", [[1.5, 2.5], "y", True, None, {"a": (1, b"2")}])
def test_plain_values_are_kept(value: object) -> None:
    cache.set("key", value)
    assert cache.get("key", "nothing") == value
    assert cache.get_many(["key", "other"]) == {"key": value}
    assert cache.get_many([]) == {}


def test_what_has_run_out_is_kept_no_longer() -> None:
    cache.set("key", 1, timeout=0)
    assert cache.get("key") is None
    assert cache.add("key", 2)
    assert cache.get("key") == 2


def test_a_session_that_was_written_into_the_database_opens_nothing(client: Client) -> None:
    person = make_person(role=Role.EDITOR)
    type_password(client)
    session = Session.objects.get()
    forged = base64.b64encode(b'{"_auth_user_id": "%d"}' % person.pk).decode()
    Session.objects.update(session_data=forged)
    assert client.get(reverse("admin:index")).status_code == 302
    assert session.session_data != forged
