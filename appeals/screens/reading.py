"""A letter that was sent, read into the fields of the forms; what was typed stays."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from django.http import QueryDict

from appeals.denied import FIRST_DECISION, LATER_DECISION
from appeals.forms.notice import PREFIX as NOTICE
from appeals.forms.reasons import LONGEST_CODES, LONGEST_NUMBERS
from appeals.law.stages import Stage
from appeals.notices.carried import CarriedLetter, carried, write_carried
from appeals.notices.extract import read_letters
from appeals.notices.finding import find_in
from appeals.notices.finding.finds import FieldName, HowSure, Level, Reading
from appeals.routes import SECOND_INTERNAL
from appeals.screens.memory import LETTER

ONE = {
    "notice_on": FieldName.NOTICE_ON,
    "plan": FieldName.PLAN,
    "administrator": FieldName.ADMINISTRATOR,
    "phone": FieldName.APPEAL_PHONE,
    "fax": FieldName.APPEAL_FAX,
    "address": FieldName.APPEAL_ADDRESS,
}


def read_upload(
    files: Sequence[bytes], *, known_names: Callable[[], tuple[str, ...]]
) -> CarriedLetter:
    """What the files of one letter say; LetterError names why they can't be read."""
    letter = read_letters(files)
    # Asked only now: a slow file must not hold a connection of the database while it is read.
    return carried(letter, find_in(letter, known_names=known_names()))


def with_letter(
    data: QueryDict,
    letter: CarriedLetter,
    stages: tuple[Stage, ...],
    *,
    before: CarriedLetter | None,
) -> QueryDict:
    """The same answers with the letter and what it says; what was typed stays.

    What an earlier letter had filled in goes with it, and so does the mark that its date was looked
    at.
    """
    filled = data.copy()
    filled[LETTER] = write_carried(letter)
    filled.pop(f"{NOTICE}-is_date_checked", None)
    earlier = _fields(before.reading, stages) if before is not None else {}
    now = _fields(letter.reading, stages)
    for name in {**earlier, **now}:
        full = f"{NOTICE}-{name}"
        typed = [one for one in data.getlist(full) if one]
        if not typed or typed == earlier.get(name):
            filled.setlist(full, now.get(name, []))
    return filled


def _fields(letter: Reading, stages: tuple[Stage, ...]) -> dict[str, list[str]]:
    # What is unsure is shown beside its field, and left for the person to choose.
    likely = tuple(one for one in letter.finds if one.sureness is HowSure.LIKELY)
    reading = replace(letter, finds=likely)
    found = {name: [one.value] for name, field in ONE.items() if (one := reading.first(field))}
    numbers = [one.value for one in reading.all(FieldName.REFERENCE_NUMBER)]
    codes = [one.value for one in (*reading.all(FieldName.CARC), *reading.all(FieldName.RARC))]
    found["reference_numbers"] = _joined(numbers, LONGEST_NUMBERS)
    found["codes"] = _joined(codes, LONGEST_CODES)
    level = reading.first(FieldName.LEVEL)
    if level is not None and (step := _step(Level(level.value), stages)):
        found["answers"] = [step]
    return found | _deadline(reading)


def _joined(texts: list[str], longest: int) -> list[str]:
    """As many as the field takes, with commas between; none at all is no value."""
    while texts and len(", ".join(texts)) > longest:
        texts = texts[:-1]
    return [", ".join(texts)] if texts else []


def _deadline(reading: Reading) -> dict[str, list[str]]:
    """The last day as it is printed: a day, or a length of time; never one made from the other."""
    find = reading.first(FieldName.DEADLINE)
    limit = find and find.deadline
    if not limit:
        return {}
    if limit.on is not None:
        return {"printed_on": [limit.on.isoformat()]}
    if limit.amount is None or limit.unit is None:
        return {}
    return {"printed_amount": [str(limit.amount)], "printed_unit": [limit.unit]}


def _step(level: Level, stages: tuple[Stage, ...]) -> str:
    """The step of this plan that a notice of such a level decides; nothing where it has none."""
    if not stages:
        return FIRST_DECISION if level is Level.INITIAL else LATER_DECISION
    later = [one for one in stages if not one.is_decision]
    inner = [one for one in later if not one.is_external]
    wanted = {
        Level.INITIAL: [one for one in stages if one.is_decision],
        Level.INTERNAL_1: inner,
        Level.INTERNAL_2: [one for one in inner if one.step == SECOND_INTERNAL],
        Level.EXTERNAL: [one for one in later if one.is_external],
    }[level]
    return wanted[0].step if wanted else ""
