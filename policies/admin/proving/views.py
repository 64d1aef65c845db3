"""The pages of a version's worked cases."""

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.urls import reverse
from django_htmx.http import reswap, retarget

from coverage_site.htmx import HtmxHttpRequest, wants_partial
from policies.admin.proving.answers import fits_the_page
from policies.admin.proving.composing import Composed, begun, begun_from
from policies.admin.proving.presenting import Presenter, present_cases
from policies.admin.proving.undecided import read_found, try_mistakes
from policies.faults import InputError
from policies.models import PolicyVersion, WorkedCase
from policies.proofs import LEAST_CASES, Proof, current_rows, proof_of
from policies.proving import keep_case, take_along, withdraw_case
from policies.worked_cases import WorkedCase as Case
from policies.worked_cases import read_cases

HERE = "admin/policies/policyversion/"
CASES = "admin:policies_policyversion_cases"
NEW_CASE = "admin:policies_policyversion_newcase"
ONE_CASE = "admin:policies_policyversion_case"
UNDECIDED = "admin:policies_policyversion_undecided"


def cases_address(version: PolicyVersion) -> str:
    """The address of a version's worked cases."""
    return reverse(CASES, args=[version.pk])


def show_cases(
    request: HttpRequest, version: PolicyVersion, *, may_write: bool, by: User
) -> HttpResponse:
    """Show every case with what comes out of it, or do what was pressed."""
    if request.method != "POST":
        return _list(request, version, may_write=may_write)
    if not may_write:
        raise PermissionDenied
    verb, _, rest = request.POST.get("do", "").partition(":")
    try:
        said = _do(version, verb, rest, by=by)
    except ValidationError as error:
        for text in error.messages:
            messages.error(request, f"Not done: {text}")
        return HttpResponseRedirect(cases_address(version))
    if said is None:
        return HttpResponseBadRequest("This page has no such button: open it anew.")
    messages.success(request, said)
    return HttpResponseRedirect(cases_address(version))


def _do(version: PolicyVersion, verb: str, rest: str, *, by: User) -> str | None:
    """What was done, in words; nothing where there is no such button."""
    if verb == "follow":
        proof = proof_of(version)
        own = {row.pk for row, _ in proof.own} if proof else set()
        names = [row.name for row in current_rows(version) if row.pk not in own]
        number = take_along(version, names, by=by)
        return f"{number} cases now follow this edition. Look at each that turned."
    row = _row(version, rest)
    if verb != "withdraw" or row is None:
        return None
    withdraw_case(version, row.name, by=by)
    return f"“{row.name}” is withdrawn."


def _row(version: PolicyVersion, key: str) -> WorkedCase | None:
    if not key.isdecimal() or len(key) > 9:
        return None
    return next((row for row in current_rows(version) if row.pk == int(key)), None)


def is_open(version: PolicyVersion) -> bool:
    """Whether its cases may change: not in review, and not once it is published."""
    return version.published_at is None and version.submitted_at is None


def _list(request: HttpRequest, version: PolicyVersion, *, may_write: bool) -> HttpResponse:
    proof = proof_of(version)
    context = {
        "version": version,
        "may_write": may_write and is_open(version),
        "proof": proof,
        "cases": present_cases(proof) if proof else None,
        "least": LEAST_CASES,
        **_admin_context(request, f"Worked cases: {version}"),
    }
    return render(request, HERE + "cases.html", context)


def show_undecided(
    request: HttpRequest, version: PolicyVersion, *, may_write: bool
) -> HttpResponse:
    """Try small mistakes for a while; the page goes on by itself, or by a link."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    proof = proof_of(version)
    if proof is None:
        raise Http404("There is no list yet.")
    start = request.GET.get("from", "0")
    tried = try_mistakes(
        proof,
        start=int(start) if start.isdecimal() and len(start) < 6 else 0,
        found=read_found(request.GET.get("found", "")),
    )
    is_part = wants_partial(cast("HtmxHttpRequest", request))
    context = {"version": version, "tried": tried, "may_write": may_write and is_open(version)}
    if not is_part:
        context |= _admin_context(request, f"What no case decides: {version}")
    return render(request, HERE + f"cases_undecided{'_part' if is_part else ''}.html", context)


def compose(
    request: HttpRequest, version: PolicyVersion, *, key: int | None = None, by: User
) -> HttpResponse:
    """Compose a case, or change the one of a row."""
    if not is_open(version):
        messages.warning(request, "The cases of this edition stand fast: begin its next revision.")
        return HttpResponseRedirect(cases_address(version))
    proof = proof_of(version)
    if proof is None:
        messages.warning(request, "Write the edition first: as yet nothing of it can be read.")
        return HttpResponseRedirect(cases_address(version))
    row = None if key is None else _row(version, str(key))
    if key is not None and row is None:
        raise Http404("There is no such case, or a newer one has its name.")
    original = _case_of(row or _row(version, _given(request, "like")))
    if original is not None and not fits_the_page(original):
        messages.warning(request, "This case has two scores on one scale: change it in its file.")
        return HttpResponseRedirect(cases_address(version))
    if request.method == "POST":
        return _composed(request, proof, original, row, by=by)
    data = begun(proof) if original is None else begun_from(original, is_copy=row is None)
    return _page(request, Composed(proof, data, original), row)


def _given(request: HttpRequest, name: str) -> str:
    given = request.POST if request.method == "POST" else request.GET
    return str(given.get(name, ""))


def _case_of(row: WorkedCase | None) -> Case | None:
    try:
        return read_cases([row.content])[0] if row is not None else None
    except InputError as error:
        raise Http404("This case names what is gone: withdraw it, and compose it anew.") from error


def _composed(
    request: HttpRequest, proof: Proof, original: Case | None, row: WorkedCase | None, *, by: User
) -> HttpResponse:
    do = request.POST.get("do", "")
    checked = Composed(proof, request.POST, original, is_checked=True)
    if do == "live":
        return _live(request, checked, row)
    if do in ("ask", "more"):
        return _page(request, Composed(proof, request.POST, original, adds_row=do == "more"), row)
    case = checked.case
    if case is None or do != "save":
        return _page(request, checked, row, status=200 if case else 422)
    try:
        keep_case(proof.version, case, by=by, replacing=row.name if row else "")
    except ValidationError as error:
        checked.wanted.add_error("name", error.messages[0])
        return _page(request, checked, row, status=422)
    messages.success(request, f"“{case.name}” is kept. What comes out of it stands below.")
    return HttpResponseRedirect(cases_address(proof.version))


def _live(request: HttpRequest, checked: Composed, row: WorkedCase | None) -> HttpResponse:
    """What comes out; or the whole form, where others are to be asked now."""
    if request.POST.get("shown") == checked.shown:
        return render(request, HERE + "case_outcome.html", _context(request, checked, row))
    fresh = Composed(checked.proof, request.POST, checked.original)
    context = _context(request, fresh, row) | {"outcome": _outcome(checked)}
    answer = render(request, HERE + "case_part.html", context)
    return retarget(reswap(answer, "outerHTML"), "#case")


def _page(
    request: HttpRequest, composed: Composed, row: WorkedCase | None, *, status: int = 200
) -> HttpResponse:
    context = _context(request, composed, row)
    if wants_partial(cast("HtmxHttpRequest", request)):
        return render(request, HERE + "case_part.html", context, status=status)
    context |= _admin_context(request, f"Worked case: {composed.proof.version}")
    return render(request, HERE + "case.html", context, status=status)


def _context(request: HttpRequest, composed: Composed, row: WorkedCase | None) -> dict[str, Any]:
    return {
        "version": composed.proof.version,
        "composed": composed,
        "row": row,
        "like": "" if row else _given(request, "like"),
        "outcome": _outcome(composed) if composed.is_checked else None,
        "to_correct": [one for one in composed.forms if one.errors] if composed.is_checked else [],
    }


def _outcome(composed: Composed) -> Any:
    out = composed.outcome
    return None if out is None else Presenter(composed.proof).outcome(out)


def _admin_context(request: HttpRequest, title: str) -> dict[str, Any]:
    return {**admin.site.each_context(request), "title": title}
