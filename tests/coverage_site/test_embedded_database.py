import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from coverage_site import embedded_database

REPOSITORY = Path(__file__).resolve().parents[2]
WHICH_SERVER = "SELECT pg_postmaster_start_time()"


@pytest.fixture
def project() -> Iterator[Path]:
    """A checkout of its own, where every account may enter, with a short path for the socket."""
    folder = Path("/var/tmp") / f"coverage-test-{os.getpid()}"  # noqa: S108 -- pytest's own folders are private
    folder.mkdir()
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(embedded_database.home(folder), ignore_errors=True)
    shutil.rmtree(folder)


def ask(address: str, question: str = WHICH_SERVER) -> object:
    with psycopg.connect(address) as connection:
        row = connection.execute(question).fetchone()
    assert row is not None
    return row[0]


def pid_of(project: Path) -> int:
    pid_file = embedded_database.home(project) / "data" / "postmaster.pid"
    return int(pid_file.read_text().split()[0])


def test_a_second_process_shares_the_server(project: Path) -> None:
    with embedded_database.running(project) as address:
        second = subprocess.run(
            [sys.executable, "-c", SECOND_PROCESS, str(project)],
            cwd=REPOSITORY,
            capture_output=True,
            text=True,
            check=True,
        )
        assert second.stdout.strip() == str(pid_of(project))
        assert ask(address), "the first process keeps the server when the second leaves"
    assert not embedded_database.is_running(project), "the last to leave stops it"


SECOND_PROCESS = """
import sys, pathlib
from coverage_site import embedded_database
project = pathlib.Path(sys.argv[1])
with embedded_database.running(project):
    pid_file = embedded_database.home(project) / "data" / "postmaster.pid"
    print(pid_file.read_text().split()[0])
"""


def test_it_starts_again_after_kill_9(project: Path) -> None:
    with embedded_database.running(project) as address:
        with psycopg.connect(address) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 1 AS number")
        connection.close()
        ask(address, "SELECT pg_switch_wal()::text")
        before = pid_of(project)
        os.kill(before, signal.SIGKILL)
        with embedded_database.running(project):
            assert pid_of(project) != before
            assert ask(address, "SELECT number FROM kept") == 1


@pytest.mark.parametrize("length", [pytest.param(120, id="the path is too long for a socket")])
def test_a_folder_it_cannot_use_is_named_with_the_one_it_uses(
    project: Path, length: int, capsys: pytest.CaptureFixture[str]
) -> None:
    checkout = project / ("x" * length)
    checkout.mkdir()
    assert_it_falls_back(checkout, capsys)


def test_a_checkout_in_a_private_home_folder_stays_private(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    private = project / "home"
    checkout = private / "checkout"
    checkout.mkdir(parents=True)
    private.chmod(0o700)
    if os.geteuid() != 0:
        # Our own account may enter: the server runs under it, and the usual folder serves.
        with embedded_database.running(checkout) as address:
            assert ask(address)
        assert (checkout / "var" / "postgresql" / "data").is_dir()
    else:
        assert_it_falls_back(checkout, capsys)
    assert private.stat().st_mode & 0o777 == 0o700


def assert_it_falls_back(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with embedded_database.running(checkout) as address:
        said = capsys.readouterr().err
        used = embedded_database.home(checkout)
        assert used.is_relative_to("/var/tmp")  # noqa: S108 -- the folder it names
        assert str(checkout / "var" / "postgresql") in said
        assert str(used) in said
        assert ask(address)
    shutil.rmtree(used)
