"""A clinician who signs a letter in a browser, and what stands in the way."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from django.test import Client
from django.urls import reverse

from appeals.clinics.casework import OpenCase
from appeals.clinics.letters.signing import is_genuine
from appeals.models import CaseEvent, Clinician, Letter
from tests.appeals.clinics.building import reopened
from tests.appeals.clinics.lettering import (
    begun,
    give_form,
    make_clinician,
    make_letter_case,
    make_letter_clinic,
    user_of,
)
from tests.faults.own_server import OwnServer
from tests.faults.web import Answer, Web

CSRF = "s" * 32
FULL = """
    CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE 'could not extend file' USING ERRCODE = 'disk_full'; END $$;
    CREATE TRIGGER no_room BEFORE INSERT OR UPDATE ON {} EXECUTE FUNCTION no_room();
"""


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody who has a letter to sign, signed in."""

    clinician: Clinician
    opened: OpenCase
    letter: Letter
    session: str

    def read(self, web: Web) -> str:
        """Open the page with the letter; what is signed is what was read."""
        page = self._ask(web).text
        found = re.search(r'name="pages" value="(\w+)"', page)
        assert found is not None, page
        return found[1]

    def sign(self, web: Web, pages: str) -> Answer:
        told = {"read": "on", "name": self.clinician.name, "pages": pages}
        return self._ask(web, told | {"csrfmiddlewaretoken": CSRF})

    def _ask(self, web: Web, fields: dict[str, str] | None = None) -> Answer:
        opened = self.opened
        ids = (opened.case.clinic_id, opened.case.pk, self.letter.pk)
        cookie = f"sessionid={self.session}; csrftoken={CSRF}"
        return web.ask(reverse("clinics:letter_sign", args=ids), fields, cookie=cookie)

    def signatures(self) -> int:
        """How often the case says that the letter was signed; it may be true at most once."""
        letter = Letter.objects.get(pk=self.letter.pk)
        events = CaseEvent.objects.filter(case=self.opened.case, kind=CaseEvent.Kind.LETTER)
        signed = events.count() - 1  # the first tells that it was begun
        assert bool(signed) is (letter.signed_at is not None)
        assert not signed or is_genuine(reopened(self.opened), letter)
        return signed


def make_signer() -> Signer:
    clinic = make_letter_clinic()
    alex = make_clinician(clinic)
    opened = make_letter_case(clinic, alex)
    give_form(opened, user_of(alex))
    letter = begun(opened, alex, by=user_of(alex))
    browser = Client()
    browser.force_login(user_of(alex))
    return Signer(alex, opened, letter, browser.cookies["sessionid"].value)


@contextmanager
def held_up(server: OwnServer, table: str) -> Iterator[psycopg.Connection]:
    """Whoever comes to write to this table waits, in the midst of what they do."""
    with psycopg.connect(server.url()) as connection:
        connection.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE")
        yield connection


def is_held_up(connection: psycopg.Connection) -> bool:
    # Unlike this, what stands in pg_stat_activity stays the same for a whole transaction.
    return connection.execute("SELECT FROM pg_locks WHERE NOT granted").fetchone() is not None


@contextmanager
def full_at(server: OwnServer, table: str) -> Iterator[None]:
    """The disk is full as soon as something is written to this table, as PostgreSQL tells it."""
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute(FULL.format(table))
        try:
            yield
        finally:
            connection.execute("DROP FUNCTION no_room CASCADE")
