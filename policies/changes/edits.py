"""Edits of a situation: single answers as they would have to be for a criterion."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from policies.matcher import Finding
from policies.situation import ScaleScore, Situation, SituationError, TreatmentTried
from policies.vocabulary import Speak

# Where an edit stands: a fact, a scale, one field of a treatment tried, or a further treatment.
Place: TypeAlias = tuple[str | int, ...]
FACT, SCORE, ROW, FURTHER, CODE = "fact", "score", "row", "further", "code"


@dataclass(frozen=True, slots=True)
class Edit:
    """One answer as it would have to be, for the sake of the criteria whose findings are given.

    `was_answered` tells whether something else was said before; `speak` how it may be spoken of;
    `opens_suicidality_list` that it makes a list for suicidal thoughts the person's own. Edits are
    alike where place and value are.
    """

    place: Place
    value: Any
    speak: Speak = field(compare=False)
    criteria: tuple[Finding, ...] = field(compare=False)
    was_answered: bool = field(default=False, compare=False)
    opens_suicidality_list: bool = field(default=False, compare=False)


EditSet: TypeAlias = frozenset[Edit]


def edited(situation: Situation, edits: Iterable[Edit], *, on: dt.date) -> Situation:
    """The situation as it would be with all of the edits, on the day `on`."""
    answers = dict(situation.answers)
    scores = list(situation.scores)
    codes = situation.icd10_codes
    edits = tuple(edits)
    for edit in edits:
        match edit.place:
            case ("fact", str(name)):
                answers[name] = edit.value
            case ("score", str(scale)):
                scores = [one for one in scores if one.scale != scale]
                scores.append(ScaleScore(scale, edit.value, "chart", on))
            case ("code", str(code)):
                codes = (*codes, code)
    rows = edited_rows(situation.treatments_tried or (), edits)
    return replace(
        situation,
        answers=answers,
        scores=tuple(scores),
        icd10_codes=codes,
        treatments_tried=rows or situation.treatments_tried,
    )


def edited_rows(
    rows: Iterable[TreatmentTried], edits: Iterable[Edit]
) -> tuple[TreatmentTried, ...]:
    """The treatments tried with the edits among them, the further ones last."""
    changed = list(rows)
    further: list[tuple[str, TreatmentTried]] = []
    for edit in edits:
        match edit.place:
            case ("row", int(index), str(name)):
                fields: dict[str, Any] = {name: edit.value}
                changed[index] = replace(changed[index], **fields)
            case ("further", str(name)):
                further.append((name, edit.value))
    return (*changed, *(row for _, row in sorted(further, key=lambda one: one[0])))


def is_consistent(situation: Situation) -> bool:
    """Whether a situation could be told at all: one that contradicts itself is refused."""
    try:
        Situation.from_json(situation.to_json())
    except SituationError:
        return False
    return True
