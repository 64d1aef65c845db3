"""What the templates of the page are given."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from policies.admin.effects.views import effect_in_short
from policies.admin.proving.presenting import present_cases
from policies.admin.reviewing.page import comments_of, threads
from policies.admin.writing.editor import EditorView, editor_of
from policies.admin.writing.rows import fault_lines, find_open, outline_of
from policies.draft_course import course_of
from policies.draft_states import TO_BE_SAID, draft_faults, working_of
from policies.models import PolicyVersion
from policies.outline import EDITION, Working, part_fields
from policies.outline.faulty import PartFault
from policies.outline.readable import readable
from policies.presenting.positions import present_position
from policies.proofs import proof_of
from policies.standing import gone_quotes

UNSAID = PartFault(EDITION, "change_note", "Say what this revision changes.")
# On these focus stays after they were pressed.
BUTTONS = {"up", "down", "in", "out", "partup", "partdown", "undo", "redo"}


@dataclass(frozen=True, slots=True)
class Shown:
    """What is open on the page, where focus lands, and what is said of the last change.

    `note` says what someone else did meanwhile; `texts` are what was pasted and not taken;
    `tells_all` says that the open part was saved as it is, by its button.
    """

    opened: str = ""
    focus: str = ""
    said: str = ""
    refusal: str = ""
    note: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    tells_all: bool = False


def to_mend(version: PolicyVersion, working: Working) -> tuple[PartFault, ...]:
    """All that is to be done before a draft can be published."""
    faults = draft_faults(version, working)
    if working.fields.get("change_note") != TO_BE_SAID:
        return faults
    return (UNSAID, *faults)


def page_context(version: PolicyVersion, shown: Shown) -> dict[str, Any]:
    """The draft as it stands, for its page or for any part of it."""
    working = working_of(version)
    faults = to_mend(version, working)
    held = readable(working)
    # The cases run on the draft as it could be read last.
    proof = proof_of(version)
    editor = editor_of(working, shown.opened, faults, tells_all=shown.tells_all)
    comments = [one for one in comments_of(version) if not one.settled]
    outline = outline_of(working, faults, opened=shown.opened, focus=shown.focus, texts=shown.texts)
    return {
        "version": version,
        "shown": shown,
        "faults": fault_lines(working, faults),
        "outline": outline,
        "open_row": find_open(outline),
        "editor": editor,
        "focused": focused_field(editor, shown.focus),
        "course": course_of(version),
        "positions": [
            present_position(one, held.edition, number=number)
            for number, one in enumerate(held.edition.positions, 1)
        ],
        "left_out": held.left_out,
        "gone": gone_quotes(version.policy, held.edition),
        "cases": None if proof is None else present_cases(proof, working),
        "cases_lag": any(one != UNSAID for one in faults),
        "effect": None
        if proof is None
        else effect_in_short(proof, working, held, on=timezone.localdate()),
        "threads": threads(comments),
        "apart": [one for one in comments if part_fields(working, one.part) is None],
    }


def focused_field(editor: EditorView | None, focus: str) -> str:
    """The field on which focus lands: the one named, or the first of the part just opened."""
    if editor is None or focus.startswith("row:"):
        return ""
    names = [one.spec.name for group in editor.groups for one in group.fields]
    if focus in names:
        return focus
    return "" if focus in BUTTONS else names[0]
