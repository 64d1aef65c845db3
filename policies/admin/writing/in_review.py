"""The page for writing a draft while it is in review: to be read, and to be taken back."""

from typing import cast

from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django_htmx.http import reswap, retarget

from coverage_site.htmx import HtmxHttpRequest, wants_partial
from policies.admin.reviewing.states import stands
from policies.draft_states import working_of
from policies.models import PolicyVersion
from policies.outline.readable import readable
from policies.presenting.positions import present_position

HERE = "admin/policies/policyversion/"
CONFLICT = 409
# What the page sends by itself, and nobody typed.
OURS = {"csrfmiddlewaretoken", "based_on", "do", "opened", "quiet", "seen", "mine"}


def refuse_in_review(request: HttpRequest, version: PolicyVersion, *, by: User) -> HttpResponse:
    """Show what is in review; of a change say that nothing was saved, and leave it on its page."""
    version.refresh_from_db()
    context = {
        "version": version,
        "stands": stands(version, by=by, in_the_way=0, on=timezone.localdate()),
        "is_own": version.submitted_by == by,
        "is_refused": request.method == "POST",
        "typed": [
            text
            for name, texts in request.POST.lists()
            for text in map(str, texts)
            if name not in OURS and text.strip()
        ],
    }
    if wants_partial(cast("HtmxHttpRequest", request)):
        part = render(request, HERE + "_in_review.html", context, status=422)
        return retarget(reswap(part, "innerHTML"), "#desk-notice")
    edition = readable(working_of(version)).edition
    context |= {
        **admin.site.each_context(request),
        "title": f"In review: {version}",
        "positions": [
            present_position(one, edition, number=number)
            for number, one in enumerate(edition.positions, 1)
        ],
    }
    status = CONFLICT if context["is_refused"] else 200
    return render(request, HERE + "write_in_review.html", context, status=status)
