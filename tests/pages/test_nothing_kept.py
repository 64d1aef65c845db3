"""Nothing that a person answers is kept: a walk with marked values, and a search for them.

The marks are looked for in logs, the database, cookies, the cache, temporary files, what the
browser stores, addresses, and the Referer of every request.
"""

import json
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.testcases import QuietWSGIRequestHandler
from django.utils import timezone
from playwright.sync_api import Page, Request, expect
from psycopg.sql import SQL, Identifier

from policies.wording.dates import date
from tests.appeals.letter_files import LETTER, letter_content, pdf
from tests.pages.walking import ESKETAMINE, Walk
from tests.policies.fhir.bundles import ICD10CM, bundle, condition, observation

TOLD = ("markedadministrator", "markedmedicine", "f33.2")
# And the name of the file of answers, and the code as bills write it.
MARKS = (*TOLD, "markedfile", "f332")


def marked(texts: Iterator[str] | list[str]) -> list[str]:
    """The texts that hold a mark."""
    return [text for text in texts if any(mark in text.casefold() for mark in MARKS)]


def every_row() -> Iterator[str]:
    """The whole database as text, a row at a time."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select table_name from information_schema.tables where table_schema = 'public'"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(SQL("select t::text from {} t").format(Identifier(table)))
            for (row,) in cursor.fetchall():
                yield f"{table}: {row}"


def every_temporary_file() -> set[Path]:
    """The small files where a program would spool what it was sent."""
    return {path for path in Path(tempfile.gettempdir()).glob("*") if path.is_file()}


def saved_by_a_walk(walk: Walk) -> dict[str, Any]:
    """Walk with marked values to the answer and its papers; return the answers as a file."""
    page = walk.page
    walk.tell_plan(insurer="CareFirst BlueCross BlueShield", state="Maryland", treatment=ESKETAMINE)
    expect(page.locator(".with-checklist")).to_be_visible()
    for name in ("insurer", "treatment"):
        walk.press("Show the answer so far") if page.locator(".with-checklist").count() else None
        walk.go_on("Change my answers", "Check your answers")
        page.locator(f"button[value='change.{name}']").first.click()
        page.get_by_role("group").first.wait_for()
        page.locator("details.details summary").last.click()
        if name == "insurer":
            walk.type("Another company that decides (optional)", "Markedadministrator")
        else:
            walk.type("Diagnosis code (optional)", "F33.2")
        walk.send("Continue")
    while page.locator(".with-checklist").count():
        if page.locator("[name='tried-0-drug']").count():
            page.locator("[name='tried-0-drug']").fill("Markedmedicine")
        walk.send("Continue")
    walk.is_at("Check your answers")
    with page.expect_download() as download:
        walk.press("Save my answers")
    text = download.value.path().read_text("utf-8")
    walk.press("Show my answer")
    expect(page.locator(".answer h1")).to_be_visible()
    for paper in ("One page for the doctor", "Log sheet for calls and papers"):
        with page.expect_download() as download:
            walk.press(paper)
        assert not marked([download.value.suggested_filename])
    page.get_by_role("link", name=walk.words("Policies"), exact=True).first.click()
    told: dict[str, Any] = json.loads(text)
    return told


def denied_by_a_walk(walk: Walk) -> None:
    """Have a marked letter read, and go on to the result and its dates."""
    page = walk.page
    page.goto("/denied/")
    walk.choose("Where does this health coverage come from?", "The military or the VA")
    walk.press("Continue")
    walk.choose("Which program made the decision?", "TRICARE")
    walk.go_on("Continue", "The denial notice")
    today = date(timezone.localdate())
    lines = [line.replace("March 14, 2026", today) for line in LETTER]
    letter = pdf(letter_content(("Markedadministrator", *lines)))
    file = {"name": "markedfile.pdf", "mimeType": "application/pdf", "buffer": letter}
    page.locator("#id_file").set_input_files(file)  # type: ignore[arg-type]
    walk.go_on("Read my letter", "Dates on the notice")
    expect(page.get_by_text("Markedadministrator").first).to_be_visible()
    page.get_by_label("I looked at the notice, and this is the date printed on it.").check()
    walk.choose("What is this notice?", "The first decision")
    walk.go_on("Continue", "What was refused")
    walk.go_on("Continue", "Why they said no")
    walk.type("Reference or claim numbers (optional)", "Markedmedicine, F33.2")
    walk.press("Show what to do")
    expect(page.locator("svg[role=img]").first).to_be_visible()
    with page.expect_download() as download:
        walk.press("Save the dates (.ics)")
    assert not marked([download.value.suggested_filename, download.value.path().read_text("utf-8")])


@contextmanager
def nothing_is_kept(
    page: Page,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[None]:
    """Hold a walk to it, wherever something of it could stay behind."""
    # The server of the tests keeps no access log; this one writes each line that a server would.
    monkeypatch.setattr(QuietWSGIRequestHandler, "log_message", BaseHTTPRequestHandler.log_message)
    caplog.set_level("DEBUG")
    addresses: list[str] = []

    def note(request: Request) -> None:
        addresses.append(f"{request.url} {request.headers.get('referer', '')}")

    page.on("request", note)
    rows, files = set(every_row()), every_temporary_file()
    yield
    assert marked(addresses) == []
    assert [row for row in every_row() if row not in rows] == []
    printed = capfd.readouterr()
    assert '"POST /' in printed.err
    assert marked([caplog.text, *printed]) == []
    assert marked([str(caches["default"].__dict__)]) == []
    assert marked([json.dumps(page.context.cookies(), default=str)]) == []
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, history.state])")
    assert marked([kept]) == []
    assert page.evaluate("indexedDB.databases().then(found => found.length)") == 0
    assert page.evaluate("caches.keys().then(found => found.length)") == 0
    new = [path for path in every_temporary_file() - files if path.stat().st_size < 5_000_000]
    assert marked([path.read_bytes().decode("latin-1") for path in new]) == []


def record_read_by_a_walk(walk: Walk) -> None:
    """Have a marked record read, take a fact of it, and go on to all answers."""
    page = walk.page
    coded = {**condition(ICD10CM, "F33.2"), "code": {"text": "Markedmedicine"}}
    scored = observation("44261-6", valueInteger=21)
    content = json.dumps(bundle(coded, scored)).encode()
    page.locator("#from-record > summary").click()
    file = {"name": "markedfile.json", "mimeType": "application/json", "buffer": content}
    page.locator("#id_health_record").set_input_files(file)  # type: ignore[arg-type]
    walk.go_on("Read my record", "What the record says")
    expect(page.locator("[name='record']")).to_have_value(re.compile("Markedmedicine"))
    walk.go_on("Go on with these facts", "Check your answers")


def test_a_check_with_marked_values_leaves_nothing_behind(
    desktop: Walk,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = desktop.page
    with nothing_is_kept(page, caplog, capfd, monkeypatch):
        told = saved_by_a_walk(desktop)
        # The walk did tell each thing that is looked for now.
        assert [mark for mark in TOLD if mark not in json.dumps(told).casefold()] == []
        page.goto("/check/")
        page.get_by_text(desktop.words("I saved my answers before")).click()
        file = {"name": "markedfile.json", "mimeType": "application/json", "buffer": b"{}"}
        page.get_by_label("Your saved answers").set_input_files(
            {**file, "buffer": json.dumps(told).encode()}  # type: ignore[arg-type]
        )
        desktop.go_on("Load my answers", "Check your answers")
        record_read_by_a_walk(desktop)


def test_a_denial_with_a_marked_letter_leaves_nothing_behind(
    desktop: Walk,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with nothing_is_kept(desktop.page, caplog, capfd, monkeypatch):
        denied_by_a_walk(desktop)


def written_by_a_walk(walk: Walk) -> None:
    """Write a letter with marked values, change a part of it, and take every paper away."""
    page = walk.page
    page.goto("/letters/")
    walk.go_on("Just write one", "Which document do you need?")
    walk.go_on("Continue", "What it is about")
    walk.go_on("Continue", "About you")
    page.locator("[name='told-clinician_name']").fill("Markedadministrator")
    walk.go_on("Continue", "The patient")
    page.locator("[name='told-member_id']").fill("F33.2")
    walk.go_on("Show the letter so far", "Your letter")
    page.locator("button[value='part.open.order']").click()
    expect(page.locator("textarea")).to_be_focused()
    page.locator("textarea").fill("Markedmedicine")
    expect(page.locator("#page-order")).to_contain_text("Markedmedicine")
    page.locator("button[value='fill-papers']").first.click()
    page.get_by_label("The chart notes").check()
    walk.go_on("Back to the letter", "Your letter")
    walk.go_on("Continue", "Your letter is a draft")
    letter = pdf(letter_content(("Markedadministrator",)))
    file = {"name": "markedfile.pdf", "mimeType": "application/pdf", "buffer": letter}
    page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    for paper in (
        "Download the letter (PDF)",
        "As a Word file (.docx)",
        "Download my sheet (PDF)",
        "Download the packet (PDF)",
    ):
        with page.expect_download() as download:
            walk.press(paper)
        assert not marked([download.value.suggested_filename])


def test_a_letter_with_marked_values_leaves_nothing_behind(
    desktop: Walk,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with nothing_is_kept(desktop.page, caplog, capfd, monkeypatch):
        written_by_a_walk(desktop)
