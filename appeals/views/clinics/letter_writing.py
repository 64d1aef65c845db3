"""One letter of a case: part by part with its facts while it is a draft, and as it was signed."""

import uuid
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from appeals.clinics.casework import OpenCase, StaleCaseError, open_case
from appeals.clinics.letters.drafting import (
    SignedLetterError,
    StaleLetterError,
    change_letter,
)
from appeals.clinics.letters.records import LetterRecord
from appeals.clinics.letters.saying import (
    CLINICIAN,
    Differing,
    clinicians_of_both,
    edits_sent,
    facts_said,
    shown_of,
    touched,
    words_of_both,
)
from appeals.clinics.letters.sending import SENT_AS
from appeals.clinics.letters.signing import why_unready
from appeals.clinics.letters.text_blocks import is_overdue, with_block
from appeals.clinics.letters.writing import Writing
from appeals.clinics.moves import MOVES
from appeals.clinics.pages import ClinicRequest, clinic_page
from appeals.clinics.rights import Right
from appeals.forms.clinics.letters import ClinicianForm
from appeals.letters.edits import Edits
from appeals.letters.kinds import LetterKind
from appeals.models import Clinician, Letter, Role
from appeals.models.cases import Stage
from appeals.presenting.clinics.letters import (
    LetterLine,
    line_of,
    present_blocks,
    present_gaps,
)
from appeals.presenting.clinics.writing import differing, fact_groups, own_words
from appeals.presenting.letters.contrary import present_contrary
from appeals.presenting.letters.parts import present_parts
from appeals.screens.letters.path import PART, edited
from appeals.views.clinics.cases import find_case, number, opened_by
from appeals.views.clinics.letters import find_letter, writing_of
from appeals.views.clinics.signing import may_sign

OPEN = "open"


@clinic_page(Right.WRITE)
@require_http_methods(["GET", "POST"])
def letter(request: ClinicRequest, case_id: uuid.UUID, letter_id: uuid.UUID) -> HttpResponse:
    """A letter: as it was signed; or part by part with its facts, where a POST changes it."""
    opened = opened_by(request, case_id)
    found = find_letter(opened, letter_id)
    line = line_of(opened, found)
    if line.record is None or found.signed_at is not None:
        return _show_signed(request, opened, line)
    if request.method == "POST":
        return _change(request, opened, found, line.record)
    return _show(request, writing_of(opened, found), is_open=request.GET.get(OPEN, ""))


def _show_signed(request: ClinicRequest, opened: OpenCase, line: LetterLine) -> HttpResponse:
    kind = SENT_AS.get(LetterKind(line.letter.kind))
    can_be = kind is not None and kind in MOVES[Stage(opened.case.stage)]
    context = {
        "case": opened.case,
        "patient": opened.patient.record,
        "line": line,
        "letter": line.letter,
        "signed": line.record.signed if line.record is not None else None,
        "sent_as": kind if can_be else None,
        "before": getattr(line.letter, "supersedes", None),
    }
    status = 409 if request.method == "POST" else 200
    return render(request, "appeals/clinics/letters/signed.html", context, status=status)


def _show(
    request: ClinicRequest,
    writing: Writing,
    *,
    is_open: str = "",
    aim: str = "",
    saved: Writing | None = None,
    both: tuple[Differing, ...] = (),
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The page of a draft; with what was typed, where that differs from what is `saved`."""
    too_long = writing.too_long
    is_open = too_long.block if too_long is not None else is_open
    clinic, opened = request.clinic, writing.opened
    context = {
        "case": opened.case,
        "patient": opened.patient.record,
        "letter": writing.letter,
        "line": line_of(opened, writing.letter),
        "writing": writing,
        "is_open": is_open,
        "groups": fact_groups(writing),
        "clinician_form": ClinicianForm(clinic=clinic, chosen=writing.clinician),
        "was": shown_of(saved or writing, is_open=is_open).urlencode(),
        "parts": present_parts(
            writing.composed, writing.edits, writing.case, is_open=is_open, aim=aim, age=writing.age
        ),
        "gaps": list(present_gaps(writing)),
        "differing": differing(writing),
        "unready": why_unready(writing),
        "may_sign": may_sign(request, writing.letter),
        "admins": clinic.memberships.active().filter(role=Role.ADMIN),
        "enclosed": writing.enclosed,
        "blocks": present_blocks(clinic, on=writing.on),
        "contrary": present_contrary(writing.case),
        "too_long": too_long,
        "both": both,
        "own_words": own_words(writing),
        "to_correct": [writing.form] if writing.typed and writing.form.errors else [],
    }
    return render(request, "appeals/clinics/letters/letter.html", context | more, status=status)


def _change(
    request: ClinicRequest, opened: OpenCase, found: Letter, record: LetterRecord
) -> HttpResponse:
    """Write what the page sent, and do what the pressed button says."""
    data, go = request.POST, request.POST.get("go", "")
    mine = touched(data)
    chosen = ClinicianForm(mine, clinic=request.clinic, chosen=found.clinician)
    is_told = CLINICIAN in mine and chosen.is_valid()
    clinician = chosen.cleaned_data[CLINICIAN] if is_told else found.clinician
    sent = record.with_edits(edits_sent(record.edits, mine))
    saved = writing_of(opened, found, record=record)
    typed = writing_of(opened, found, record=sent, typed=mine, clinician=clinician)
    open_part = str(data.get(OPEN, ""))
    said = facts_said(typed, data)
    if typed.too_long is not None or any(one in said.facts for one in typed.form.errors):
        return _show(request, typed, saved=saved, is_open=open_part, status=422)
    both = (*said.both, *_both(saved, data, clinician))
    after, now_open, aim = _after(request, typed, go, open_part)
    changed = record.with_edits(after.changed_in(typed.composed))
    is_changed = (changed, clinician) != (record, found.clinician) or bool(said.facts)
    is_stale = is_changed and number(data.get("based_on")) != found.counter
    if both or is_stale:
        return _show(
            request,
            typed,
            saved=saved,
            is_open=open_part,
            both=both,
            is_stale=is_stale,
            status=409,
        )
    try:
        if is_changed:
            change_letter(
                opened,
                found,
                changed,
                said.facts,
                clinician=clinician,
                based_on=found.counter,
                on=typed.on,
                by=request.membership.user,
            )
    except (StaleCaseError, StaleLetterError):
        return _again(request, opened, found)
    except SignedLetterError as error:
        messages.error(request, " ".join(error.messages))
        now_open = aim = ""
    return redirect(_place(request, opened, found, now_open, aim))


def _again(request: ClinicRequest, opened: OpenCase, found: Letter) -> HttpResponse:
    """The same on the letter as somebody else has saved it this moment."""
    now = open_case(find_case(request, opened.case.pk))
    held = find_letter(now, found.pk)
    line = line_of(now, held)
    if line.record is None or held.signed_at is not None:
        return _show_signed(request, now, line)
    return _change(request, now, held, line.record)


def _both(saved: Writing, data: QueryDict, clinician: Clinician | None) -> Iterator[Differing]:
    names = {one.id: one.name for one in present_parts(saved.composed, saved.edits, saved.case)}
    yield from words_of_both(saved, data, names)
    yield from clinicians_of_both(saved, data, clinician)


def _after(
    request: ClinicRequest, typed: Writing, go: str, open_part: str
) -> tuple[Edits, str, str]:
    """The changes after what a button says, the part that is open then, and the one to go to."""
    if go.startswith(PART):
        return edited(typed.edits, typed.composed, go.removeprefix(PART))
    if go.startswith("block."):
        block = request.clinic.blocks.filter(pk=number(go.removeprefix("block."))).first()
        if block is not None:
            words = typed.words_of(open_part)
            after, part = with_block(typed.edits, block, part=open_part, words=words)
            if is_overdue(block, on=typed.on):
                messages.warning(
                    request,
                    f"“{block.title}” was to be read anew by {block.review_on:%B} "
                    f"{block.review_on.day}, {block.review_on.year}. Read it before it stays.",
                )
            return after, part, part
    return typed.edits, "", open_part


def _place(request: ClinicRequest, opened: OpenCase, found: Letter, now_open: str, aim: str) -> str:
    """The page of the letter, at the part that was pressed."""
    address = reverse("clinics:letter", args=[request.clinic.pk, opened.case.pk, found.pk])
    query = f"?{urlencode({OPEN: now_open})}" if now_open else ""
    part = now_open or aim
    return f"{address}{query}#part-{part}" if part else f"{address}{query}"


@clinic_page(Right.WRITE)
@require_POST
def letter_part(request: ClinicRequest, case_id: uuid.UUID, letter_id: uuid.UUID) -> HttpResponse:
    """One part while it is written in, as it will be printed; nothing is saved.

    It follows each pause in typing: the log tells of the page that it stands on.
    """
    opened = open_case(find_case(request, case_id))
    found = find_letter(opened, letter_id)
    line = line_of(opened, found)
    if line.record is None or found.signed_at is not None:
        return HttpResponse(status=204)
    record = line.record.with_edits(edits_sent(line.record.edits, request.POST))
    typed = writing_of(opened, found, record=record, typed=request.POST)
    if typed.edits.too_long is None:
        for one in present_parts(typed.composed, typed.edits, typed.case):
            if one.id == request.POST.get(OPEN):
                return render(request, "appeals/letters/_part_page.html", {"part": one})
    return HttpResponse(status=204)
