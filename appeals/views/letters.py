"""The way to a letter, and the papers made from it: on the spot, and kept nowhere."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from appeals.letters.edits import apply_edits
from appeals.pdf import render_letter
from appeals.presenting.letters.parts import present_parts
from appeals.screens import letters as screens
from coverage_site.htmx import HtmxHttpRequest, wants_partial
from policies.published import published_catalogue

PDF = "application/pdf"


@never_cache
@vary_on_headers("HX-Request")
@require_http_methods(["GET", "HEAD", "POST"])
def letters(request: HtmxHttpRequest) -> HttpResponse:
    """Ask what a letter needs, a little at a time, and show it part by part."""
    return _page(request, _screen(request))


@never_cache
@require_POST
def letter_part(request: HtmxHttpRequest) -> HttpResponse:
    """One part of the letter while it is written in; nothing where it can't be read."""
    posted = _posted(request)
    if posted.case is None or posted.edits.too_long is not None:
        return HttpResponse(status=204)
    showing = posted.memory.showing
    for one in present_parts(posted.composed, posted.edits, posted.case):
        if one.id == showing:
            return render(request, "appeals/letters/_part_page.html", {"part": one})
    return HttpResponse(status=204)


@never_cache
@require_POST
def letter_pdf(request: HtmxHttpRequest) -> HttpResponse:
    """The letter that is sent."""
    return _paper(request, "letter.pdf", lambda posted: render_letter(posted.content))


@never_cache
@require_POST
def large_print(request: HtmxHttpRequest) -> HttpResponse:
    """The same letter in large print, to be read and not sent."""
    return _paper(
        request, "large-print.pdf", lambda posted: render_letter(posted.content, is_large=True)
    )


@never_cache
@require_POST
def reading_copy(request: HtmxHttpRequest) -> HttpResponse:
    """The letter in Spanish to read along; the one that is sent is English."""
    return _paper(request, "reading-copy.pdf", _in_spanish)


def _in_spanish(posted: screens.Posted) -> bytes:
    gaps = posted.composed.gaps
    copy = apply_edits(posted.in_language("es"), posted.edits, gaps=gaps)
    return render_letter(copy)


def _paper(
    request: HtmxHttpRequest, name: str, make: Callable[[screens.Posted], bytes], kind: str = PDF
) -> HttpResponse:
    """A file to keep, or the screen on which something is to be put right."""
    posted = _posted(request)
    wrong = screens.first_wrong(posted)
    if wrong is not None:
        return _page(request, wrong)
    # Whoever sees the name of the file learns nothing of anyone's health.
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(make(posted), content_type=kind, headers=headers)


def _page(request: HtmxHttpRequest, screen: screens.Screen) -> HttpResponse:
    is_part = wants_partial(request)
    return render(
        request,
        "policies/_check.html" if is_part else "appeals/letters/letters.html",
        {"screen": screen, "is_part": is_part},
        status=screen.status,
    )


def _screen(request: HtmxHttpRequest) -> screens.Screen:
    on = timezone.localdate()
    if request.method != "POST":
        return screens.start_screen()
    go = request.POST.get("go")
    if go == "write":
        return screens.begun(request.POST, catalogue=published_catalogue, on=on)
    if go == "load":
        saved = request.FILES.get("saved")
        raw = saved.read() if saved else b""
        return screens.loaded(raw, request.POST, catalogue=published_catalogue, on=on)
    return screens.next_screen(_posted(request))


def _posted(request: HtmxHttpRequest) -> screens.Posted:
    return screens.Posted(request.POST, catalogue=published_catalogue, on=timezone.localdate())
