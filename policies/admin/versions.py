"""Drafts of editions, edited as text and checked as the rules read them; published ones to read."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from policies.admin.desk import editor
from policies.admin.history import ShowsHistory
from policies.admin.policy_pages import policy_tools
from policies.admin.version_form import PolicyVersionForm, text_of, text_of_draft
from policies.admin.writing.views import join_text, write_address, write_draft
from policies.catalogue import Edition
from policies.drafting import StaleDraftError, begin_empty, keep_text
from policies.faults import InputError
from policies.history import line_diff, record_event, text_of_version
from policies.models import PolicyEvent, PolicyVersion
from policies.presenting.positions import present_position
from policies.publishing import begin_draft, publish_draft, save_draft
from policies.sureness import sureness_of
from policies.wording import edition_date

__all__ = ["PolicyVersionAdmin", "PolicyVersionForm", "text_of"]

WRITE = "policies_policyversion_write"


def edition_so_far(version: PolicyVersion) -> Edition | None:
    """The edition as it could be read last; nothing of a draft that never could."""
    try:
        return version.edition()
    except InputError:
        return None


@admin.register(PolicyVersion)
class PolicyVersionAdmin(ShowsHistory):
    """Editions: drafts to write, published ones to read."""

    form = PolicyVersionForm

    class Media:
        css = {"all": ["css/desk.css"]}

    change_form_template = "admin/policies/policyversion/change_form.html"
    list_display = ["policy", "dated", "revision", "state", "sureness", "writing"]
    list_filter = [("published_at", admin.EmptyFieldListFilter), "policy__insurer"]
    list_select_related = ["policy__insurer__parent"]
    search_fields = ["policy__number", "policy__title", "policy__insurer__name"]
    autocomplete_fields = ["policy"]
    actions = ["begin_next_revision", "publish_drafts"]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.write)
        return [path("<int:pk>/write/", view, name=WRITE), *super().get_urls()]

    def write(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Write a draft line by line; a published edition is only read."""
        versions = self.get_queryset(request).select_related("policy__insurer")
        version = get_object_or_404(versions, pk=pk)
        if version.published_at is not None:
            return redirect("admin:policies_policyversion_change", pk)
        if not self.has_change_permission(request, version):
            raise PermissionDenied
        return write_draft(request, version, by=editor(request))

    def desk_tools(self, request: HttpRequest, obj: PolicyVersion) -> list[tuple[str, str]]:
        tools = policy_tools(obj.policy)
        if not self.has_change_permission(request, obj):
            return tools
        return [("Write line by line", reverse(f"admin:{WRITE}", args=[obj.pk])), *tools]

    def get_queryset(self, request: HttpRequest) -> QuerySet[PolicyVersion]:
        return super().get_queryset(request).prefetch_related("readings")

    def get_fields(self, request: HttpRequest, obj: PolicyVersion | None = None) -> list[Any]:
        if obj is None:
            return ["policy", "text", "based_on"]
        if obj.published_at or not self.has_change_permission(request, obj):
            return ["policy", "published_at", "published_by", "preview", "as_text"]
        return ["policy", "text", "based_on", "preview"]

    def get_readonly_fields(
        self, request: HttpRequest, obj: PolicyVersion | None = None
    ) -> list[str]:
        return (
            [] if obj is None else ["policy", "published_at", "published_by", "preview", "as_text"]
        )

    def has_change_permission(self, request: HttpRequest, obj: PolicyVersion | None = None) -> bool:
        """Editors change drafts; a published edition is corrected by a new one."""
        if obj is not None and obj.published_at:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: PolicyVersion | None = None) -> bool:
        """A draft may go; what was published stays."""
        if obj is not None and obj.published_at:
            return False
        return super().has_delete_permission(request, obj)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Who may show an edition to patients."""
        return request.user.has_perm("policies.publish_policyversion")

    def save_model(
        self,
        request: HttpRequest,
        obj: PolicyVersion,
        form: PolicyVersionForm,
        change: bool,
    ) -> None:
        if form.edition is None:
            # The admin goes on with the object that it was given.
            obj.pk = begin_empty(obj.policy, by=editor(request)).pk
        elif change:
            based_on = form.cleaned_data["based_on"]
            keep_text(obj, form.edition, based_on=based_on, by=editor(request))
        else:
            save_draft(obj.policy, form.edition, by=editor(request), version=obj)

    def delete_model(self, request: HttpRequest, obj: PolicyVersion) -> None:
        diff = line_diff(text_of_version(obj), "")
        record_event(PolicyEvent.Kind.DELETED, obj, by=editor(request), diff=diff)
        super().delete_model(request, obj)

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[PolicyVersion]) -> None:
        for version in queryset:
            self.delete_model(request, version)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if "_join" in request.POST:
            version = get_object_or_404(self.get_queryset(request), pk=object_id)
            if not self.has_change_permission(request, version):
                raise PermissionDenied
            return join_text(request, version, by=editor(request))
        try:
            return super().changeform_view(request, object_id, *args, **kwargs)
        except StaleDraftError:
            # Someone saved just now; the same form, read anew, says so.
            return super().changeform_view(request, object_id, *args, **kwargs)

    def response_add(
        self, request: HttpRequest, obj: PolicyVersion, post_url_continue: str | None = None
    ) -> HttpResponse:
        if not request.POST.get("text", "").strip():
            return redirect(write_address(obj))
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: PolicyVersion) -> HttpResponse:
        if "_publish" in request.POST:
            if not self.has_publish_permission(request):
                raise PermissionDenied
            if self._publish(request, obj):
                return self.response_post_save_change(request, obj)
            return HttpResponseRedirect(request.get_full_path())
        return super().response_change(request, obj)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        version = kwargs.get("obj")
        is_draft = version is not None and version.published_at is None
        context["may_publish"] = is_draft and self.has_publish_permission(request)
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.action(description="Begin the next revision as a draft", permissions=["add"])
    def begin_next_revision(self, request: HttpRequest, versions: QuerySet[PolicyVersion]) -> None:
        for version in versions:
            if version.published_at is None:
                self.message_user(request, f"{version} is a draft already.", messages.WARNING)
                continue
            draft = begin_draft(version, by=editor(request))
            self.message_user(request, f"{draft} is ready to edit.", messages.SUCCESS)

    @admin.action(description="Publish the chosen drafts", permissions=["publish"])
    def publish_drafts(self, request: HttpRequest, versions: QuerySet[PolicyVersion]) -> None:
        for version in versions:
            if version.published_at is not None:
                self.message_user(request, f"{version} is published already.", messages.WARNING)
                continue
            self._publish(request, version)

    def _publish(self, request: HttpRequest, version: PolicyVersion) -> bool:
        """Publish, or say why not; the draft is kept either way."""
        try:
            publish_draft(version, by=editor(request))
        except ValidationError as error:
            for message in error.messages:
                self.message_user(request, f"Not published: {message}", messages.ERROR)
            return False
        self.message_user(request, f"{version} is published.", messages.SUCCESS)
        return True

    @admin.display(description="date", ordering="effective_on")
    def dated(self, version: PolicyVersion) -> str:
        edition = edition_so_far(version)
        return edition_date(edition) if edition else "not written yet"

    @admin.display(ordering="published_at")
    def state(self, version: PolicyVersion) -> str:
        return "published" if version.published_at else "draft"

    @admin.display(description="how sure")
    def sureness(self, version: PolicyVersion) -> str:
        edition = edition_so_far(version)
        return sureness_of(edition, on=timezone.localdate()).label if edition else ""

    @admin.display(description="")
    def writing(self, version: PolicyVersion) -> SafeString | str:
        if version.published_at:
            return ""
        return format_html('<a href="{}">Write line by line</a>', write_address(version))

    @admin.display(description="as patients read it")
    def preview(self, version: PolicyVersion) -> str:
        edition = edition_so_far(version)
        positions = [
            present_position(one, edition, number=number)
            for number, one in enumerate(edition.positions if edition else (), 1)
            if edition
        ]
        return render_to_string(
            "admin/policies/policyversion/_preview.html", {"positions": positions}
        )

    @admin.display(description="edition as text")
    def as_text(self, version: PolicyVersion) -> str:
        return render_to_string(
            "admin/policies/policyversion/_text.html", {"text": text_of_draft(version)}
        )
