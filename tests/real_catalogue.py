"""The real catalogue from its files, read and loaded once for all modules of a worker."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import policies
from policies.catalogue import Catalogue
from policies.folder import Folder, read_folder

DATA = Path(policies.__file__).parent / "data"

loaded: dict[str, list[dict[str, Any]]] = {}
"""The rows that loading has made, by the names of their models."""


@cache
def real_folder() -> Folder:
    return read_folder(DATA)


@cache
def real_catalogue() -> Catalogue:
    """The same as the database gives it back; no database is asked."""
    folder = real_folder()
    return Catalogue(folder.insurers, folder.documents, folder.administrations)


SOME = (
    "aetna--cpb-0938",
    "bcbs-al--mp-446",
    "bcbs-ma--087",
    "bcbs-ma--291",
    "highmark--i-212",
    "va--iv-ketamine",
)
FEW = 5


def load_some_policies(*stems: str) -> None:
    """Write a few documents to the database with a few of their cases, as the command does."""
    from policies.loading import load_folder  # noqa: PLC0415, its models want Django set up first

    folder = real_folder()
    some = tuple(one for one in folder.documents if one.stem in (stems or SOME))
    cases = {one.stem: folder.cases.get(one.stem, ())[:FEW] for one in some}
    load_folder(replace(folder, documents=some, cases=cases))


def load_real_policies() -> None:
    """Write all of it to an empty database: loaded the first time, and from then on copied."""
    from django.db import connection, transaction  # noqa: PLC0415, as above

    with transaction.atomic():
        _copy() if loaded else _load()
    # What waits for the end of the transaction is looked at once, and not after each test.
    connection.check_constraints()


def _load() -> None:
    from policies.loading import load_folder  # noqa: PLC0415, as above

    load_folder(real_folder())
    for model in _models():
        rows = model.objects.order_by("pk").values()
        # The moment and the transaction of an event are those in which its row is written.
        fields = model._meta.fields  # noqa: SLF001 -- Django documents it
        db_made = {field.name for field in fields if field.has_db_default()}
        loaded[model.__name__] = [
            {name: value for name, value in row.items() if name not in db_made} for row in rows
        ]


def _copy() -> None:
    from django.core.management.color import no_style  # noqa: PLC0415, as above
    from django.db import connection  # noqa: PLC0415, as above

    for model in _models():
        model.objects.bulk_create(model(**row) for row in loaded[model.__name__])
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), _models()):
            cursor.execute(statement)


def _models() -> list[Any]:
    """The models of the catalogue; keys of rows that come later are checked at the end."""
    from django.apps import apps  # noqa: PLC0415, as above

    models = apps.get_app_config("policies").get_models()
    return [one for one in models if not one._meta.proxy]  # noqa: SLF001 -- Django documents it
