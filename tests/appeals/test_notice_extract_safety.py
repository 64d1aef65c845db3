"""An upload is read in a process that can write nothing, knows nothing and is ended in time."""

import subprocess
import sys
import time
from pathlib import Path
from threading import BoundedSemaphore

import pytest

from appeals.notices import extract
from appeals.notices.extract import read_letter
from appeals.notices.pages import MOST_BYTES, LetterError, Refusal
from tests.appeals.letter_files import letter_content, pdf, picture, png, scan

PROJECT = Path(__file__).resolve().parents[2]
WRITING = "import pathlib, sys; pathlib.Path(sys.argv[1]).write_text('x')"
UNDER_LIMITS = "from appeals.notices import child; child.limit_itself(); "


def refusal(raw: bytes = b"") -> Refusal:
    with pytest.raises(LetterError) as caught:
        read_letter(raw)
    return caught.value.reason


def run_instead(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Let this code be the child process."""
    monkeypatch.setattr(extract, "_COMMAND", (sys.executable, "-B", "-c", code))


def under_limits(code: str, *arguments: str, given: bytes = b"") -> int:
    """How code ends that runs as the child does."""
    return subprocess.run(
        [sys.executable, "-B", "-c", UNDER_LIMITS + code, *arguments],
        cwd=PROJECT,
        input=given,
        capture_output=True,
        check=False,
    ).returncode


def test_neither_the_child_nor_tesseract_can_write_one_byte(tmp_path: Path) -> None:
    written, read = tmp_path / "written", tmp_path / "read"
    assert under_limits(WRITING, str(written)) == 1
    tesseract = "import subprocess, sys; sys.exit(subprocess.run(sys.argv[1:]).returncode)"
    page = png(picture())
    command = ("tesseract", "stdin", str(read), "-l", "eng")
    assert under_limits(tesseract, *command, given=page) != 0
    for file in tmp_path.iterdir():
        assert file.stat().st_size == 0
    # Without the limits it writes, so the test would notice.
    subprocess.run(command, input=page, capture_output=True, check=True)
    assert read.with_suffix(".txt").stat().st_size > 100


ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="macOS limits no memory")


@ON_LINUX
def test_what_eats_memory_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    saying = 'print(\'{"refusal": "no_text"}\')'
    run_instead(monkeypatch, UNDER_LIMITS + "bytearray(1 << 30); " + saying)
    assert refusal() is Refusal.NO_TEXT
    run_instead(monkeypatch, UNDER_LIMITS + "bytearray(8 << 30); " + saying)
    assert refusal() is Refusal.BROKEN


@ON_LINUX
def test_the_limits_stand_before_the_first_byte_is_read() -> None:
    child = subprocess.Popen(
        extract._COMMAND,  # noqa: SLF001
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    )
    assert child.stdin
    with child, child.stdin:
        limits = Path(f"/proc/{child.pid}/limits")
        # That of memory is set last: once it holds, all do.
        until = time.monotonic() + 30
        while "Max address space         unlimited" in (held := limits.read_text()):
            assert child.poll() is None
            assert time.monotonic() < until, "no limit of memory was set"
            time.sleep(0.01)
    assert "Max file size             0                    0" in held
    assert "Max core file size        0                    0" in held
    assert "Max cpu time              unlimited" not in held


def test_no_folder_is_touched_while_a_letter_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    working, temporary = tmp_path / "working", tmp_path / "temporary"
    for folder in (working, temporary):
        folder.mkdir()
    for name in ("appeals", "policies"):
        (working / name).symlink_to(PROJECT / name)
    monkeypatch.setattr(extract, "_PROJECT", working)
    monkeypatch.setattr(extract, "_ENVIRONMENT", (*extract._ENVIRONMENT, "TMPDIR", "HOME"))  # noqa: SLF001
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setenv("HOME", str(temporary))
    code = (PROJECT / "appeals", PROJECT / "appeals" / "notices", PROJECT / "policies")
    watched = (working, temporary, PROJECT, *code)

    def touched() -> list[int]:
        """When a file was last made or removed in each: both set a folder's clock."""
        return [folder.stat().st_mtime_ns for folder in watched]

    before = touched()
    for raw in (pdf(letter_content()), scan(picture())):
        read_letter(raw)
        assert touched() == before
    run_instead(monkeypatch, "import tempfile; tempfile.TemporaryFile()")
    assert refusal() is Refusal.BROKEN
    assert touched() != before  # a file that comes and goes is noticed


def test_the_child_knows_no_secret_and_no_django(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "encrypted")  # would come back as this refusal
    telling = "import os; print('{\"refusal\": \"%s\"}' % os.environ.get('SECRET_KEY', 'no_text'))"
    run_instead(monkeypatch, telling)
    assert refusal() is Refusal.NO_TEXT
    code = "import sys; assert 'django' not in sys.modules and 'yaml' not in sys.modules"
    assert under_limits(code) == 0


def test_what_hangs_is_ended_with_all_that_it_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extract, "SECONDS", 0.5)
    # The second process holds the pipe open: we would wait for it if it lived on.
    run_instead(monkeypatch, "import subprocess; subprocess.run(['sleep', '60'])")
    began = time.monotonic()
    assert refusal() is Refusal.TOOK_TOO_LONG
    assert time.monotonic() - began < 5


def test_what_counts_forever_is_ended_without_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    code = "from appeals.notices import child; child.SECONDS_OF_WORK = 1; child.limit_itself()"
    run_instead(monkeypatch, code + "\nwhile True: pass")
    assert refusal() is Refusal.TOOK_TOO_LONG


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("import os; os.abort()", id="crashes"),
        pytest.param("while True: print('[' * 100_000)", id="talks forever"),
        pytest.param("print('[' * 100_000)", id="nests without end"),
        pytest.param("print('null')", id="says nothing"),
        pytest.param('print(\'{"refusal": "because"}\')', id="refuses for no known reason"),
        pytest.param("print('{\"pages\": [{}]}')", id="has a page of no lines"),
        pytest.param(
            'print(\'{"pages": [{"is_scanned": 0, "sureness": 1, '
            '"lines": [[["a", NaN, 0, 1, 1]]]}]}\')',
            id="puts a word nowhere",
        ),
    ],
)
def test_a_child_that(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is turned into a refusal, whatever the file made of it."""
    run_instead(monkeypatch, code)
    assert refusal(pdf(letter_content())) is Refusal.BROKEN


def test_a_child_that_dies_before_it_has_read_all_is_no_crash(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run_instead(monkeypatch, "")
    assert refusal(bytes(MOST_BYTES)) is Refusal.BROKEN


def test_whoever_waits_too_long_for_a_reader_is_asked_to_come_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    taken = BoundedSemaphore(1)
    taken.acquire()
    monkeypatch.setattr(extract, "_READERS", taken)
    monkeypatch.setattr(extract, "_WAIT_SECONDS", 0.01)
    assert refusal(b"%PDF") is Refusal.BUSY
