"""A list pasted into a position: its text until it is taken, and what is to mend in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count

from django.http import QueryDict

from policies.draft_states import fresh_keys
from policies.outline import LISTS, OutlineError, Working, walk
from policies.outline.operations import blank_line
from policies.outline.pasting import PastedError, paste_list, read_list
from policies.outline.unfinished import first_unfinished

FIELD = "paste."


@dataclass(frozen=True, slots=True)
class PasteView:
    """The field for pasting a list, with the text that was not taken."""

    name: str
    text: str = ""
    faults: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return self.name.replace(".", "-")


def paste_view(key: str, name: str, texts: Mapping[str, str]) -> PasteView:
    """The field for a list of a position."""
    field = f"{FIELD}{key}.{name}"
    text = texts.get(field, "")
    return PasteView(field, text, _faults(text) if text else ())


def _faults(text: str) -> tuple[str, ...]:
    try:
        read_list(text, map(str, count()))
    except PastedError as error:
        return error.faults
    return ()


def kept_texts(post: QueryDict, *, is_refused: bool) -> dict[str, str]:
    """What stands in the fields for pasting and was not taken by the button just pressed."""
    verb, _, rest = post.get("do", "").partition(":")
    taken = FIELD + rest.replace(":", ".") if verb == "paste" and not is_refused else ""
    return {
        name: text
        for name, text in post.items()
        if isinstance(text, str) and name.startswith(FIELD) and name != taken and text.strip()
    }


def pasted(
    working: Working, post: QueryDict, key: str, name: str
) -> tuple[Working, int, tuple[str, str]]:
    """The draft with a pasted list, how many lines came, and the first that wants something."""
    if name not in LISTS:
        raise OutlineError("A position has no such list.")
    lines = read_list(post.get(f"{FIELD}{key}.{name}", ""), fresh_keys())
    changed = paste_list(working, key, name, lines, blank_line(next(fresh_keys()), "all_of"))
    new = [one.key for one in walk(lines)]
    wanting = first_unfinished(changed, new)
    return changed, len(new), wanting
