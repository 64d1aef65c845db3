"""Where another app says whose sign-in opens more than the desk, so that the desk can't reset it.

Policies know no app that uses them, so each says so itself: `guards.add(reason)`, in the `ready`
of its configuration.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.contrib.auth.models import User

Guard = Callable[[User], str]
"""Why the desk can't let this person in again, and who can; empty where it may."""


@dataclass(slots=True)
class Guards:
    """Those who guard somebody, each asked in turn."""

    held: list[Guard] = field(default_factory=list)

    def add(self, guard: Guard) -> None:
        """Ask this one too, once however often it is added."""
        if guard not in self.held:
            self.held.append(guard)

    def why_not(self, person: User) -> str:
        """Why the desk can't reset how this person signs in; empty where it may."""
        return next(filter(None, (one(person) for one in self.held)), "")


guards = Guards()
