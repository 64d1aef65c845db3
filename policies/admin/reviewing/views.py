"""The page on which an edition is sent to review, spoken about, sent back and published."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from coverage_site.htmx import HtmxHttpRequest, wants_partial
from policies.admin.reviewing.beside import beside_of
from policies.admin.reviewing.page import comments_of, reviewed, threads
from policies.admin.reviewing.since import written_since
from policies.admin.reviewing.states import State, stands, state_of, what_happens
from policies.draft_states import working_of
from policies.models import PolicyVersion, ReviewComment
from policies.obstacles import obstacles
from policies.outline import EDITION
from policies.outline.readable import readable
from policies.proofs import proof_of
from policies.publishing import SENT_ANEW, publish_draft
from policies.reviewing import comment, send_back, settle, submit_draft, take_back
from policies.wording import edition_date

HERE = "admin/policies/policyversion/"
REASON = "reason"
SAYS = "text:"  # what the boxes for comments are called, before the key of their part
TYPED = (SAYS, REASON)


@dataclass(frozen=True, slots=True)
class Rights:
    """What a person may do on the page, whatever the edition's state."""

    may_write: bool
    may_publish: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """What is said of the last press, where focus lands, and what was typed and not saved."""

    said: str = ""
    focus: str = ""
    refusals: tuple[str, ...] = ()
    typed: Mapping[str, Any] | None = None


def review_address(version: PolicyVersion) -> str:
    """The address of an edition's page in review."""
    return reverse("admin:policies_policyversion_review", args=[version.pk])


def show_review(
    request: HttpRequest, version: PolicyVersion, rights: Rights, *, by: User
) -> HttpResponse:
    """Show where an edition stands with all that was said of it, or do what was pressed."""
    if request.method != "POST":
        return _page(request, version, rights, Shown(), by=by)
    verb, _, rest = request.POST.get("do", "").partition(":")
    act = ACTS.get(verb)
    is_for_publishers = act is not None and act.is_for_publishers
    if not (rights.may_publish if is_for_publishers else rights.may_write):
        raise PermissionDenied
    if act is None:
        return HttpResponseBadRequest("This page has no such button: open it anew.")
    typed = {name: request.POST[name] for name in request.POST if name.startswith(TYPED)}
    try:
        if act.is_for_publishers and request.POST.get("seen") != seen_of(version):
            raise ValidationError(SENT_ANEW)
        focus = _do(version, act, rest, typed, by=by)
    except ValidationError as error:
        shown = Shown(refusals=tuple(error.messages), typed=typed, focus="refused")
        return _page(request, version, rights, shown, by=by)
    version.refresh_from_db()
    return _done(request, version, rights, Shown(act.said, focus), by=by)


def seen_of(version: PolicyVersion) -> str:
    """Names what a page in review shows: when it was sent; from then on nothing of it changes."""
    return version.submitted_at.isoformat() if version.submitted_at else ""


@transaction.atomic
def _do(
    version: PolicyVersion, act: "Act", rest: str, typed: Mapping[str, Any], *, by: User
) -> str:
    """Save every comment that was typed and do what was pressed, or neither; where focus lands."""
    asked = SAYS + rest if act is ACTS["comment"] else ""
    saved = ""
    for name, text in typed.items():
        if name.startswith(SAYS) and (text.strip() or name == asked):
            saved = f"comment-{comment(version, by=by, text=text, key=name[len(SAYS) :]).pk}"
    if act.write is None:
        return saved
    return act.write(version, by, rest, typed.get(REASON, ""))


Write = Callable[[PolicyVersion, User, str, str], str]


def _submit(version: PolicyVersion, by: User, _rest: str, _reason: str) -> str:
    submit_draft(version, by=by)
    return STATE


def _take_back(version: PolicyVersion, by: User, _rest: str, _reason: str) -> str:
    take_back(version, by=by)
    return STATE


def _send_back(version: PolicyVersion, by: User, _rest: str, reason: str) -> str:
    send_back(version, by=by, reason=reason)
    return STATE


def _publish(version: PolicyVersion, by: User, _rest: str, _reason: str) -> str:
    publish_draft(version, by=by, seen=version.submitted_at)
    return STATE


def _settle(version: PolicyVersion, by: User, rest: str, _reason: str) -> str:
    remark = remark_of(version, f"settle:{rest}")
    if remark is None:
        raise ValidationError("There is no such comment.")
    settle(remark, by=by)
    return f"comment-{remark.pk}"


def remark_of(version: PolicyVersion, do: str) -> ReviewComment | None:
    """The comment at which a button was pressed that marks it as settled."""
    verb, _, key = do.partition(":")
    if verb != "settle" or not key.isdecimal() or len(key) > 9:
        return None
    return version.comments.filter(pk=int(key)).first()


@dataclass(frozen=True, slots=True)
class Act:
    """A button: what it writes (nothing besides the comments that were typed), and what is said."""

    said: str
    write: Write | None
    is_for_publishers: bool = False


STATE = "state"
ACTS = {
    "submit": Act("Sent to review.", _submit),
    "take_back": Act("Taken back: it is a draft again.", _take_back),
    "send_back": Act("Sent back: it is a draft again.", _send_back, is_for_publishers=True),
    "publish": Act("Published.", _publish, is_for_publishers=True),
    "comment": Act("Comment added.", None),
    "settle": Act("Comment settled.", _settle),
}


def _done(
    request: HttpRequest, version: PolicyVersion, rights: Rights, shown: Shown, *, by: User
) -> HttpResponse:
    """The changed part of the page, or all of it by way of a redirect."""
    if wants_partial(cast("HtmxHttpRequest", request)):
        return _page(request, version, rights, shown, by=by)
    messages.success(request, shown.said)
    return HttpResponseRedirect(f"{review_address(version)}#{shown.focus}")


def _page(
    request: HttpRequest, version: PolicyVersion, rights: Rights, shown: Shown, *, by: User
) -> HttpResponse:
    is_part = wants_partial(cast("HtmxHttpRequest", request))
    context = review_context(version, rights, by=by) | {"shown": shown}
    if not is_part:
        context |= {**admin.site.each_context(request), "title": f"Review: {version}"}
    template = "review_part.html" if is_part else "review.html"
    return render(request, HERE + template, context, status=422 if shown.refusals else 200)


def review_context(version: PolicyVersion, rights: Rights, *, by: User) -> dict[str, Any]:
    """Everything about an edition in review that a page or a part of it shows."""
    on = timezone.localdate()
    state = state_of(version, on=on)
    is_open = version.published_at is None
    prove = cache(proof_of)
    in_the_way = obstacles(version, prove=prove) if is_open else []
    written = working_of(version)
    held = readable(written)
    parts = reviewed(held.working, held.edition)
    keys = parts.keys()
    comments = comments_of(version)
    remarks = [one for one in comments if is_open and not one.settled]
    of_parts = threads(comments) if is_open else {}
    is_own = version.submitted_by_id == by.pk
    in_review = state is State.IN_REVIEW
    return {
        "version": version,
        "seen": seen_of(version),
        "stands": stands(version, by=by, in_the_way=len(in_the_way), on=on, remarks=len(remarks)),
        "in_the_way": in_the_way,
        "happens": what_happens(version, on=on) if in_review else "",
        "edition": held.edition,
        "dated": edition_date(held.edition, on=on),
        "left_out": held.left_out,
        "parts": parts,
        "threads": of_parts,
        "edition_key": EDITION,
        "elsewhere": [one for one in comments if not is_open or one.part not in keys],
        "odd": parts.odd(),
        "beside": beside_of(version, held, prove(version)),
        "since": written_since(version, written),
        "open_comments": remarks,
        "may_comment": is_open and rights.may_write,
        "may_submit": state is State.DRAFT and rights.may_write and not in_the_way,
        "may_write": state is State.DRAFT and rights.may_write,
        "may_take_back": in_review and is_own and rights.may_write,
        "may_send_back": in_review and rights.may_publish and not is_own,
        "may_publish": in_review
        and rights.may_publish
        and (not is_own or settings.DESK_ONE_PERSON_MAY_PUBLISH),
    }
