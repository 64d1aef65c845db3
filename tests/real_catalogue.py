"""The real catalogue from its files, read once for all modules of a worker."""

from functools import cache
from pathlib import Path

import policies
from policies.catalogue import Catalogue
from policies.folder import Folder, read_folder

DATA = Path(policies.__file__).parent / "data"


@cache
def real_folder() -> Folder:
    return read_folder(DATA)


@cache
def real_catalogue() -> Catalogue:
    """The same as the database gives it back; no database is asked."""
    folder = real_folder()
    return Catalogue(folder.insurers, folder.documents, folder.administrations)


def load_real_policies() -> None:
    """Write it to the database, as the command that loads policies does."""
    from django.db import connection  # noqa: PLC0415, as below

    from policies.loading import load_folder  # noqa: PLC0415, its models want Django set up first

    load_folder(real_folder())
    # What waits for the end of the transaction is looked at once, and not after each test.
    connection.check_constraints()
