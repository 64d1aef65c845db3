"""Which answers came from a record in this visit: marks that a page carries, and their words."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from policies import terms
from policies.fhir import Caution, Found
from policies.forms.record import RecordForms
from policies.language import said
from policies.presenting.record_origins import latest_on
from policies.situation import ScaleScore, TreatmentTried
from policies.wording.dates import date

# What stands beside these is asked of the person with the answer itself.
LEFT_UNSAID = frozenset(
    {Caution.OUTCOME_NOT_TOLD, Caution.EPISODE_NOT_KNOWN, Caution.SELF_COMPLETED}
)
BETWEEN = "|"

Notes = Mapping[str, tuple[str, ...]]


def marks_of(forms: RecordForms) -> tuple[str, ...]:
    """A mark for each fact that was taken: its key, what to mind about it, and its day."""
    return tuple(
        BETWEEN.join((key_of(one.accepted), ",".join(one.found.cautions), _day(one.found)))
        for one in forms.taken
        if one.accepted is not None
    )


def notes_in(marks: Iterable[str]) -> Notes:
    """The words of each mark by its key; what is no mark of ours is left out."""
    notes = {}
    for mark in marks:
        key, first, rest = mark.partition(BETWEEN)
        named, second, day = rest.partition(BETWEEN)
        if first and second:
            cautions = [Caution(one) for one in named.split(",") if one in list(Caution)]
            notes[key] = _note(cautions, day)
    return notes


def of_answer(notes: Notes, name: str, value: object) -> tuple[str, ...]:
    """What is noted of an answer, while it is still the one that was taken."""
    return notes.get(key_of_answer(name, value), ())


def of_score(notes: Notes, score: ScaleScore) -> tuple[str, ...]:
    return of_answer(notes, score.scale, score.score)


def of_treatment(notes: Notes, row: TreatmentTried) -> tuple[str, ...]:
    """What is noted of a treatment, whatever of it was completed since."""
    return notes.get(key_of_treatment(row), ())


def _note(cautions: Iterable[Caution], day: str) -> tuple[str, ...]:
    told = (said(one.label) for one in cautions if one not in LEFT_UNSAID)
    try:
        source = _("From the health record, %(date)s") % {"date": date(dt.date.fromisoformat(day))}
    except ValueError:
        source = _("From the health record")
    return (source, *told)


def _day(found: Found) -> str:
    day = latest_on(found)
    return "" if day is None else day.isoformat()


def key_of(found: Found) -> str:
    """What a fact is marked by."""
    if isinstance(found.value, TreatmentTried):
        return key_of_treatment(found.value)
    if isinstance(found.value, ScaleScore):
        return key_of_answer(found.name, found.value.score)
    return key_of_answer(found.name, found.value)


def key_of_treatment(row: TreatmentTried) -> str:
    """The same for all names of one drug."""
    drug = terms.find_drug(row.drug) if row.drug else None
    return f"tried:{drug.name if drug is not None else row.drug or row.kind}"


def key_of_answer(name: str, value: object) -> str:
    """What an answer, or a score on a scale, is marked by."""
    return f"{name}:{_plain(value)}"


def _plain(value: object) -> str:
    is_whole = isinstance(value, float) and value.is_integer()
    return str(int(value)) if is_whole and isinstance(value, float) else str(value)
