"""The letters of a case: listed, begun, superseded, thrown away."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from appeals.clinics.casework import OpenCase, StaleCaseError
from appeals.clinics.holding import HeldError
from appeals.clinics.letters.drafting import (
    SignedLetterError,
    begin_letter,
    record_of,
    throw_away,
)
from appeals.clinics.letters.records import LetterRecord
from appeals.clinics.letters.writing import Writing
from appeals.clinics.pages import ClinicRequest, clinic_page
from appeals.clinics.rights import Right
from appeals.forms.clinics.letters import BeginForm
from appeals.forms.letters import KindForm
from appeals.forms.letters.choosing import PREFIX as WRITE
from appeals.letters.kinds import LetterKind
from appeals.models import Letter
from appeals.presenting.clinics.letters import (
    choosable,
    kinds_view,
    line_of,
    present_lines,
)
from appeals.views.clinics.cases import opened_by
from policies.published import published_catalogue


@clinic_page(Right.SEE)
@require_http_methods(["GET", "POST"])
def letters(request: ClinicRequest, case_id: uuid.UUID) -> HttpResponse:
    """The letters of a case, and what can be written now; a POST begins one."""
    opened, on = opened_by(request, case_id), timezone.localdate()
    kinds = choosable(opened, catalogue=published_catalogue(), on=on)
    offered = [one.kind for one in kinds if one.is_offered]
    is_sent = request.method == "POST"
    asked = request.GET.get("kind", "")
    first = asked if asked in offered else next((one.kind for one in kinds if one.is_first), "")
    kind = KindForm(request.POST if is_sent else None, kinds=offered, initial={"kind": first})
    begin = BeginForm(
        request.POST if is_sent else None, clinic=request.clinic, chosen=opened.case.clinician
    )
    refused = ""
    if is_sent and kind.is_valid() and begin.is_valid():
        try:
            return _begun(request, opened, LetterKind(kind.cleaned_data["kind"]), begin)
        except StaleCaseError as stale:
            opened, refused = opened_by(request, case_id), " ".join(stale.messages)
        except ValidationError as error:
            begin.add_error("voice", error)
    context = {
        "refused": refused,
        "case": opened.case,
        "patient": opened.patient.record,
        "lines": present_lines(opened),
        "kinds": kinds_view(opened, kind, kinds, on=on),
        "kind_name": f"{WRITE}-kind",
        "begin": begin,
        "to_correct": [one for one in (kind, begin) if one.errors],
    }
    status = (409 if refused else 422) if is_sent else 200
    return render(request, "appeals/clinics/letters/letters.html", context, status=status)


def _changed(request: ClinicRequest, stale: StaleCaseError) -> HttpResponse:
    """The letters as others left the case; nothing was typed."""
    opened, on = opened_by(request, stale.case.pk), timezone.localdate()
    kinds = choosable(opened, catalogue=published_catalogue(), on=on)
    kind = KindForm(kinds=[one.kind for one in kinds if one.is_offered])
    context = {
        "refused": " ".join(stale.messages),
        "case": opened.case,
        "patient": opened.patient.record,
        "lines": present_lines(opened),
        "kinds": kinds_view(opened, kind, kinds, on=on),
        "kind_name": f"{WRITE}-kind",
        "begin": BeginForm(clinic=request.clinic, chosen=opened.case.clinician),
    }
    return render(request, "appeals/clinics/letters/letters.html", context, status=409)


def _begun(
    request: ClinicRequest, opened: OpenCase, kind: LetterKind, begin: BeginForm
) -> HttpResponse:
    letter = begin_letter(
        opened,
        kind,
        begin.voice_for(kind),
        begin.cleaned_data["clinician"],
        on=timezone.localdate(),
        by=request.membership.user,
    )
    return redirect("clinics:letter", request.clinic.pk, opened.case.pk, letter.pk)


def find_letter(opened: OpenCase, letter_id: uuid.UUID) -> Letter:
    """A letter of the case, with whose it is."""
    rows = opened.case.letters.select_related("clinician", "signed_by", "superseded_by")
    return get_object_or_404(rows, pk=letter_id)


def writing_of(
    opened: OpenCase,
    letter: Letter,
    *,
    record: LetterRecord | None = None,
    **options: Any,
) -> Writing:
    """A letter with all that it is made from today."""
    return Writing(
        opened,
        letter,
        record or record_of(opened, letter),
        catalogue=published_catalogue(),
        on=timezone.localdate(),
        **options,
    )


@clinic_page(Right.WRITE)
@require_POST
def letter_again(request: ClinicRequest, case_id: uuid.UUID, letter_id: uuid.UUID) -> HttpResponse:
    """Begin a letter that takes the place of a signed one; there is one such draft at most."""
    opened = opened_by(request, case_id)
    before = find_letter(opened, letter_id)
    line = line_of(opened, before)
    if before.signed_at is None or before.superseded_by_id or line.record is None:
        return redirect("clinics:letter", request.clinic.pk, case_id, letter_id)
    for one in opened.case.letters.filter(signed_at=None):
        if record_of(opened, one).replaces == str(before.pk):
            return redirect("clinics:letter", request.clinic.pk, case_id, one.pk)
    try:
        made = begin_letter(
            opened,
            LetterKind(before.kind),
            line.record.voice,
            before.clinician,
            on=timezone.localdate(),
            by=request.membership.user,
            after=before,
        )
    except StaleCaseError as stale:
        return _changed(request, stale)
    return redirect("clinics:letter", request.clinic.pk, case_id, made.pk)


@clinic_page(Right.WRITE)
@require_POST
def letter_discard(
    request: ClinicRequest, case_id: uuid.UUID, letter_id: uuid.UUID
) -> HttpResponse:
    """Throw a draft away."""
    opened, on = opened_by(request, case_id), timezone.localdate()
    try:
        throw_away(opened, find_letter(opened, letter_id), on=on, by=request.membership.user)
        messages.success(request, "The draft was thrown away.")
    except StaleCaseError as stale:
        return _changed(request, stale)
    except (SignedLetterError, HeldError) as error:
        messages.error(request, " ".join(error.messages))
        return redirect("clinics:letter", request.clinic.pk, case_id, letter_id)
    return redirect("clinics:letters", request.clinic.pk, case_id)
