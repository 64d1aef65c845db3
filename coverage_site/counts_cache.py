"""The cache in the database, read without running what stands there.

Django's own unpickles each value, so whoever may write to that table could run code in every
process of the site, and so come by the keys that are kept out of the database.
"""

import base64
import io
import pickle
from collections.abc import Iterable
from typing import Any, NoReturn

from django.core.cache.backends.db import DatabaseCache
from django.db import connections, router
from django.utils import timezone


class CountsCache(DatabaseCache):
    """Takes plain values alone: numbers, texts, and lists of them."""

    def get_many(self, keys: Iterable[str], version: int | None = None) -> dict[str, Any]:
        """The values that are kept and have not run out; expired rows wait for Django's culling."""
        asked = {self.make_and_validate_key(key, version=version): key for key in keys}
        connection = connections[router.db_for_read(self.cache_model_class)]
        table = connection.ops.quote_name(self._table)  # type: ignore[attr-defined]  # the stubs lack it
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT cache_key, value FROM {table}"  # noqa: S608 -- a name from the settings
                " WHERE cache_key = ANY(%s) AND expires > %s",
                [list(asked), timezone.now()],
            )
            return {asked[key]: plain(base64.b64decode(value)) for key, value in cursor.fetchall()}


class _Plain(pickle.Unpickler):
    """Finds no class and no function, without which a pickle runs nothing."""

    def find_class(self, module: str, name: str) -> NoReturn:
        raise pickle.UnpicklingError(f"{module}.{name} is no plain value.")


def plain(pickled: bytes) -> Any:
    """The value; UnpicklingError where it is more than a plain one.

    >>> plain(pickle.dumps([1.5, "y", True]))
    [1.5, 'y', True]
    """
    return _Plain(io.BytesIO(pickled)).load()
