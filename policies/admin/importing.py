"""Records into the desk: sent as a file, shown as what would become of them, and then written."""

import base64
import binascii
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from policies.admin.desk import editor
from policies.archive import MOST_PACKED, read_upload
from policies.folder import FolderError
from policies.importing import (
    Imported,
    OtherOutcomeError,
    Outcome,
    import_files,
    preview_import,
)

MOST_FAULTS_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent, which travels in the page until it is confirmed."""

    name: str
    data: bytes

    @property
    def carried(self) -> str:
        return base64.b64encode(self.data).decode("ascii")


class UploadForm(forms.Form):
    """The file to send."""

    file = forms.FileField(
        label="Which file?",
        allow_empty_file=True,
        help_text="One record (.yaml), or a .zip of records as an export holds them, "
        f"up to {MOST_PACKED // (1024 * 1024)} MB.",
        widget=forms.FileInput(attrs={"accept": ".yaml,.zip"}),
        error_messages={"required": "Choose a file: one record (.yaml), or a .zip of records."},
    )

    def upload(self) -> Upload:
        sent: UploadedFile[bytes] = self.cleaned_data["file"]
        return Upload(str(sent.name), sent.read())


class CarriedForm(forms.Form):
    """A file that was shown, and the seal of what was shown of it."""

    name = forms.CharField(max_length=300, widget=forms.HiddenInput)
    carried = forms.CharField(widget=forms.HiddenInput)
    seal = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def clean_carried(self) -> bytes:
        try:
            return base64.b64decode(self.cleaned_data["carried"], validate=True)
        except binascii.Error as error:
            raise ValidationError("This is not a whole file.") from error

    def upload(self) -> Upload:
        return Upload(self.cleaned_data["name"], self.cleaned_data["carried"])


@require_http_methods(["GET", "POST"])
def import_records(request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> HttpResponse:
    """Take a file, show what would become of it, and write it once that is confirmed."""
    page = _Page(request, model_admin)
    if request.method != "POST":
        return page.ask(UploadForm())
    if "seal" in request.POST:
        confirmed = CarriedForm(request.POST)
        if confirmed.is_valid():
            return page.write(confirmed.upload(), confirmed.cleaned_data["seal"])
        return page.ask(UploadForm(), ["The file was cut off on its way. Choose it again."])
    form = UploadForm(request.POST, request.FILES)
    return page.show(form.upload()) if form.is_valid() else page.ask(form)


class _Page:
    """The page in its three states: asked for a file, faulty, and shown to be confirmed."""

    def __init__(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> None:
        self.request = request
        self.model_admin = model_admin

    def ask(self, form: UploadForm, faults: list[str] | None = None) -> HttpResponse:
        found = faults or []
        return self._answer(
            {
                "form": form,
                "faults": found[:MOST_FAULTS_SHOWN],
                "fault_count": len(found),
            },
            status=422 if form.is_bound or found else 200,
        )

    def show(self, upload: Upload, *, has_changed: bool = False) -> HttpResponse:
        try:
            files = read_upload(upload.name, upload.data)
            imported = preview_import(files, by=editor(self.request))
        except FolderError as error:
            return self.ask(UploadForm(), list(error.lines))
        return self._confirm(upload, imported, has_changed=has_changed)

    def write(self, upload: Upload, seal: str) -> HttpResponse:
        try:
            files = read_upload(upload.name, upload.data)
            imported = import_files(files, by=editor(self.request), seal=seal)
        except FolderError as error:
            return self.ask(UploadForm(), list(error.lines))
        except OtherOutcomeError as error:
            return self._confirm(upload, error.imported, has_changed=True)
        drafts = sum(step.outcome is Outcome.DRAFT for step in imported.steps)
        count = "1 new draft" if drafts == 1 else f"{drafts} new drafts"
        text = f"Imported from {upload.name}: {count}. Nothing of it is published yet."
        self.model_admin.message_user(self.request, text, messages.SUCCESS)
        address = reverse("admin:policies_policyversion_changelist")
        return HttpResponseRedirect(f"{address}?state=draft")

    def _confirm(self, upload: Upload, imported: Imported, *, has_changed: bool) -> HttpResponse:
        carried = {"name": upload.name, "carried": upload.carried, "seal": imported.seal}
        context = {
            "upload": upload,
            "imported": imported,
            "confirmation": CarriedForm(initial=carried),
            "has_changed": has_changed,
        }
        return self._answer(context, status=409 if has_changed else 200)

    def _answer(self, context: dict[str, Any], *, status: int) -> HttpResponse:
        shared = {
            **admin.site.each_context(self.request),
            "title": "Import records",
            "opts": self.model_admin.opts,
        }
        template = "admin/policies/policy/import.html"
        return TemplateResponse(self.request, template, shared | context, status=status)
