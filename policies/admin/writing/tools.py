"""The buttons at an open line, and the keys that press them."""

from dataclasses import dataclass

from policies.outline import Spot

# By verb: the key, as a browser names it, and what it does.
SHORTCUTS = {
    "inside": ("i", "Add a line inside"),
    "after": ("Enter", "Add a line below"),
    "aftergroup": ("g", "Add a group below"),
    "up": ("ArrowUp", "Move up"),
    "down": ("ArrowDown", "Move down"),
    "in": ("ArrowRight", "Indent"),
    "out": ("ArrowLeft", "Move out"),
    "delete": ("Delete", "Delete"),
    "next": ("n", "Save and go to the next unfinished line"),
}


@dataclass(frozen=True, slots=True)
class Tool:
    """A button at the open line."""

    do: str
    label: str
    shortcut: str = ""
    is_enabled: bool = True
    has_focus: bool = False


NAMES = {
    "i": "I",
    "g": "G",
    "n": "N",
    "ArrowUp": "↑",
    "ArrowDown": "↓",
    "ArrowRight": "→",
    "ArrowLeft": "←",
}


def shortcuts() -> list[tuple[str, str]]:
    """Each key as it is printed, and what it does."""
    return [(NAMES.get(key, key.capitalize()), label) for key, label in SHORTCUTS.values()]


def line_tools(spot: Spot, focus: str) -> tuple[Tool, ...]:
    """The buttons that change where a line stands, and what stands around it."""
    key, may_add = spot.line.key, spot.may_have_siblings
    inside = (
        (
            _keyed("inside", f"inside:{key}:line"),
            Tool(f"inside:{key}:group", "Add a group inside"),
        )
        if spot.line.is_group
        else ()
    )
    return (
        *inside,
        _keyed("after", f"after:{key}:line", is_enabled=may_add),
        _keyed("aftergroup", f"after:{key}:group", is_enabled=may_add),
        Tool(f"wrap:{key}:group", "Put into a group"),
        _moving("up", key, focus, is_enabled=not spot.is_first),
        _moving("down", key, focus, is_enabled=not spot.is_last),
        _moving("in", key, focus, is_enabled=spot.may_indent),
        _moving("out", key, focus, is_enabled=spot.may_outdent),
        _keyed("delete", f"delete:{key}"),
    )


def foot_tools(spot: Spot) -> tuple[Tool, ...]:
    """What is added after a line, for whoever stands at the end of its fields."""
    key, may_add = spot.line.key, spot.may_have_siblings
    line, group = SHORTCUTS["after"][1], SHORTCUTS["aftergroup"][1]
    is_inside = len(spot.parents) > (0 if spot.list_name == "priorities" else 1)
    after_group = (
        (Tool(f"after:{spot.parents[-1].key}:line", "Add a line after this group"),)
        if is_inside and spot.is_last
        else ()
    )
    here = (Tool(f"after:{key}:line", line), Tool(f"after:{key}:group", group)) if may_add else ()
    return (*here, *after_group)


def part_tools(key: str, focus: str, *, is_first: bool, is_last: bool) -> tuple[Tool, ...]:
    """The buttons at a source or a position."""
    return (
        Tool(f"partup:{key}", "Move up", "", not is_first, focus == "partup"),
        Tool(f"partdown:{key}", "Move down", "", not is_last, focus == "partdown"),
        Tool(f"drop:{key}", "Delete"),
    )


def _moving(verb: str, key: str, focus: str, *, is_enabled: bool) -> Tool:
    shortcut, label = SHORTCUTS[verb]
    return Tool(f"{verb}:{key}", label, shortcut, is_enabled, focus == verb)


def _keyed(verb: str, do: str, *, is_enabled: bool = True) -> Tool:
    shortcut, label = SHORTCUTS[verb]
    return Tool(do, label, shortcut, is_enabled)
