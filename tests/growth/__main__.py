"""`python -m tests.growth [KIND NUMBER ...]`: what each kind of work costs as data grows.

Each kind has a database of its own on a server of this computer, dropped at the end.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.load.site import LoadError, database_beside, environment_of, manage

AMOUNTS = {
    "policies": ("600", "5000"),
    "cases": ("1000", "10000", "100000"),
    "letters": ("1000", "10000", "100000"),
}


def grow(kind: str, amounts: tuple[str, ...]) -> None:
    """Fill a database by and by, and measure meanwhile."""
    with (
        database_beside(os.environ["DATABASE_URL"]) as database,
        tempfile.TemporaryDirectory(prefix="growth-") as folder,
    ):
        environment = environment_of(database, Path(folder))
        manage(environment, "migrate", "--verbosity", "0")
        manage(environment, "load_policies")
        manage(environment, "collectstatic", "--noinput", "--verbosity", "0")
        command = (sys.executable, "-m", "tests.growth.works", kind, *amounts)
        if subprocess.run(command, env=environment, check=False).returncode:
            raise LoadError(f"{kind}: not measured to the end")


if __name__ == "__main__":
    wanted = {sys.argv[1]: tuple(sys.argv[2:])} if sys.argv[2:] else AMOUNTS
    try:
        for kind, amounts in wanted.items():
            grow(kind, amounts)
    except LoadError as error:
        sys.exit(str(error))
