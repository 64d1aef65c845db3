"""Faults of an input: every one of them at once, each with its place and what would be right."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

# Control characters, halves of a pair, and what Unicode assigns to no character: a database or the
# XML of a Word file takes none of them. A PDF yields U+FFFE where it broke a word.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with an input; `place` is a path into it, as `positions[0].coverage`.

    What `text` names in braces stands in `values`, so that it can be said in another language.
    """

    place: str
    text: str
    values: Mapping[str, object] = field(default_factory=dict, hash=False)

    @property
    def message(self) -> str:
        """What is wrong, in English."""
        return self.text.format(**self.values) if self.values else self.text

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


class WrongValueError(ValueError):
    """One value that can't be taken, with what is wrong with it as a `Fault` has it."""

    def __init__(self, text: str, **values: object) -> None:
        self.text = text
        self.values = values
        super().__init__(text.format(**values))


class InputError(ValueError):
    """An input that can't be taken; `faults` holds everything wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def is_printable(text: str) -> bool:
    """Whether a text holds nothing that a page or a database can't take.

    >>> is_printable("two\\nlines"), is_printable("a\\x00b"), is_printable("\\ud800")
    (True, False, False)
    """
    return _UNPRINTABLE.search(text) is None


def printable(text: str) -> str:
    """The text without what no page can take; its lines end as ours do, and a tab is a space.

    >>> printable("treat\\ufffement\\x00\\r\\n2\\tweeks")
    'treatment\\n2 weeks'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return _UNPRINTABLE.sub("", text)


def join(place: str, name: str) -> str:
    """The place of a named field below another place.

    >>> join("plan", "insurer")
    'plan.insurer'
    """
    return f"{place}.{name}" if place else name


class FaultList:
    """Collects faults while an input is read, so that one reading names them all."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def add(self, place: str, text: str, **values: object) -> None:
        """Note a fault and read on."""
        self.faults.append(Fault(place, text, values))

    def mapping(self, data: object, place: str, known: Iterable[str]) -> Mapping[str, object]:
        """The known fields of an object; anything else in it is a fault."""
        names = list(known)
        if not isinstance(data, Mapping):
            self.add(place, "expected an object with named fields")
            return {}
        for name in data:
            if name not in names:
                self.add(
                    join(place, str(name)),
                    "there is no such field. Use: {names}",
                    names=", ".join(names),
                )
        return {name: data[name] for name in names if name in data}
