"""What a page sends of a letter: the words of its open part, and the facts that were changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.http import QueryDict

from appeals.clinics.letters.writing import Writing
from appeals.forms.letters.facts import PREFIX as TOLD
from appeals.letters.edits import Edits

WAS = "was"
"""The facts as the page was shown with them."""


@dataclass(frozen=True, slots=True)
class Differing:
    """Something that two people wrote at once."""

    label: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Said:
    """Facts to write, None to take one away; and those that somebody else changed meanwhile."""

    facts: Mapping[str, str | None] = field(default_factory=dict)
    both: tuple[Differing, ...] = ()


def edits_sent(before: Edits, data: QueryDict) -> Edits:
    """The changes to a letter, with the words that a page sent."""
    sent = Edits.of(data.lists())
    return Edits(before.order, before.left_out, before.added, {**before.texts, **sent.texts})


def facts_said(writing: Writing, data: QueryDict) -> Said:
    """What was changed on the page since it was shown; what stands as it was is not written.

    A fact that is as the denial has it is not kept, so that it follows the denial.
    """
    was = QueryDict(data.get(WAS, ""))
    facts: dict[str, str | None] = {}
    both = []
    for name, text in _changed(writing, data, was):
        field_name = f"{TOLD}-{name}"
        theirs = _plain(writing.saved.get(field_name, ""))
        if theirs not in (_plain(was.get(field_name, "")), text):
            label = str(writing.form[name].label)
            both.append(Differing(label, text or "empty", theirs or "empty"))
        kept = str(writing.form.told[name]) if name in writing.form.told else text
        facts[name] = None if text == _plain(writing.defaults.get(name, "")) else kept
    return Said(facts, tuple(both))


def _changed(writing: Writing, data: QueryDict, was: QueryDict) -> Iterator[tuple[str, str]]:
    for name in writing.names:
        field_name = f"{TOLD}-{name}"
        if field_name in data and (text := _plain(data.get(field_name))) != _plain(
            was.get(field_name, "")
        ):
            yield name, text


def _plain(text: str | None) -> str:
    # A text that a form sends has the line ends of the net.
    return (text or "").replace("\r\n", "\n").strip()
