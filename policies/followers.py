"""Where another app says which of its rows follow an insurer that is merged into another.

Policies know no app that uses them, so each says so itself: `followers.add(Follower(...))`, in the
`ready` of its configuration.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from policies.models import Insurer


@dataclass(frozen=True, slots=True)
class Follower:
    """Rows that name an insurer: `whose` says what they are, `follow` has them name another.

    It is called inside the merge's transaction, while both insurers stand.
    """

    whose: str
    follow: Callable[[Insurer, Insurer], None]


@dataclass(slots=True)
class Followers:
    """Those who have such rows, each asked in turn."""

    held: list[Follower] = field(default_factory=list)

    def add(self, follower: Follower) -> None:
        """Ask this one too, once however often it is added."""
        if follower not in self.held:
            self.held.append(follower)

    @property
    def names(self) -> tuple[str, ...]:
        """What follows, for whoever is told before it is done."""
        return tuple(one.whose for one in self.held)

    def follow(self, gone: Insurer, into: Insurer) -> None:
        for one in self.held:
            one.follow(gone, into)


followers = Followers()
