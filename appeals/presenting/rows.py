"""A label with its lines, as most parts of the page show what they know."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A label, and one or more texts; `links` are (text, address)."""

    label: str
    texts: tuple[str, ...]
    is_list: bool = False
    links: tuple[tuple[str, str], ...] = ()
