"""Reads the guide's files: texts in two languages, and faults with file, line and place."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol, TypeVar

from policies.catalogue.fields import FieldReader
from policies.catalogue.yaml_text import read_yaml
from policies.faults import InputError, join
from policies.guide.words import Words

HERE = Path(__file__).parent


class Named(Protocol):
    """What is found by its id."""

    @property
    def id(self) -> str: ...


Read = TypeVar("Read")
NamedItem = TypeVar("NamedItem", bound=Named)


class GuideError(Exception):
    """A file of the guide that can't be read; every line says file, line, place and fix."""


def read_file(name: str, read: Callable[[object], Read]) -> Read:
    """Read a file of this folder by `read`; GuideError names every fault with its line."""
    text = read_yaml((HERE / name).read_text(encoding="utf-8"))
    try:
        return read(text.data)
    except InputError as error:
        lines = [f"{name}, line {text.line_of(fault.place)}: {fault}" for fault in error.faults]
        raise GuideError("\n".join(lines)) from error


class GuideReader(FieldReader):
    """Reads fields as the catalogue does, and texts that stand in two languages."""

    def words(self, entries: Mapping[str, Any], name: str, place: str) -> Words:
        """Both languages, or a plain text where a name is the same in both."""
        raw = entries.get(name)
        if isinstance(raw, str):
            same = self.text(entries, name, place)
            return Words(same, same)
        inner = join(place, name)
        twins = self.mapping(raw, inner, ("en", "es"))
        return Words(
            en=self.text(twins, "en", inner, wanted="the English"),
            es=self.text(twins, "es", inner, wanted="the Spanish"),
        )

    def whole_list(
        self, data: object, read: Callable[[object, str], NamedItem]
    ) -> tuple[NamedItem, ...]:
        """A file that is one list; an id may stand once."""
        if not isinstance(data, list):
            self.add("", "expected a list")
            data = []
        found = tuple(read(item, f"[{index}]") for index, item in enumerate(data))
        seen: set[str] = set()
        for index, one in enumerate(found):
            if one.id in seen:
                self.add(f"[{index}].id", f"{one.id!r} stands twice; keep one")
            seen.add(one.id)
        self.raise_faults()
        return found
