"""The writes to letters that are not signed yet: begun, changed, thrown away."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from appeals.clinics.access import log_access
from appeals.clinics.casework import OpenCase, add_event, lock_case, open_case
from appeals.clinics.content import Happened, from_plain, to_plain
from appeals.clinics.following import last_notice
from appeals.clinics.holding import refuse_if_held
from appeals.clinics.letters.purposes import with_told
from appeals.clinics.letters.records import LetterRecord
from appeals.letters.facts import letter_facts
from appeals.letters.kinds import LetterKind, Voice, kind_plan
from appeals.models import AccessEntry, CaseEvent, Clinician, Letter

Kind = CaseEvent.Kind
SIGNED = "The letter is signed, and so it never changes. Write a new one that takes its place."


class StaleLetterError(ValidationError):
    """Someone else saved the letter since the page was shown; nothing was written."""

    def __init__(self, letter: Letter) -> None:
        self.letter = letter
        super().__init__("Someone else changed this letter meanwhile. Look at what they wrote.")


class SignedLetterError(ValidationError):
    """A signed letter that somebody wants to change."""

    def __init__(self) -> None:
        super().__init__(SIGNED)


def record_of(opened: OpenCase, letter: Letter) -> LetterRecord:
    """What a letter holds; the caller logs who looked."""
    return from_plain(opened.patient.unseal(letter.sealed, place=letter.place), LetterRecord)


def name_of(letter: Letter) -> str:
    """What a letter of this kind is called."""
    return kind_plan(LetterKind(letter.kind)).name


@transaction.atomic
def begin_letter(
    opened: OpenCase,
    kind: LetterKind,
    voice: Voice,
    clinician: Clinician | None,
    *,
    on: dt.date,
    by: User,
    after: Letter | None = None,
) -> Letter:
    """Begin a letter; `after` is the signed one whose changes it goes on from."""
    if voice not in kind_plan(kind).voices:
        raise ValidationError("This letter is not signed by them. Choose who may sign it.")
    lock_case(opened.case)  # under a key that is another's by now nobody could read it
    record = LetterRecord(voice)
    if after is not None:
        before = record_of(opened, after)
        record = replace(before, replaces=str(after.pk), signed=None, pages_of="")
    letter = Letter(case=opened.case, kind=kind, clinician=clinician, made_by=by)
    seal_record(opened, letter, record)
    letter.full_clean(exclude=["superseded_by"])
    letter.save(force_insert=True)
    tell_letter(opened, f"Begun: {name_of(letter)}", on=on, by=by)
    return letter


@transaction.atomic
def change_letter(
    opened: OpenCase,
    letter: Letter,
    record: LetterRecord,
    facts: Mapping[str, str | None],
    *,
    clinician: Clinician | None,
    based_on: int,
    on: dt.date,
    by: User,
) -> Letter:
    """Write what changed in a letter, and facts that the case keeps; None takes one away.

    StaleLetterError where another change came first, SignedLetterError where it is signed.
    """
    if facts:
        _keep_facts(opened, LetterKind(letter.kind), facts, on=on, by=by)
    held = lock_letter(opened, letter)
    if held.signed_at is not None:
        raise SignedLetterError
    if held.counter != based_on:
        raise StaleLetterError(held)
    seal_record(opened, held, replace(record, pages_of="", signed=None))
    held.sealed_pdf = None
    held.clinician = clinician
    held.counter += 1
    held.full_clean(exclude=["superseded_by", "signed_by", "made_by"])
    held.save(update_fields=["sealed", "sealed_pdf", "clinician", "counter"])
    log_access(AccessEntry.What.CHANGED, case=opened.case, by=by)
    return held


def _keep_facts(
    opened: OpenCase, kind: LetterKind, facts: Mapping[str, str | None], *, on: dt.date, by: User
) -> None:
    """Write facts told for a letter into the case, where every letter of its purpose finds them."""
    held = open_case(lock_case(opened.case))
    content = with_told(held.content, facts, kind, last_notice(held))
    case = held.case
    case.sealed = held.patient.seal(to_plain(content), place=case.place)
    case.counter += 1
    case.save(update_fields=["sealed", "counter"])
    names = ", ".join(letter_facts()[one].gap for one in facts)
    happened = Happened(text=f"Told for a letter: {names}.")
    add_event(held, Kind.EDITED, on=on, by=by, happened=happened)


@transaction.atomic
def throw_away(opened: OpenCase, letter: Letter, *, on: dt.date, by: User) -> None:
    """Destroy a draft; SignedLetterError where it is signed, HeldError under legal hold."""
    refuse_if_held(opened.patient.patient)
    held = lock_letter(opened, letter)
    if held.signed_at is not None:
        raise SignedLetterError
    name = name_of(held)
    held.delete()
    tell_letter(opened, f"Draft thrown away: {name}", on=on, by=by)


def lock_letter(opened: OpenCase, letter: Letter) -> Letter:
    """The letter as it stands now, held against other writers until the transaction ends."""
    lock_case(opened.case)  # the case first, as everywhere: else two would wait for each other
    rows = Letter.objects.select_for_update(of=("self",)).select_related("clinician")
    return rows.get(pk=letter.pk, case=opened.case)


def tell_letter(opened: OpenCase, text: str, *, on: dt.date, by: User) -> None:
    """Append what happened to a letter, and log it."""
    add_event(opened, Kind.LETTER, on=on, by=by, happened=Happened(text=text))
    log_access(AccessEntry.What.CHANGED, case=opened.case, by=by)


def seal_record(opened: OpenCase, letter: Letter, record: LetterRecord) -> None:
    """Put a record into a letter that the caller saves."""
    letter.sealed = opened.patient.seal(to_plain(record), place=letter.place)
