"""What can be undone in a draft, and what can be done again."""

import datetime as dt
from dataclasses import dataclass, replace

from policies.models import DraftStep, PolicyVersion

UNDID = "Undid: "
REDID = "Redid: "
# So long after the one before it, a change of the same field goes on with that change.
RUN = dt.timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Change:
    """A change as one undoes it: the counters before it and, once undone, after it."""

    what: str
    before: int
    after: int = 0


@dataclass(frozen=True, slots=True)
class Course:
    """The newest step of a draft, and the changes that its two buttons are about."""

    last: DraftStep | None = None
    undo: Change | None = None
    redo: Change | None = None


def course_of(version: PolicyVersion) -> Course:
    """Where a draft stands between its changes; pauses in typing at one field are one change."""
    done: list[Change] = []
    undone: list[Change] = []
    last: DraftStep | None = None
    for step in DraftStep.objects.filter(version=version).select_related("by").defer("working"):
        if step.what.startswith(UNDID) and done:
            undone.append(replace(done.pop(), after=step.counter))
        elif step.what.startswith(REDID) and undone:
            done.append(undone.pop())
        else:
            before = done.pop().before if done and _goes_on(last, step) else step.counter
            done.append(Change(step.what, before))
            undone.clear()
        last = step
    return Course(last, done[-1] if done else None, undone[-1] if undone else None)


def _goes_on(last: DraftStep | None, step: DraftStep) -> bool:
    """Whether a step is more of the same: by one person, at one field, and soon after."""
    return (
        last is not None
        and not last.what.startswith((UNDID, REDID))
        and bool(step.place)
        and (last.place, last.by_id) == (step.place, step.by_id)
        and step.at - last.at <= RUN
    )
