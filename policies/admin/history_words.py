"""Events in words: what changed from what to what, and where the wording of both stands."""

import datetime as dt
import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from policies.catalogue.yaml_text import write_yaml
from policies.models import Policy, PolicyEvent, PolicyVersion
from policies.models.events import reference

# The pages of the desk by what an event calls a thing.
PAGES = {
    "policy": "admin:policies_policy_change",
    "policyversion": "admin:policies_policyversion_change",
    "insurer": "admin:policies_insurer_change",
    "administration": "admin:policies_administration_change",
    "appealaddress": "admin:policies_appealaddress_change",
    "user": "admin:auth_user_change",
}

# Under which name the events of a review keep words, with nothing before them.
SAID = {PolicyEvent.Kind.COMMENTED.value: "comment", PolicyEvent.Kind.SENT_BACK.value: "reason"}


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field that changed; empty before for a new one, and after for one that went."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class EventView:
    """One event with all its words; `wording` is the page that compares two editions.

    `said` is what a person said of a draft: a comment, or why it was sent back.
    """

    at: dt.datetime
    kind: str
    what: str
    by: str
    fields: tuple[FieldView, ...]
    diff: tuple[tuple[str, str], ...]
    wording: str = ""
    said: str = ""


def present_event(event: PolicyEvent, *, wording: str = "") -> EventView:
    """Finish every word of an event; a file or a command has no person behind it."""
    return EventView(
        at=event.at,
        kind=event.get_kind_display(),
        what=event.what,
        by=event.by.get_username() if event.by else "a command on the server",
        fields=tuple(
            FieldView(name.replace("_", " "), in_words(before), in_words(after))
            for name, (before, after) in event.changes.items()
            if name != SAID.get(event.kind)
        ),
        diff=tuple(diff_lines(event.diff)),
        wording=wording,
        said=str(event.changes.get(SAID.get(event.kind), ("", ""))[1]),
    )


def diff_lines(diff: str) -> Iterable[tuple[str, str]]:
    """Each line of a diff with the word for its sign."""
    words = {"+": "added", "-": "removed", "@": "gap"}
    for line in diff.splitlines():
        yield words.get(line[:1], "same"), line


def in_words(value: Any) -> str:
    """A value as an editor reads it.

    >>> in_words(["MA", "NY"]), in_words(True), in_words(None)
    ('MA, NY', 'yes', '')
    """
    match value:
        case None | []:
            return ""
        case bool():
            return "yes" if value else "no"
        case list() if all(isinstance(one, str) for one in value):
            return ", ".join(value)
        case list() | dict():
            return write_yaml(value).strip()
        case _:
            return str(value)


def page_of(about: list[str]) -> str:
    """The page of what an event is about in the first place."""
    kind, _, key = about[0].partition(":") if about else ("", "", "")
    return reverse(PAGES[kind], args=[key]) if kind in PAGES else ""


def wording_pages(policy: Policy) -> dict[str, str]:
    """For each published edition but the oldest, the page that compares it with the one before."""
    versions = list(policy.versions.published())
    return {
        reference(newer): reverse(
            "policies:changes",
            args=[policy.insurer.slug, policy.slug, _key(older), _key(newer)],
        )
        for newer, older in itertools.pairwise(versions)
    }


def _key(version: PolicyVersion) -> str:
    """As `presenting.editions.edition_key`, for an edition that need not be read."""
    date = version.effective or "undated"
    return date if version.revision == 1 else f"{date}-r{version.revision}"
