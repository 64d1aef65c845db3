"""Records out of the desk: one, some or all, as the files they can be loaded from."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from policies.exporting import part_of, take_out, zipped
from policies.folder import Folder
from policies.models import Insurer, Policy, PolicyVersion


class ExportForm(forms.Form):
    """All records, or those of one insurer."""

    insurer = forms.ModelChoiceField(
        queryset=Insurer.objects.none(),
        required=False,
        empty_label="All insurers",
        to_field_name="slug",
        label="Whose documents?",
        help_text="To export just a few, tick them in the list of policies and choose "
        "“Export the chosen as files”.",
    )
    download = forms.BooleanField(widget=forms.HiddenInput, initial=True, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        published = PolicyVersion.objects.published()
        owners = Insurer.objects.filter(policies__versions__in=published).distinct()
        self.fields["insurer"].queryset = owners  # type: ignore[attr-defined]


@require_safe
def export(request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> HttpResponse:
    """Ask which records, and hand them over."""
    form = ExportForm(request.GET if "download" in request.GET else None)
    if form.is_valid():
        insurer = form.cleaned_data["insurer"]
        folder = take_out()
        if insurer is None:
            return as_download(folder, "policies.zip")
        stems = {one.stem for one in folder.documents if one.insurer.slug == insurer.slug}
        return as_download(part_of(folder, stems), f"{insurer.slug}.zip")
    context = {
        **admin.site.each_context(request),
        "title": "Export records",
        "opts": model_admin.opts,
        "form": form,
        "count": Policy.objects.listed().count(),
    }
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "admin/policies/policy/export.html", context, status=status)


@require_safe
def export_one(
    request: HttpRequest, policy_id: int, model_admin: admin.ModelAdmin[Any]
) -> HttpResponse:
    """One policy with its cases."""
    policy = get_object_or_404(Policy.objects.select_related("insurer"), pk=policy_id)
    stem = f"{policy.insurer.slug}--{policy.slug}"
    folder = part_of(take_out(), {stem})
    if not folder.documents:
        raise Http404("No edition of this policy is published yet.")
    return as_download(folder, f"{stem}.zip")


@admin.action(description="Export the chosen as files", permissions=["view"])
def export_chosen(
    model_admin: admin.ModelAdmin[Any], request: HttpRequest, policies: QuerySet[Policy]
) -> HttpResponse | None:
    """Some policies with their cases; those that were never published have no file."""
    stems = {f"{insurer}--{slug}" for insurer, slug in policies.addresses()}  # type: ignore[attr-defined]
    folder = part_of(take_out(), stems)
    if not folder.documents:
        text = "None of them has a published edition, and drafts have no file."
        model_admin.message_user(request, text, messages.WARNING)
        return None
    return as_download(folder, "policies.zip")


def as_download(folder: Folder, name: str) -> HttpResponse:
    """A zip for the browser to save."""
    return HttpResponse(
        zipped(folder),
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
