"""Copies of a policy's document: attached, saved again, and compared with the one before."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from policies.admin.desk import editor
from policies.admin.fresh.rereading import offer_of_version
from policies.admin.reviewing.states import state_in_short
from policies.attaching import attach_copy
from policies.copies import MOST_BYTES, MOST_PAGES
from policies.copies.changes import changes_in_text
from policies.copies.quotes import quotes_of
from policies.models import Policy, PolicyVersion, SourceCopy
from policies.rereading import version_in_force
from policies.standing import copy_heads, searched_editions

COPIES = "admin:policies_policy_copies"
CHANGES = "admin:policies_sourcecopy_changes"


class CopyForm(forms.Form):
    """A file, and where and when it was taken."""

    file = forms.FileField(
        label="Which file?",
        allow_empty_file=True,
        max_length=200,
        help_text=f"A PDF of up to {MOST_BYTES // (1024 * 1024)} MB and {MOST_PAGES} pages, or a "
        "page saved as .html or .txt.",
        widget=forms.FileInput(attrs={"accept": ".pdf,.html,.htm,.txt"}),
        error_messages={
            "required": "Choose a file: a PDF, or a page saved as .html or .txt.",
            "max_length": "The file's name is too long. Give it a shorter one.",
        },
    )
    taken_on = forms.DateField(
        label="On which day was it taken from the insurer's site?",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Enter the day, for example 2026-05-03."},
    )
    url = forms.URLField(
        label="From which address?",
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text="The quotes from a source with this address are looked for in this file.",
    )
    version = forms.ModelChoiceField(
        queryset=PolicyVersion.objects.none(),
        required=False,
        empty_label="None yet",
        label="Which edition was written from it?",
    )

    def __init__(self, *args: Any, policy: Policy, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        versions = policy.versions.select_related("policy__insurer")
        self.fields["version"].queryset = versions  # type: ignore[attr-defined]

    def clean_taken_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["taken_on"]
        if day > self.today:
            raise ValidationError("This day is yet to come. Enter the day you saved the file.")
        return day


@require_http_methods(["GET", "HEAD", "POST"])
def copies(
    request: HttpRequest, policy_id: int, model_admin: admin.ModelAdmin[Any]
) -> HttpResponse:
    """The copies of a policy's document, and a form to attach one."""
    policies = Policy.objects.with_record()
    policy = get_object_or_404(policies, pk=policy_id)
    today = timezone.localdate()
    if request.method != "POST":
        asked = request.GET.get("version", "")
        initial = {
            "taken_on": today,
            "url": policy.url,
            "version": asked if asked.isdecimal() else "",
        }
        form = CopyForm(initial=initial, policy=policy, today=today)
        return _page(request, model_admin, policy, form)
    if not request.user.has_perm("policies.add_sourcecopy"):
        raise PermissionDenied
    form = CopyForm(request.POST, request.FILES, policy=policy, today=today)
    copy = _attached(request, policy, form) if form.is_valid() else None
    if copy is None:
        return _page(request, model_admin, policy, form)
    return _after(request, copy)


def _attached(request: HttpRequest, policy: Policy, form: CopyForm) -> SourceCopy | None:
    """The copy that was kept; none where the form says why not."""
    told = form.cleaned_data
    sent: UploadedFile[bytes] = told["file"]
    try:
        return attach_copy(
            policy,
            name=str(sent.name),
            content=sent.read(),
            taken_on=told["taken_on"],
            url=told["url"],
            version=told["version"],
            by=editor(request),
        )
    except ValidationError as error:
        form.add_error("file", error.messages)
        return None


def _after(request: HttpRequest, copy: SourceCopy) -> HttpResponse:
    """Say what was kept, which quotes it lacks, and what changed since an older copy."""
    pages = "1 page" if len(copy.pages) == 1 else f"{len(copy.pages)} pages"
    if copy.pages:
        messages.success(request, f"Attached: {copy.name}, with the text of {pages}.")
    else:
        text = "It has no text, only pictures of pages: no quote is looked for in it, and nothing "
        messages.warning(request, f"Attached: {copy.name}. {text}is compared.")
    _tell_of_quotes(request, copy.policy)
    before = copy_before(copy)
    if copy.pages and before is not None:
        return HttpResponseRedirect(reverse(CHANGES, args=[copy.pk]))
    return HttpResponseRedirect(reverse(COPIES, args=[copy.policy.pk]))


def _tell_of_quotes(request: HttpRequest, policy: Policy) -> None:
    """Name each edition with quotes that the copies do not have."""
    for one in searched_editions(policy, on=timezone.localdate()):
        if one.not_found:
            count = f"{one.not_found} of {len(one.places)} quotes"
            text = f"{one.version}: {count} not found, marked under “Copies of the document”."
            messages.warning(request, text)


def copy_before(copy: SourceCopy) -> SourceCopy | None:
    """The copy with text that was taken before this one, of the same address where there is one."""
    earlier = Q(taken_on__lt=copy.taken_on) | Q(taken_on=copy.taken_on, pk__lt=copy.pk)
    with_text = SourceCopy.objects.with_text().filter(earlier, policy=copy.policy)
    held = with_text.exclude(pages=[])
    return held.filter(url=copy.url).first() or held.first()


def _page(
    request: HttpRequest, model_admin: admin.ModelAdmin[Any], policy: Policy, form: CopyForm
) -> HttpResponse:
    today = timezone.localdate()
    heads = copy_heads([policy.pk]).get(policy.pk, ())
    context = {
        **admin.site.each_context(request),
        "title": f"Copies of the document: {policy}",
        "opts": model_admin.opts,
        "policy": policy,
        "form": form if request.user.has_perm("policies.add_sourcecopy") else None,
        "copies": SourceCopy.objects.listed().filter(policy=policy),
        "comparable": {one.key for one in heads if one.has_text} if len(heads) > 1 else set(),
        "editions": [
            (one, "in force" if one.is_in_force else state_in_short(one.version, on=today))
            for one in searched_editions(policy, on=today)
        ],
    }
    template = "admin/policies/policy/copies.html"
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, template, context, status=status)


@require_safe
def copy_file(
    request: HttpRequest, copy_id: int, model_admin: admin.ModelAdmin[Any]
) -> HttpResponse:
    """The file itself, to be saved and never shown: nothing in it runs on a page of ours."""
    copy = get_object_or_404(SourceCopy, pk=copy_id)
    return HttpResponse(
        bytes(copy.content),
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": content_disposition_header(True, copy.name),
            "X-Content-Type-Options": "nosniff",
        },
    )


@require_safe
def copy_changes(
    request: HttpRequest, copy_id: int, model_admin: admin.ModelAdmin[Any]
) -> HttpResponse:
    """What changed in the text since the copy before, beside the criteria that quote it."""
    rows = SourceCopy.objects.with_text().select_related("policy__insurer")
    copy = get_object_or_404(rows, pk=copy_id)
    before = copy_before(copy)
    policy = Policy.objects.with_record().get(pk=copy.policy.pk)
    version = version_in_force(policy, on=timezone.localdate())
    quotes = quotes_of(version.edition()) if version else ()
    context = {
        **admin.site.each_context(request),
        "title": f"What changed in the document: {policy}",
        "opts": model_admin.opts,
        "policy": policy,
        "copy": copy,
        "before": before,
        "version": version,
        "found": changes_in_text(before.pages, copy.pages, quotes)
        if before is not None and copy.pages
        else None,
        "offer": offer_of_version(request, version) if version else None,
    }
    return TemplateResponse(request, "admin/policies/policy/copy_changes.html", context)
