"""All answers on one page, each with the screen that changes it."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.translation import gettext as _

from policies import terms, vocabulary
from policies.asked import TREATMENTS
from policies.facts import tried_fact
from policies.language import said
from policies.presenting.record_marks import (
    Notes,
    notes_in,
    of_answer,
    of_score,
    of_treatment,
)
from policies.situation import ScaleScore, Situation, TreatmentTried
from policies.wording.findings import answer_in_words, score_line, treatment_name
from policies.wording.phrases import lower_first

# Which answers of a treatment are told back, in the order of a sentence.
TOLD_OF_A_TREATMENT = tuple(
    name for name in TreatmentTried.__slots__ if name not in ("kind", "drug")
)


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One answer: what was asked, what was told, and the screen that changes it.

    `notes` are those of each part of it that came from a record.
    """

    label: str
    told: tuple[str, ...]
    target: str
    notes: tuple[tuple[str, ...], ...] = ()

    @property
    def lines(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Each part of the answer with what is noted of it."""
        noted = [*self.notes, *[()] * len(self.told)]
        return tuple(zip(self.told, noted, strict=False))

    @property
    def is_open(self) -> bool:
        return not self.told


@dataclass(frozen=True, slots=True)
class ReviewView:
    """The answers on the plan, and those to the questions of its documents."""

    plan: tuple[ReviewRow, ...]
    situation: tuple[ReviewRow, ...]


def present_review(
    situation: Situation,
    *,
    plan: Iterable[tuple[str, str, str]],
    asked: frozenset[str],
    on: dt.date,
    taken: Iterable[str] = (),
    plan_fields: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
) -> ReviewView:
    """Everything told, and what was asked and left open; `plan` has label, answer and screen.

    `taken` marks what came from a record; `plan_fields` are the marks by which a label may be one
    of them.
    """
    notes = notes_in(taken)
    told = tuple(
        ReviewRow(label, (text,) if text else (), step, _of_plan(notes, plan_fields.get(label, ())))
        for label, text, step in plan
    )
    return ReviewView(plan=told, situation=tuple(_rows(situation, asked, on, notes)))


def _of_plan(notes: Notes, keys: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(notes[key].words() for key in keys if key in notes)[:1]


def _rows(
    situation: Situation, asked: frozenset[str], on: dt.date, notes: Notes
) -> Iterator[ReviewRow]:
    answers = situation.answers
    for name, definition in vocabulary.facts().items():
        if name == "conditions" or not (name in answers or name in asked):
            continue
        told = (
            (_upper_first(answer_in_words(definition, answers[name])),) if name in answers else ()
        )
        noted = (of_answer(notes, name, answers[name]),) if name in answers else ()
        yield ReviewRow(said(definition.question), told, name, noted)
    if TREATMENTS in asked or situation.treatments_tried is not None:
        lines = treatment_lines(situation, on, is_asked=TREATMENTS in asked)
        rows = tuple(of_treatment(notes, row) for row in situation.treatments_tried or ())
        yield ReviewRow(_("Treatments tried"), tuple(lines), TREATMENTS, rows)
    for scale in terms.rating_scales().values():
        scores = [one for one in situation.scores if one.scale == scale.id]
        if scores or scale.id in asked:
            yield ReviewRow(
                _("%(scale)s score") % {"scale": said(scale.label)},
                tuple(map(score_told, scores)),
                scale.id,
                tuple(of_score(notes, one) for one in scores),
            )


def score_told(one: ScaleScore) -> str:
    """A score, and where it stands."""
    if one.origin == "self_completed":
        return _("%(score)s, self-completed, not in your record") % {"score": score_line(one)}
    return _("%(score)s, in the chart as told to us") % {"score": score_line(one)}


def treatment_lines(situation: Situation, on: dt.date, *, is_asked: bool = True) -> Iterator[str]:
    """What was told of each treatment tried, and whether the list is finished."""
    for row in situation.treatments_tried or ():
        yield treatment_line(row, on)
    if situation.treatments_tried == ():
        yield _("None was tried")
    elif situation.treatments_tried is not None and not situation.treatments_complete:
        yield _("The list is not finished") if is_asked else _("Still to ask: are these all?")
    elif situation.treatments_tried is not None:
        yield _("The list is complete")


def treatment_line(row: TreatmentTried, on: dt.date) -> str:
    """One treatment tried, with what was told of it."""
    return ", ".join([_name(row, on), *_details(row)])


def _name(row: TreatmentTried, on: dt.date) -> str:
    tried = tried_fact(row, on)
    name = _upper_first(treatment_name(tried))
    if row.drug and tried.drug is None:
        return _("%(name)s (a medicine we do not know, check the spelling)") % {"name": name}
    return name


def _upper_first(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _details(row: TreatmentTried) -> Iterator[str]:
    fields = vocabulary.treatment_fields()
    for name in TOLD_OF_A_TREATMENT:
        value = getattr(row, name)
        if value is None:
            continue
        text = answer_in_words(fields[name], value)
        says_itself = fields[name].unit or name == "outcome"
        yield text if says_itself else f"{lower_first(said(fields[name].label))}: {text}"
