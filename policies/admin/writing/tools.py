"""The buttons at an open line, and the keys that press them."""

from dataclasses import dataclass

# By verb: the key, as a browser names it, and what it does.
SHORTCUTS = {
    "inside": ("i", "Add a line inside"),
    "after": ("Enter", "Add a line below"),
    "up": ("ArrowUp", "Move up"),
    "down": ("ArrowDown", "Move down"),
    "in": ("ArrowRight", "Indent"),
    "out": ("ArrowLeft", "Move out"),
    "delete": ("Delete", "Delete"),
}


@dataclass(frozen=True, slots=True)
class Tool:
    """A button at the open line."""

    do: str
    label: str
    shortcut: str = ""
    is_enabled: bool = True
    has_focus: bool = False


NAMES = {"i": "I", "ArrowUp": "↑", "ArrowDown": "↓", "ArrowRight": "→", "ArrowLeft": "←"}


def shortcuts() -> list[tuple[str, str]]:
    """Each key as it is printed, and what it does."""
    return [(NAMES.get(key, key), label) for key, label in SHORTCUTS.values()]
