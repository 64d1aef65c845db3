"""Two people on one case: what each changed is kept, and where both changed one field it is asked.

Three states of the form are held against one another: as it was shown, as it is saved now, and as
it was typed.
"""

from dataclasses import dataclass

from django.http import QueryDict

from policies.forms.fields import UNKNOWN
from policies.forms.history import SCORES, TRIED
from policies.forms.plan import PREFIX as PLAN
from policies.forms.questions import FACTS, ROW

CHOOSE = "choose"
THEIRS = "theirs"
# In these "I don't know" is no answer; in the plan it is one.
UNANSWERED = tuple(f"{one}-" for one in (FACTS, TRIED, SCORES))


@dataclass(frozen=True, slots=True)
class Merged:
    """The form with both changes in it; `taken` names what only they changed, `both` the rest."""

    data: QueryDict
    taken: tuple[str, ...]
    both: tuple[str, ...]


def merge(was: QueryDict, theirs: QueryDict, mine: QueryDict) -> Merged:
    """Put their changes into what was typed; a field that both changed keeps what was typed."""
    mine = _apart(was, theirs, mine)
    data = mine.copy()
    taken, both = [], []
    for name in sorted({*was, *theirs, *mine}):
        if name == f"{PLAN}-asker":
            continue
        then, now, typed = (_values(one, name) for one in (was, theirs, mine))
        if now in (typed, then):
            continue
        if typed == then:
            data.setlist(name, theirs.getlist(name))
            taken.append(name)
        else:
            both.append(name)
    return Merged(data, tuple(taken), tuple(both))


def chosen(typed: QueryDict, theirs: QueryDict, data: QueryDict) -> QueryDict:
    """What was typed, with theirs where `data`, the whole POST, says that it was chosen."""
    settled = typed.copy()
    for name in data:
        field = name.removeprefix(f"{CHOOSE}.")
        if field != name and data.get(name) == THEIRS:
            settled.setlist(field, theirs.getlist(field))
    return settled


def _values(data: QueryDict, name: str) -> list[str]:
    """What stands in a field, apart from how it was left empty."""
    empty = ("", UNKNOWN) if name.startswith(UNANSWERED) else ("",)
    return sorted(str(one) for one in data.getlist(name) if one not in empty)


def _apart(was: QueryDict, theirs: QueryDict, mine: QueryDict) -> QueryDict:
    """Two treatments that were added in the same row are two treatments."""
    rows = [
        {int(found[1]) for found in map(ROW.match, one) if found} for one in (was, theirs, mine)
    ]
    before, now, typed = rows
    free = max({0, *before, *now, *typed}) + 1
    moved = mine.copy()
    for row in sorted((now & typed) - before):
        inner = f"{TRIED}-{row}-"
        names = [one for one in mine if one.startswith(inner)]
        if not any(_values(mine, one) for one in names):
            continue
        if all(_values(mine, one) == _values(theirs, one) for one in names):
            continue
        for name in names:
            moved.setlist(f"{TRIED}-{free}-{name.removeprefix(inner)}", mine.getlist(name))
            del moved[name]
        for name in theirs:
            if name.startswith(inner):
                moved.setlist(name, theirs.getlist(name))
        free += 1
    return moved
