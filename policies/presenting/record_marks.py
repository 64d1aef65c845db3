"""Which answers came from a record in this visit: marks that a page carries, and their words."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum

from django.utils.translation import gettext as _

from policies import terms
from policies.fhir import Caution, Found
from policies.forms.decisions import sure_part
from policies.forms.record import FindForms, RecordForms
from policies.language import said
from policies.presenting.record_origins import latest_on
from policies.situation import ScaleScore, TreatmentTried
from policies.wording.dates import date

# What stands beside these is asked of the person with the answer itself.
LEFT_UNSAID = frozenset(
    {Caution.OUTCOME_NOT_TOLD, Caution.EPISODE_NOT_KNOWN, Caution.SELF_COMPLETED}
)
BETWEEN = "|"
# In the place of what the record says of a single answer: a key tells what stands there.
ANOTHER = "another"


class Own(StrEnum):
    """How much of what stands there is a person's own, and not the record's."""

    NOTHING = "nothing"
    A_PART = "a part"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Note:
    """What is noted of a fact that was taken; `recorded` is what the record itself says of it."""

    cautions: tuple[Caution, ...]
    day: str
    recorded: str

    def words(self, value: object = None) -> tuple[str, ...]:
        """Where it came from, and what to mind; of a treatment or a score as it stands now."""
        own = own_part(self.recorded, value)
        if own is Own.ALL:
            return (_("From the health record, corrected by you"),)
        told = (said(one.label) for one in self.cautions if one not in LEFT_UNSAID)
        if own is Own.A_PART:
            return (_("From the health record, with your own answers"), *told)
        return (self._source, *told)

    @property
    def _source(self) -> str:
        try:
            day = date(dt.date.fromisoformat(self.day))
        except ValueError:
            return _("From the health record")
        return _("From the health record, %(date)s") % {"date": day}


Notes = Mapping[str, Note]


def marks_of(forms: RecordForms) -> tuple[str, ...]:
    """A mark for each fact that was taken: its key, what to mind, its day, what the record says."""
    return tuple(
        BETWEEN.join(
            (
                key_of(one.accepted),
                ",".join(one.found.cautions),
                _day(one.found),
                held_against(one, sure_part(one.found)),
            )
        )
        for one in forms.taken
        if one.accepted is not None
    )


def notes_in(marks: Iterable[str]) -> Notes:
    """Each mark by its key; what is no mark of ours is left out."""
    notes = {}
    for mark in marks:
        key, *rest = mark.rsplit(BETWEEN, 3)
        if len(rest) == 3:
            named, day, recorded = rest
            cautions = tuple(Caution(one) for one in named.split(",") if one in list(Caution))
            notes[key] = Note(cautions, day, recorded)
    return notes


def of_answer(notes: Notes, name: str, value: object) -> tuple[str, ...]:
    """What is noted of an answer, while it is still the one that was taken."""
    note = notes.get(key_of_answer(name, value))
    return note.words() if note is not None else ()


def of_score(notes: Notes, score: ScaleScore) -> tuple[str, ...]:
    """What is noted of a score, while it is still the one that was taken."""
    note = notes.get(key_of_answer(score.scale, score.score))
    return note.words(score) if note is not None else ()


def of_treatment(notes: Notes, row: TreatmentTried) -> tuple[str, ...]:
    """What is noted of a treatment, and whether a person completed or changed it."""
    note = notes.get(key_of_treatment(row))
    return note.words(row) if note is not None else ()


def held_against(one: FindForms, word: Found) -> str:
    """The record's word on a fact that was taken, as later answers are held against it."""
    if isinstance(word.value, TreatmentTried | ScaleScore):
        return _listed(word.value)
    is_other = one.accepted is not None and key_of(one.accepted) != key_of(word)
    return ANOTHER if is_other else ""


def own_part(recorded: str, value: object = None) -> Own:
    """How much of an answer is not the record's; of a treatment or a score as it stands now.

    >>> own_part("score=20,origin=chart", ScaleScore("phq9", 25, "chart")).value
    'all'
    """
    if recorded == ANOTHER:
        return Own.ALL
    if not recorded or not isinstance(value, TreatmentTried | ScaleScore):
        return Own.NOTHING
    if _listed(value) == recorded:
        return Own.NOTHING
    if isinstance(value, ScaleScore) and f"score={value.score}" not in recorded.split(","):
        return Own.ALL
    return Own.A_PART


def _listed(value: TreatmentTried | ScaleScore) -> str:
    """What is told of a treatment or a score, as one line; the same for all names of a drug."""
    if isinstance(value, TreatmentTried) and value.drug is not None:
        drug = terms.find_drug(value.drug)
        value = replace(value, drug=drug.name if drug is not None else None)
    told = ((one.name, getattr(value, one.name)) for one in fields(value) if one.name != "scale")
    return ",".join(
        f"{name}={one:g}" if isinstance(one, float) else f"{name}={one}"
        for name, one in told
        if one is not None
    )


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
    if isinstance(value, frozenset):
        # The order of a set is another in each process.
        return ", ".join(sorted(map(str, value)))
    is_whole = isinstance(value, float) and value.is_integer()
    return str(int(value)) if is_whole and isinstance(value, float) else str(value)
