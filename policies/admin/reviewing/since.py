"""What was written since a draft was sent back: for who reads it once more."""

import datetime as dt
from dataclasses import dataclass

from policies.admin.effects.words import Told, told_by
from policies.admin.history_words import diff_lines
from policies.catalogue.yaml_text import write_yaml
from policies.effects import EditionEffect, State, Weight, compare
from policies.history import line_diff
from policies.models import PolicyEvent, PolicyVersion
from policies.outline import EDITION, Working
from policies.outline.data import to_edition_data
from policies.outline.stored import read_working

CAME_BACK = {PolicyEvent.Kind.SENT_BACK: "sent back", PolicyEvent.Kind.TAKEN_BACK: "taken back"}


@dataclass(frozen=True, slots=True)
class ChangedPart:
    """A part that was written since; `anchor` is where it stands on the page, if it still does."""

    anchor: str
    where: str
    label: str
    meaning: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Since:
    """All that was written since a draft came back, part by part and as lines of its text."""

    when: dt.datetime
    how: str
    parts: tuple[ChangedPart, ...]
    diff: tuple[tuple[str, str], ...]


def written_since(version: PolicyVersion, now: Working) -> Since | None:
    """What a draft has otherwise than when it came back from review; None where it never did."""
    if version.published_at is not None:
        return None
    events = PolicyEvent.objects.about(version).filter(kind__in=CAME_BACK)
    # A publisher read it when it was sent back; one that was taken back perhaps nobody had read.
    event = events.filter(kind=PolicyEvent.Kind.SENT_BACK).first() or events.first()
    if event is None:
        return None
    step = version.steps.filter(at__gt=event.at).first()
    then = read_working(step.working) if step else now
    diff = line_diff(_text(then), _text(now))
    return Since(
        event.at,
        CAME_BACK[PolicyEvent.Kind(event.kind)],
        tuple(_parts(compare(then, now, then))),
        tuple(diff_lines(diff)),
    )


def _text(working: Working) -> str:
    return write_yaml(to_edition_data(working))


def _parts(effect: EditionEffect) -> list[ChangedPart]:
    sources = [
        ChangedPart("", f"Source “{one.name}”", "", (one.state.value.capitalize(),))
        for one in effect.sources
        if one.state is not State.SAME
    ]
    lines = [
        _part(told, "" if weight is Weight.RULE else "Other words, the rule as it was")
        for weight in (Weight.RULE, Weight.LOOK, Weight.WORDS)
        for told in told_by(effect, weight)
    ]
    return [*lines, *sources]


def _part(told: Told, otherwise: str) -> ChangedPart:
    stands, _, key = told.anchor.removeprefix("position-").partition("-")
    anchor = f"part-{key}" if stands == "now" else ""
    if told.anchor == EDITION:
        anchor = "review-about"
    return ChangedPart(anchor, told.where, told.label, told.meaning or (otherwise,))
