"""Sign-off: the exact pages that were read, signed under a key that is not in the database."""

import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from appeals.clinics.casework import OpenCase
from appeals.clinics.content import ContentError, to_plain
from appeals.clinics.keys import signing_ring
from appeals.clinics.letters.drafting import (
    SignedLetterError,
    lock_letter,
    name_of,
    record_of,
    seal_record,
    tell_letter,
)
from appeals.clinics.letters.enclosing import are_readable, with_digests
from appeals.clinics.letters.naming import why_misnamed
from appeals.clinics.letters.records import EnclosedRecord, LetterRecord, SignedRecord
from appeals.clinics.letters.writing import Writing
from appeals.letters.content import LetterContent
from appeals.letters.edited_text import to_text
from appeals.letters.kinds import Voice
from appeals.models import Clinician, Letter
from appeals.pdf import render_letter
from appeals.sealing import SealError, Stored, seal, unseal

PURPOSE = b"sign-off of letters"
FORM = 1
"""Stands in what is signed, so that another form can be told from this one later."""
NOT_THEIRS = "This letter is written for {name}, and only they can sign it."
NO_CLINICIAN = "Choose the clinician whose letter it is, and save it."
NO_ACCOUNT = (
    "You sign in as no clinician of this clinic. An admin connects you under People and settings."
)
ON_PAPER = "This letter is signed on paper, by whoever it is written for."
GAPS = "Something is missing in it: {gaps}. A letter with gaps can't be signed."

UNREADABLE = (
    "A document that it encloses can't be opened, for its sealed bytes were changed. Remove that "
    "document, and add it again."
)


class UnsignableError(ValidationError):
    """A letter that this person can't sign now; the message says why."""


class StalePagesError(ValidationError):
    """The pages were made anew since they were read; nothing was signed."""

    def __init__(self) -> None:
        super().__init__(
            "The letter or its case changed since you read it. These are the pages as they are now."
        )


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages to be signed, and what they and their enclosures were made from."""

    pdf: bytes
    made_from: str

    @property
    def digest(self) -> str:
        """What tells these bytes, with what goes with them, from all others."""
        return hashlib.sha256(self.made_from.encode() + self.pdf).hexdigest()


def why_not(writing: Writing, signer: Clinician | None) -> str:
    """Why this person can't sign the letter; empty where they can."""
    return next(_against(writing, signer), "")


def why_unready(writing: Writing) -> str:
    """Why nobody can sign the letter yet; empty where its clinician can."""
    return next(chain(_as_such(writing), _unfinished(writing)), "")


def _against(writing: Writing, signer: Clinician | None) -> Iterator[str]:
    clinician = writing.letter.clinician
    if writing.letter.signed_at is not None:
        yield "It is signed."
    yield from _as_such(writing)
    if signer is None:
        yield NO_ACCOUNT
    elif clinician is not None and clinician != signer:
        yield NOT_THEIRS.format(name=clinician)
    yield from _unfinished(writing)


def _as_such(writing: Writing) -> Iterator[str]:
    if writing.record.voice is not Voice.CLINICIAN:
        yield ON_PAPER
    if writing.letter.clinician is None:
        yield NO_CLINICIAN


def _unfinished(writing: Writing) -> Iterator[str]:
    if writing.too_long is not None:
        yield writing.too_long.said
    if gaps := [one.label for one in writing.content.gaps]:
        yield GAPS.format(gaps=", ".join(gaps))
    if writing.letter.clinician is not None:
        reason = why_misnamed(writing.composed, writing.content, writing.letter.clinician)
        yield from filter(None, [reason])


@transaction.atomic
def pages_to_sign(writing: Writing, signer: Clinician) -> Pages:
    """The pages as this person would sign them today; made once, and kept until something changes.

    UnsignableError where they can't sign it.
    """
    opened = writing.opened
    held = lock_letter(opened, writing.letter)
    if reason := why_not(writing, signer):
        raise UnsignableError(reason)
    content = writing.to_sign(signer)
    enclosed = enclosed_in(writing)
    record, made_from = record_of(opened, held), _made_from(content, writing, enclosed)
    if held.sealed_pdf is not None and record.pages_of == made_from:
        return Pages(signed_bytes(opened, held), made_from)
    pdf = render_letter(content)
    seal_record(opened, held, replace(record, pages_of=made_from))
    held.sealed_pdf = seal(opened.patient.key, pdf, place=_pdf_place(held))
    held.save(update_fields=["sealed", "sealed_pdf"])
    return Pages(pdf, made_from)


def enclosed_in(writing: Writing) -> tuple[EnclosedRecord, ...]:
    """What goes with it, each document with its hash; UnsignableError where one is altered."""
    enclosed = with_digests(writing.opened, writing.enclosed)
    if not are_readable(enclosed):
        raise UnsignableError(UNREADABLE)
    return enclosed


def _made_from(
    content: LetterContent, writing: Writing, enclosed: tuple[EnclosedRecord, ...]
) -> str:
    """The same for the same words and enclosures alone, that go to the same place."""
    made = (content, enclosed, writing.going)
    return hashlib.sha256(repr(made).encode()).hexdigest()


@transaction.atomic
def sign_letter(writing: Writing, signer: Clinician, *, name: str, digest: str, by: User) -> Letter:
    """Sign the pages that were read; StalePagesError where they are others by now."""
    opened = writing.opened
    held = lock_letter(opened, writing.letter)
    if held.signed_at is not None:
        raise SignedLetterError
    if held.counter != writing.letter.counter:
        raise StalePagesError  # its clinician may be another one by now
    if pages_to_sign(writing, signer).digest != digest:
        raise StalePagesError
    held = lock_letter(opened, writing.letter)  # with the pages
    content = writing.to_sign(signer)
    record = replace(
        record_of(opened, held),
        signed=SignedRecord(
            name=name,
            title=content.title,
            running=content.running.text,
            on=content.on,
            words=_words(content),
            enclosures=enclosed_in(writing),
            going=writing.going,
        ),
    )
    put_signature(opened, held, record, by=by, at=timezone.now())
    held.save()
    _supersede(opened, held, record)
    tell_letter(opened, f"Signed by {name}: {name_of(held)}", on=writing.on, by=by)
    return held


def _words(content: LetterContent) -> str:
    return "\n\n".join(
        "\n".join(filter(None, (one.heading, to_text(one)))) for one in content.blocks
    )


def put_signature(
    opened: OpenCase, letter: Letter, record: LetterRecord, *, by: User, at: dt.datetime
) -> None:
    """Sign what a letter holds, with its pages; the caller saves it."""
    seal_record(opened, letter, record)
    letter.signed_by, letter.signed_at = by, at
    letter.signing_key = signing_ring().current
    pdf = signed_bytes(opened, letter)
    letter.signature = _signature(letter, record, pdf)


def _supersede(opened: OpenCase, letter: Letter, record: LetterRecord) -> None:
    """Say on the letter before that this one takes its place."""
    if not record.replaces:
        return
    before = opened.case.letters.select_for_update().filter(pk=record.replaces).first()
    if before is not None and before.superseded_by_id is None:
        before.superseded_by = letter
        before.save(update_fields=["superseded_by"])


def signed_bytes(opened: OpenCase, letter: Letter) -> bytes:
    """The exact pages that a letter holds; the caller logs who read them."""
    return unseal(opened.patient.key, letter.sealed_pdf or b"", place=_pdf_place(letter))


def is_genuine(opened: OpenCase, letter: Letter) -> bool:
    """Whether a signed letter is, to the last byte, what was signed."""
    if letter.signing_key not in signing_ring().keys:
        return False  # who took a key off the ring took the proof with it
    try:
        pdf, record = signed_bytes(opened, letter), record_of(opened, letter)
    except (SealError, ContentError):
        return False
    signature: Stored = letter.signature or b""
    return hmac.compare_digest(bytes(signature), _signature(letter, record, pdf))


def _signature(letter: Letter, record: LetterRecord, pdf: bytes) -> bytes:
    """HMAC-SHA256 over the pages, what is sealed beside them, and who signed when."""
    signed = {
        "form": FORM,
        "letter": str(letter.pk),
        "case": str(letter.case_id),
        "kind": letter.kind,
        "clinician": str(letter.clinician_id or ""),
        "signer": letter.signed_by_id,
        "at": letter.signed_at.astimezone(dt.UTC).isoformat() if letter.signed_at else "",
        "key": letter.signing_key,
        "pdf": hashlib.sha256(pdf).hexdigest(),
        "record": to_plain(record),
    }
    text = json.dumps(signed, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    key = signing_ring().derive(PURPOSE, letter.signing_key)
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def _pdf_place(letter: Letter) -> str:
    return f"pdf:{letter.place}"


def same_name(typed: str, clinician: Clinician) -> bool:
    """Whether somebody typed their own name; its credentials may stand behind it or not.

    >>> same_name(" dr. alex  sample", Clinician(name="Dr. Alex Sample", credentials="MD"))
    True
    """
    return _plain(typed) in (_plain(clinician.name), _plain(str(clinician)))


def _plain(text: str) -> str:
    return " ".join(text.replace(",", " ").casefold().split())
