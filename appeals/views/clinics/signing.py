"""The page on which a clinician reads a letter and signs it."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from appeals.clinics.access import log_access
from appeals.clinics.casework import OpenCase, StaleCaseError
from appeals.clinics.documents.counting import count_missing
from appeals.clinics.letters.drafting import SignedLetterError
from appeals.clinics.letters.picturing import count_pages
from appeals.clinics.letters.signing import (
    Pages,
    StalePagesError,
    UnsignableError,
    pages_to_sign,
    sign_letter,
    why_not,
)
from appeals.clinics.letters.writing import Writing
from appeals.clinics.pages import ClinicRequest, clinic_page
from appeals.clinics.rights import Right
from appeals.forms.clinics.letters import SignForm
from appeals.models import AccessEntry, Clinician, Letter
from appeals.presenting.clinics.letters import line_of
from appeals.presenting.clinics.writing import own_words
from appeals.views.clinics.cases import opened_by
from appeals.views.clinics.letters import find_letter, writing_of
from policies.published import published_catalogue


def clinician_of(request: ClinicRequest) -> Clinician | None:
    """The clinician that this person is here, if any."""
    mine = request.clinic.clinicians.filter(user=request.membership.user, is_active=True)
    return mine.first()


def may_sign(request: ClinicRequest, letter: Letter) -> bool:
    """Whether this person is the one who signs the letter."""
    if Right.SIGN not in request.rights or letter.clinician is None:
        return False
    is_theirs = letter.clinician.user_id == request.membership.user_id
    return is_theirs and letter.clinician.is_active


@clinic_page(Right.SIGN)
@require_http_methods(["GET", "POST"])
def letter_sign(request: ClinicRequest, case_id: uuid.UUID, letter_id: uuid.UUID) -> HttpResponse:
    """Show the exact pages; a POST signs them, if they are still the same."""
    try:
        return _read(request, opened_by(request, case_id), letter_id)
    except StaleCaseError as stale:
        opened, fault = opened_by(request, case_id), " ".join(stale.messages)
        return _read(request, opened, letter_id, fault=fault)


def _read(
    request: ClinicRequest, opened: OpenCase, letter_id: uuid.UUID, *, fault: str = ""
) -> HttpResponse:
    """The pages to read, or to sign; `fault` is why nothing was signed a moment ago."""
    case_id = opened.case.pk
    found = find_letter(opened, letter_id)
    if found.signed_at is not None or line_of(opened, found).record is None:
        return redirect("clinics:letter", request.clinic.pk, case_id, letter_id)
    writing, signer = writing_of(opened, found), clinician_of(request)
    reason = why_not(writing, signer)
    if reason or signer is None:
        return _page(request, writing, reason=reason, status=422 if request.POST else 200)
    try:
        if request.method == "POST" and not fault:
            return _signed(request, writing, signer)
        pages = pages_to_sign(writing, signer)
    except UnsignableError as error:
        return _page(request, writing, reason=" ".join(error.messages), status=422)
    form = SignForm(signer=signer, pages=pages.digest)
    status = 409 if fault else 200
    return _page(request, writing, pages=pages, form=form, fault=fault, status=status)


def _signed(request: ClinicRequest, writing: Writing, signer: Clinician) -> HttpResponse:
    form = SignForm(request.POST, signer=signer, pages="")
    if not form.is_valid():
        pages = pages_to_sign(writing, signer)
        return _page(request, writing, pages=pages, form=form, to_correct=[form], status=422)
    told = form.cleaned_data
    try:
        sign_letter(
            writing, signer, name=told["name"], digest=told["pages"], by=request.membership.user
        )
    except StalePagesError as error:
        pages = pages_to_sign(writing, signer)
        again = SignForm(signer=signer, pages=pages.digest)
        fault = " ".join(error.messages)
        return _page(request, writing, pages=pages, form=again, fault=fault, status=409)
    except SignedLetterError:
        messages.error(request, "The letter was signed meanwhile.")
    else:
        count_missing(writing.opened, catalogue=published_catalogue(), on=writing.on)
        messages.success(request, "Signed. From now on the letter never changes.")
    return redirect("clinics:letter", request.clinic.pk, writing.opened.case.pk, writing.letter.pk)


def _page(
    request: ClinicRequest,
    writing: Writing,
    *,
    pages: Pages | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    opened = writing.opened
    if pages is not None:
        log_access(AccessEntry.What.READ_FILE, case=opened.case, by=request.membership.user)
    context = {
        "case": opened.case,
        "patient": opened.patient.record,
        "letter": writing.letter,
        "line": line_of(opened, writing.letter),
        "pages": range(1, count_pages(pages.pdf) + 1) if pages is not None else (),
        "own_words": own_words(writing),
        "enclosed": writing.enclosed,
    }
    return render(request, "appeals/clinics/letters/sign.html", context | more, status=status)
