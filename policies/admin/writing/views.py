"""The page for writing a draft: one form, of which every button saves what was typed."""

from dataclasses import replace
from typing import cast
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django_htmx.http import reswap, retarget

from coverage_site.htmx import HtmxHttpRequest, wants_partial
from policies.admin.reviewing.views import remark_of
from policies.admin.writing.changes import Outcome, outcome_of
from policies.admin.writing.fields import fields_of
from policies.admin.writing.joining import carried_working, join, joining
from policies.admin.writing.page import Shown, page_context
from policies.admin.writing.pasting import kept_texts
from policies.admin.writing.tools import shortcuts
from policies.catalogue.reading import read_edition
from policies.catalogue.writing import write_edition
from policies.catalogue.yaml_text import read_yaml
from policies.draft_states import fresh_keys, last_step, working_at, working_of
from policies.drafting import StaleDraftError, keep_working, redo, undo
from policies.faults import InputError
from policies.models import PolicyVersion
from policies.outline import EDITION, Working
from policies.outline.carrying import carry_keys
from policies.outline.data import from_edition_data
from policies.reviewing import settle

HERE = "admin/policies/policyversion/"
CONFLICT = 409
# A change half typed that is to be joined with another's waits until its field is left.
NOT_YET = 202
# Fields on which it depends what else is asked.
DECIDING = ("kind", "fact", "coverage")


def write_draft(request: HttpRequest, version: PolicyVersion, *, by: User) -> HttpResponse:
    """Show a draft to be written, or save one change to it."""
    if request.method != "POST":
        shown = Shown(
            request.GET.get("open", ""),
            request.GET.get("focus", ""),
            tells_all="saved" in request.GET,
        )
        return _page(request, version, shown)
    base = _base(request, version)
    if base is None:
        return HttpResponseBadRequest("This page is older than the draft: open it anew.")
    if request.POST.get("do") in ("undo", "redo"):
        return _undo(request, version, by=by)
    if request.POST.get("do") == "join":
        return _join(request, version, base, by=by)
    done = outcome_of(base, request.POST, read=_read_today(version, by))
    remark = remark_of(version, request.POST.get("do", ""))
    if remark is not None:
        settle(remark, by=by)
        said = "; ".join(text for text in (done.what, "Settled a comment") if text)
        done = replace(done, what=said, focus=f"row:{remark.key or EDITION}")
    return _keep(request, version, base, done, by=by)


def _read_today(version: PolicyVersion, by: User) -> dict[str, str]:
    """What a new source begins with: that its editor reads the policy's page today."""
    return {
        "read_on": timezone.localdate().isoformat(),
        "read_by": by.get_full_name() or by.get_username(),
        "url": version.policy.url,
    }


def _base(request: HttpRequest, version: PolicyVersion) -> Working | None:
    """How the draft stood when the page was made from which the change comes."""
    counter = request.POST.get("based_on", "")
    return working_at(version, int(counter)) if counter.isdecimal() and len(counter) < 9 else None


def _keep(
    request: HttpRequest, version: PolicyVersion, base: Working, done: Outcome, *, by: User
) -> HttpResponse:
    counter, is_quiet = int(request.POST["based_on"]), "quiet" in request.POST
    is_saved = request.POST.get("do", "save") == "save" and not is_quiet
    shown = Shown(done.opened, done.focus, done.what, done.refusal, tells_all=is_saved)
    if done.working == base and not is_quiet:
        return _answer(request, version, shown)
    if done.working == base:
        # What someone else saved since is not to pass for what this page shows.
        is_current = counter == version.counter
        return (
            _saved_field(request, version, base, shown) if is_current else HttpResponse(status=204)
        )
    try:
        version = keep_working(version, done.working, based_on=counter, by=by, what=done.what)
    except StaleDraftError as stale:
        if "typing" in request.POST:
            return HttpResponse(status=NOT_YET)
        return _joined(request, stale.version, base, done.working, shown=shown, by=by)
    if is_quiet:
        return _saved_field(request, version, base, shown)
    return _answer(request, version, shown)


def _saved_field(
    request: HttpRequest, version: PolicyVersion, base: Working, shown: Shown
) -> HttpResponse:
    """All that a saved field changes but for the fields; or the whole, where they change too."""
    before, after = (fields_of(one, shown.opened) for one in (base, working_of(version)))
    changed = [name for name in DECIDING if before.get(name) != after.get(name)]
    if not changed:
        template = "write_typed.html" if "typing" in request.POST else "write_quiet.html"
        return render(request, HERE + template, page_context(version, shown))
    context = page_context(version, replace(shown, focus=changed[0]))
    return retarget(
        reswap(render(request, HERE + "write_part.html", context), "outerHTML"), "#write"
    )


def _undo(request: HttpRequest, version: PolicyVersion, *, by: User) -> HttpResponse:
    opened, do = request.POST.get("opened", ""), request.POST["do"]
    go = undo if do == "undo" else redo
    try:
        version = go(version, based_on=int(request.POST["based_on"]), by=by)
    except StaleDraftError as stale:
        note = f"{_who(stale.version, by)} changed this draft meanwhile; nothing was {do}ne."
        return _answer(request, stale.version, Shown(opened, refusal=note))
    except ValidationError as error:
        return _answer(request, version, Shown(opened, refusal=error.messages[0]))
    step = last_step(version)
    return _answer(request, version, Shown(opened, do, step.what if step else ""))


def _join(request: HttpRequest, version: PolicyVersion, base: Working, *, by: User) -> HttpResponse:
    mine = carried_working(request.POST)
    if mine is None:
        return HttpResponseBadRequest("This page carried no text: open the draft anew.")
    return _joined(request, version, base, mine, shown=Shown(said="Joined two texts"), by=by)


def _joined(
    request: HttpRequest,
    version: PolicyVersion,
    base: Working,
    mine: Working,
    *,
    shown: Shown,
    by: User,
) -> HttpResponse:
    """Save what came of joining, or ask what is to stand where both changed the same."""
    theirs = working_of(version)
    merged = join(base, mine, theirs, request.POST)
    # Only who has seen how the draft stands now can have chosen.
    has_seen = request.POST.get("seen", "") in ("", str(version.counter))
    if merged is None or not has_seen:
        return ask_to_choose(request, version, base, mine, by=by)
    note = "" if merged.working == mine else f"{_who(version, by)} also changed this draft."
    try:
        version = keep_working(
            version, merged.working, based_on=version.counter, by=by, what=shown.said
        )
    except StaleDraftError as stale:
        return _joined(request, stale.version, base, mine, shown=shown, by=by)
    return _answer(request, version, replace(shown, note=note))


def ask_to_choose(
    request: HttpRequest, version: PolicyVersion, base: Working, mine: Working, *, by: User
) -> HttpResponse:
    """Show both versions of each part that two people changed."""
    counters = (int(request.POST["based_on"]), version.counter)
    context = {
        "version": version,
        "joining": joining(base, mine, working_of(version), request.POST, counters),
        "who": _who(version, by),
        **_admin_context(request, version),
    }
    is_part = wants_partial(cast("HtmxHttpRequest", request))
    template = "write_joining_part.html" if is_part else "write_joining.html"
    response = render(request, HERE + template, context, status=422 if is_part else CONFLICT)
    # A field that saves itself asks for less than the whole.
    return retarget(reswap(response, "outerHTML"), "#write") if is_part else response


def join_text(request: HttpRequest, version: PolicyVersion, *, by: User) -> HttpResponse:
    """Join a text that was written meanwhile with how the draft stands now."""
    base = _base(request, version)
    try:
        edition = read_edition(read_yaml(request.POST.get("text", "")).data)
    except InputError:
        base = None
    if base is None:
        return HttpResponseBadRequest("This text can't be joined: open the draft anew.")
    after = from_edition_data(write_edition(edition))
    mine = carry_keys(base, after, fresh_keys())
    return _joined(request, version, base, mine, shown=Shown(said="Joined two texts"), by=by)


def _who(version: PolicyVersion, by: User) -> str:
    """Who saved last."""
    step = last_step(version)
    if step is None or step.by is None:
        return "Someone else"
    return "You, on another page," if step.by == by else str(step.by)


def _answer(request: HttpRequest, version: PolicyVersion, shown: Shown) -> HttpResponse:
    """The changed part of the page, or all of it: by a redirect, or with a text still to mend."""
    texts = kept_texts(request.POST, is_refused=bool(shown.refusal))
    shown = replace(shown, texts=texts)
    htmx_request = cast("HtmxHttpRequest", request)
    if wants_partial(htmx_request):
        response = render(request, HERE + "write_part.html", page_context(version, shown))
        return retarget(reswap(response, "outerHTML"), "#write")
    if texts:
        return _page(request, version, shown)
    for text, level in (
        (shown.refusal, messages.ERROR),
        (shown.note, messages.WARNING),
        (shown.said, messages.SUCCESS),
    ):
        if text:
            messages.add_message(request, level, text)
    query = {"open": shown.opened, "focus": shown.focus, "saved": "1" if shown.tells_all else ""}
    asked = urlencode({name: value for name, value in query.items() if value})
    address = write_address(version) + (f"?{asked}" if asked else "")
    return HttpResponseRedirect(f"{address}#line-{shown.opened}" if shown.opened else address)


def write_address(version: PolicyVersion) -> str:
    """The address of the page for writing a draft."""
    return reverse("admin:policies_policyversion_write", args=[version.pk])


def _page(request: HttpRequest, version: PolicyVersion, shown: Shown) -> HttpResponse:
    context = (
        page_context(version, shown) | _admin_context(request, version) | {"shortcuts": shortcuts()}
    )
    return render(request, HERE + "write.html", context)


def _admin_context(request: HttpRequest, version: PolicyVersion) -> dict[str, object]:
    return {**admin.site.each_context(request), "title": f"Write: {version}"}
