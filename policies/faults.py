"""Faults of an input: every one of them at once, each with its place and what would be right."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


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
    return all(char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs") for char in text)


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
