"""Copies of documents: what can be attached, what is kept of it, and what hostile files meet."""

import datetime as dt
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from threading import BoundedSemaphore

import pypdf
import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from policies import copies
from policies.attaching import SameFileError, attach_copy
from policies.copies import CopyError, CopyRefusal, extract
from policies.copies.extract import read_copy
from policies.models import Policy, PolicyEvent, SourceCopy
from policies.roles import Role
from tests.appeals.letter_files import LETTER, letter_content, pdf, picture, scan
from tests.coverage_site.signing_in import make_person
from tests.policies.many import make_many

DAY = dt.date(2026, 11, 25)
WEB = b"""<html><head><title>No</title><style>p {}</style></head><body><h1>Ketamine</h1>
<p>Covered for <b>adults</b> &ge;&nbsp;18.</p><script>alert("no")</script><ul><li>One<li>Two</ul>"""


def refusal(name: str, raw: bytes) -> CopyRefusal:
    with pytest.raises(CopyError) as caught:
        read_copy(name, raw)
    return caught.value.reason


def encrypted(raw: bytes) -> bytes:
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(BytesIO(raw)))
    writer.encrypt("secret")
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


# Reading


def test_the_text_of_a_pdf_is_taken_page_by_page() -> None:
    first, second = read_copy("policy.pdf", pdf(letter_content(), letter_content(["Page two."])))
    assert first.splitlines() == list(LETTER)
    assert second.strip() == "Page two."


def test_a_pdf_of_pictures_has_no_text() -> None:
    assert read_copy("scan.pdf", scan(picture())) == []


def test_a_saved_page_is_read_without_what_a_browser_hides() -> None:
    (page,) = read_copy("page.html", WEB)
    assert page.splitlines() == ["Ketamine", "Covered for adults ≥ 18.", "One", "Two"]


def test_a_text_is_read_as_it_is_in_old_signs_too() -> None:
    assert read_copy("page.txt", "Covered “so”.".encode("cp1252")) == ["Covered “so”."]
    assert read_copy("page.txt", "\ufeffCovered ≥ 18.".encode()) == ["Covered ≥ 18."]


@pytest.mark.parametrize(
    ("name", "raw", "expected"),
    [
        pytest.param("a.pdf", b"", CopyRefusal.EMPTY, id="an empty file"),
        pytest.param("a.pdf", WEB, CopyRefusal.NOT_A_PDF, id="an error page called a PDF"),
        pytest.param("a.pdf", b"%PDF-1.7\nno more", CopyRefusal.BROKEN, id="cut off"),
        pytest.param("a.docx", b"PK\x03\x04", CopyRefusal.NOT_A_DOCUMENT, id="a Word file"),
        pytest.param("a.txt", b"\x7fELF\x00\x00", CopyRefusal.NOT_A_DOCUMENT, id="a program"),
        pytest.param("a", b"words", CopyRefusal.NOT_A_DOCUMENT, id="without an ending"),
        pytest.param(
            "a.pdf", bytes(copies.MOST_BYTES + 1), CopyRefusal.TOO_LARGE, id="too many bytes"
        ),
        pytest.param(
            "a.txt", b"a " * (copies.MOST_SIGNS // 2 + 1), CopyRefusal.TOO_MUCH_TEXT, id="a novel"
        ),
    ],
)
def test_what_is_no_document_is_refused_by_its_reason(
    name: str, raw: bytes, expected: CopyRefusal
) -> None:
    assert refusal(name, raw) is expected


def test_a_pdf_with_a_password_or_too_many_pages_is_refused() -> None:
    assert refusal("a.pdf", encrypted(pdf(letter_content()))) is CopyRefusal.ENCRYPTED
    assert refusal("a.pdf", pdf(*[""] * (copies.MOST_PAGES + 1))) is CopyRefusal.TOO_MANY_PAGES


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        pytest.param("import os; os.abort()", CopyRefusal.BROKEN, id="crashes"),
        pytest.param("print('null')", CopyRefusal.BROKEN, id="says nothing"),
        pytest.param("print('{\"pages\": [1]}')", CopyRefusal.BROKEN, id="has no text"),
        pytest.param('print(\'{"pages": "a"}\')', CopyRefusal.BROKEN, id="has no pages"),
        pytest.param("print('[' * 100_000)", CopyRefusal.BROKEN, id="nests without end"),
        pytest.param(
            "import subprocess; subprocess.run(['sleep', '60'])",
            CopyRefusal.TOOK_TOO_LONG,
            id="hangs",
        ),
    ],
)
def test_a_reader_that(code: str, expected: CopyRefusal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is turned into a refusal, whatever the file made of it."""
    monkeypatch.setattr(extract, "SECONDS", 0.5 if "sleep" in code else 20)
    monkeypatch.setattr(extract, "_COMMAND", (sys.executable, "-B", "-c", code))
    assert refusal("a.pdf", b"%PDF-1.7") is expected


def test_signs_that_no_page_can_take_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    code = 'import json; print(json.dumps({"pages": ["a\\x00b\\ud800c\\r\\nd"]}))'
    monkeypatch.setattr(extract, "_COMMAND", (sys.executable, "-B", "-c", code))
    assert read_copy("a.pdf", b"%PDF-1.7") == ["abc\nd"]


def test_the_reader_can_write_no_file_and_knows_no_django(tmp_path: Path) -> None:
    written = tmp_path / "written"
    code = (
        "import pathlib, sys; from policies.copies import child; "
        "assert 'django' not in sys.modules; "
        "child.hold_limits(seconds=child.SECONDS_OF_WORK, memory=child.MEMORY); "
        "pathlib.Path(sys.argv[1]).write_text('x')"
    )
    command = [sys.executable, "-B", "-c", code, str(written)]
    ended = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, check=False)
    assert b"AssertionError" not in ended.stderr
    assert ended.returncode != 0
    assert written.stat().st_size == 0


def test_whoever_waits_too_long_is_asked_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = BoundedSemaphore(1)
    taken.acquire()
    monkeypatch.setattr(extract, "_READERS", taken)
    monkeypatch.setattr(extract, "_WAIT_SECONDS", 0.01)
    assert refusal("a.pdf", b"%PDF-1.7") is CopyRefusal.BUSY


def test_an_upload_of_the_most_bytes_reaches_the_desk() -> None:
    assert settings.FILE_UPLOAD_MAX_MEMORY_SIZE >= copies.MOST_BYTES


def test_every_refusal_says_what_to_do() -> None:
    assert set(copies.IN_WORDS) == set(CopyRefusal)


# Keeping


@pytest.fixture
def policy(db: None) -> Policy:
    return make_many(1)[0]


@pytest.fixture
def anna(db: None) -> User:
    return make_person("anna", Role.EDITOR)


def attach(policy: Policy, anna: User, raw: bytes, name: str = "policy.pdf") -> SourceCopy:
    return attach_copy(policy, name=name, content=raw, taken_on=DAY, by=anna)


def test_a_copy_is_kept_with_its_text_and_hash_and_an_event(policy: Policy, anna: User) -> None:
    raw = pdf(letter_content())
    copy = SourceCopy.objects.get(pk=attach(policy, anna, raw).pk)
    assert bytes(copy.content) == raw
    assert (copy.size, len(copy.sha256), len(copy.pages)) == (len(raw), 64, 1)
    event = PolicyEvent.objects.about(policy)[0]
    assert (event.kind, event.by) == (PolicyEvent.Kind.ATTACHED, anna)
    assert "policy.pdf" in event.what


def test_the_same_file_is_not_kept_twice_and_is_told_when_it_was(
    policy: Policy, anna: User
) -> None:
    raw = pdf(letter_content())
    attach(policy, anna, raw)
    with pytest.raises(SameFileError, match="the document has not changed since"):
        attach(policy, anna, raw, name="other.pdf")
    assert SourceCopy.objects.count() == 1


def test_a_refused_file_leaves_nothing(policy: Policy, anna: User) -> None:
    before = PolicyEvent.objects.count()
    with pytest.raises(ValidationError, match="called a PDF and is none"):
        attach(policy, anna, b"<html>")
    assert not SourceCopy.objects.exists()
    assert PolicyEvent.objects.count() == before


@pytest.mark.parametrize("column", ["content", "pages", "sha256", "taken_on"])
def test_the_database_refuses_to_change_a_copy(policy: Policy, anna: User, column: str) -> None:
    copy = attach(policy, anna, b"words", name="a.txt")
    value = {"content": b"x", "pages": ["x"], "taken_on": DAY - dt.timedelta(1)}.get(column, "x")
    with pytest.raises(DatabaseError), transaction.atomic():
        SourceCopy.objects.filter(pk=copy.pk).update(**{column: value})
