"""What a screen of the way to a letter carries on, as hidden fields; nothing is stored."""

from collections.abc import Callable

from appeals.forms.letters.facts import PREFIX as TOLD
from appeals.letters.edits import PREFIX as EDIT
from appeals.screens.letters.memory import Memory, Step, told_before
from appeals.screens.letters.posted import EDITS_OF, Posted


def carried(
    posted: Posted, memory: Memory, *, is_shown: Callable[[str], bool] = lambda _: False
) -> tuple[tuple[str, str], ...]:
    """The hidden fields of a screen: where it stands, and what no field of it shows.

    A fact that is as the denial has it does not travel, so that it follows the denial.
    """
    pairs = [*told_before(posted.data)]
    inner = f"{TOLD}-"
    for name, values in posted.data.lists():
        if not name.startswith(inner) or not values:
            continue
        default = posted.to_confirm.get(name.removeprefix(inner), "")
        # A text that a form sends has the line ends of the net.
        if values[-1].replace("\r\n", "\n") != default:
            pairs.append((name, values[-1]))
    if posted.case is None or (posted.has_edits_of_another and memory.at is not Step.EDIT):
        pairs += [
            (name, str(posted.data.get(name))) for name in posted.data if name.startswith(EDIT)
        ]
    else:
        pairs += (*posted.edits.fields(), (EDITS_OF, posted.edits_of))
    return (*memory.fields(), *((name, value) for name, value in pairs if not is_shown(name)))
