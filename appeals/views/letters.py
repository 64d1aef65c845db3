"""The way to a letter, and the papers made from it: on the spot, and kept nowhere."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from appeals.letters.edits import apply_edits
from appeals.pdf import render_letter, render_pdf
from appeals.presenting.letters.parts import present_parts
from appeals.screens import letters as screens
from appeals.word import render_word
from coverage_site.htmx import HtmxHttpRequest, wants_partial
from policies.published import published_catalogue

PDF = "application/pdf"
View = Callable[[HtmxHttpRequest], HttpResponse]
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def only_posted(view: View) -> View:
    """Whoever comes without a letter, as with an address from the history, begins one."""

    @wraps(view)
    def posted_or_begun(request: HtmxHttpRequest) -> HttpResponse:
        return view(request) if request.method == "POST" else redirect("appeals:letters")

    return posted_or_begun


@never_cache
@vary_on_headers("HX-Request")
@require_http_methods(["GET", "HEAD", "POST"])
def letters(request: HtmxHttpRequest) -> HttpResponse:
    """Ask what a letter needs, a little at a time, and show it part by part."""
    return page(request, _screen(request))


@never_cache
@only_posted
def letter_part(request: HtmxHttpRequest) -> HttpResponse:
    """One part of the letter while it is written in; nothing where it can't be read."""
    posted = posted_by(request)
    if posted.case is None or posted.edits.too_long is not None:
        return HttpResponse(status=204)
    showing = posted.memory.showing
    for one in present_parts(posted.composed, posted.edits, posted.case):
        if one.id == showing:
            return render(request, "appeals/letters/_part_page.html", {"part": one})
    return HttpResponse(status=204)


@never_cache
@only_posted
def letter_pdf(request: HtmxHttpRequest) -> HttpResponse:
    """The letter that is sent."""
    return _paper(request, "letter.pdf", lambda posted: render_letter(posted.content))


@never_cache
@only_posted
def large_print(request: HtmxHttpRequest) -> HttpResponse:
    """The same letter in large print, to be read and not sent."""
    return _paper(
        request, "large-print.pdf", lambda posted: render_letter(posted.content, is_large=True)
    )


@never_cache
@only_posted
def reading_copy(request: HtmxHttpRequest) -> HttpResponse:
    """The letter in Spanish to read along; the one that is sent is English."""
    return _paper(request, "reading-copy.pdf", _in_spanish)


@never_cache
@only_posted
def letter_word(request: HtmxHttpRequest) -> HttpResponse:
    """The letter as a Word file."""
    return _paper(request, "letter.docx", lambda posted: render_word(posted.content), WORD)


@never_cache
@only_posted
def own_sheet(request: HtmxHttpRequest) -> HttpResponse:
    """The writer's own sheet: the last day, how to send it, and what is missing."""
    return _paper(
        request,
        "sheet.pdf",
        lambda posted: render_pdf("appeals/letters/sheet.html", screens.own_sheets(posted)),
    )


def _in_spanish(posted: screens.Posted) -> bytes:
    gaps = posted.composed.gaps
    copy = apply_edits(posted.in_language("es"), posted.edits, gaps=gaps)
    return render_letter(copy)


def _paper(
    request: HtmxHttpRequest, name: str, make: Callable[[screens.Posted], bytes], kind: str = PDF
) -> HttpResponse:
    """A file to keep, or the screen on which something is to be put right."""
    posted = posted_by(request)
    wrong = screens.first_wrong(posted)
    if wrong is not None:
        return page(request, wrong)
    return file_to_keep(make(posted), name, kind)


def file_to_keep(content: bytes, name: str, kind: str) -> HttpResponse:
    """A file to keep; whoever sees its name learns nothing of anyone's health."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)


def page(request: HtmxHttpRequest, screen: screens.Screen) -> HttpResponse:
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
    return screens.next_screen(posted_by(request))


def posted_by(request: HtmxHttpRequest) -> screens.Posted:
    """What the request holds."""
    return screens.Posted(request.POST, catalogue=published_catalogue, on=timezone.localdate())
