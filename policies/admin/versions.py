"""Drafts of editions, edited as text and checked as the rules read them; published ones to read."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from policies.admin.desk import editor
from policies.admin.effects.views import effects_address, show_effects
from policies.admin.fresh.pages import fresh_version_pages
from policies.admin.fresh.spanish import spanish_address
from policies.admin.history import ShowsHistory
from policies.admin.policy_pages import policy_tools
from policies.admin.proving.pages import case_pages
from policies.admin.proving.views import cases_address
from policies.admin.reviewing.states import ByState, state_in_short
from policies.admin.reviewing.views import Rights, review_address, show_review
from policies.admin.version_form import PolicyVersionForm, text_of, text_of_draft
from policies.admin.writing.in_review import refuse_in_review
from policies.admin.writing.views import join_text, write_address, write_draft
from policies.catalogue import Edition
from policies.drafting import StaleDraftError, begin_empty, keep_text
from policies.faults import InputError
from policies.history import line_diff, record_event, text_of_version
from policies.models import PolicyEvent, PolicyVersion
from policies.presenting.positions import present_position
from policies.publishing import InReviewError, begin_draft, lock_draft, save_draft
from policies.sureness import sureness_of
from policies.wording import edition_date

__all__ = ["PolicyVersionAdmin", "PolicyVersionForm", "text_of"]

WRITE = "policies_policyversion_write"
REVIEW = "policies_policyversion_review"
EFFECTS = "policies_policyversion_effects"
AS_TEXT = ("text", "based_on", "as_text")


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

    change_form_template = "admin/policies/policyversion/change_form.html"
    list_display = ["policy", "state", "to_do", "dated", "revision", "sureness"]
    list_filter = [ByState, "policy__insurer"]
    list_select_related = ["policy__insurer__parent"]
    search_fields = ["policy__number", "policy__title", "policy__insurer__name"]
    autocomplete_fields = ["policy"]
    actions = ["begin_next_revision"]

    def get_urls(self) -> list[URLPattern]:
        pages = (self.write, self.review, self.effects)
        write, review, effects = (self.admin_site.admin_view(view) for view in pages)
        return [
            path("<int:pk>/write/", write, name=WRITE),
            path("<int:pk>/review/", review, name=REVIEW),
            *case_pages(self),
            path("<int:pk>/effects/", effects, name=EFFECTS),
            *fresh_version_pages(self),
            *super().get_urls(),
        ]

    def write(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Write a draft line by line; what is published or in review is only read."""
        version = self._find(request, pk)
        if version.published_at is not None and request.method != "POST":
            return redirect("admin:policies_policyversion_change", pk)
        rights = self._rights(request)
        if not rights.may_write:
            raise PermissionDenied
        if version.submitted_at is not None or version.published_at is not None:
            return refuse_in_review(request, version, by=editor(request))
        try:
            return write_draft(request, version, by=editor(request))
        except InReviewError:
            # Someone sent it to review just now, or published it.
            return refuse_in_review(request, version, by=editor(request))

    def review(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Where an edition stands on its way to patients, and the buttons that move it on."""
        version = self._find(request, pk)
        if not self.has_view_permission(request, version):
            raise PermissionDenied
        return show_review(request, version, self._rights(request), by=editor(request))

    def effects(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What an edition changes against the one it follows."""
        version = self._find(request, pk)
        if not self.has_view_permission(request, version):
            raise PermissionDenied
        return show_effects(request, version)

    def _find(self, request: HttpRequest, pk: int) -> PolicyVersion:
        versions = self.get_queryset(request)
        return get_object_or_404(
            versions.select_related("policy__insurer__parent", "submitted_by", "published_by"),
            pk=pk,
        )

    def _rights(self, request: HttpRequest) -> Rights:
        return Rights(
            may_write=super().has_change_permission(request),
            may_publish=request.user.has_perm("policies.publish_policyversion"),
        )

    def desk_tools(self, request: HttpRequest, obj: PolicyVersion) -> list[tuple[str, str]]:
        tools = [
            ("Review", review_address(obj)),
            ("What it changes", effects_address(obj)),
            ("Worked cases", cases_address(obj)),
            *policy_tools(obj.policy),
        ]
        if obj.published_at:
            tools.append(("Spanish", spanish_address(obj)))
        if not self.has_change_permission(request, obj):
            return tools
        return [("Write line by line", write_address(obj)), *tools]

    def get_queryset(self, request: HttpRequest) -> QuerySet[PolicyVersion]:
        return super().get_queryset(request).prefetch_related("readings")

    def get_fields(self, request: HttpRequest, obj: PolicyVersion | None = None) -> list[Any]:
        if obj is None:
            return ["policy", "text", "based_on"]
        if self.has_change_permission(request, obj):
            return ["policy", "text", "based_on", "preview"]
        return self._shown_of(request, obj)

    def get_fieldsets(self, request: HttpRequest, obj: PolicyVersion | None = None) -> Any:
        """To add one, the policy is enough; a text is for those who have one, and else folded."""
        if obj is None:
            return [(None, {"fields": ["policy"]}), (None, {"fields": ["text", "based_on"]})]
        fields = self.get_fields(request, obj)
        as_text = [name for name in fields if name in AS_TEXT]
        # What was typed and not saved is to be seen.
        classes = ["collapse"] if request.method != "POST" else []
        return [
            (None, {"fields": [name for name in fields if name not in AS_TEXT]}),
            ("As text", {"fields": as_text, "classes": classes}),
        ]

    def get_readonly_fields(
        self, request: HttpRequest, obj: PolicyVersion | None = None
    ) -> list[str]:
        return [] if obj is None else self._shown_of(request, obj)

    def _shown_of(self, request: HttpRequest, version: PolicyVersion) -> list[str]:
        # A name leads to the person's page only for whoever may open it.
        may_open = request.user.has_perm("auth.view_user")
        sender, publisher = (
            ("submitted_by", "published_by") if may_open else ("sender", "publisher")
        )
        sent = ["submitted_at", sender] if version.submitted_at else []
        return ["policy", *sent, "published_at", publisher, "preview", "as_text"]

    @admin.display(description="submitted by")
    def sender(self, version: PolicyVersion) -> str:
        return str(version.submitted_by or "")

    @admin.display(description="published by")
    def publisher(self, version: PolicyVersion) -> str:
        return str(version.published_by or "")

    def has_change_permission(self, request: HttpRequest, obj: PolicyVersion | None = None) -> bool:
        """Editors change drafts; a published edition is corrected by a new one.

        What is in review is shown to be read; a text that was being written is refused by the
        form, which gives it back as it was typed.
        """
        is_read = obj is not None and obj.submitted_at and request.method != "POST"
        if obj is not None and (obj.published_at or is_read):
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: PolicyVersion | None = None) -> bool:
        """A draft may go; what was published stays, and so does what is in review."""
        if obj is not None and (obj.published_at or obj.submitted_at):
            return False
        return super().has_delete_permission(request, obj)

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

    def delete_view(self, request: HttpRequest, object_id: str, *args: Any) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, *args)
        except InReviewError as error:
            # Someone sent it to review just now, or published it.
            self.message_user(request, error.messages[0], messages.ERROR)
            return redirect("admin:policies_policyversion_change", object_id)

    @transaction.atomic
    def delete_model(self, request: HttpRequest, obj: PolicyVersion) -> None:
        lock_draft(obj)
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
        try:
            if "_join" in request.POST:
                return self._join(request, object_id)
            return super().changeform_view(request, object_id, *args, **kwargs)
        except (StaleDraftError, InReviewError):
            # Someone saved it or sent it to review just now; the same form, read anew, says so.
            return super().changeform_view(request, object_id, *args, **kwargs)

    def _join(self, request: HttpRequest, object_id: str | None) -> HttpResponse:
        version = get_object_or_404(self.get_queryset(request), pk=object_id)
        if not self.has_change_permission(request, version):
            raise PermissionDenied
        return join_text(request, version, by=editor(request))

    def response_add(
        self, request: HttpRequest, obj: PolicyVersion, post_url_continue: str | None = None
    ) -> HttpResponse:
        if "_write" in request.POST or not request.POST.get("text", "").strip():
            return redirect(write_address(obj))
        return super().response_add(request, obj, post_url_continue)

    @admin.action(description="Begin the next revision as a draft", permissions=["add"])
    def begin_next_revision(self, request: HttpRequest, versions: QuerySet[PolicyVersion]) -> None:
        for version in versions:
            if version.published_at is None:
                self.message_user(request, f"{version} is a draft already.", messages.WARNING)
                continue
            draft = begin_draft(version, by=editor(request))
            self.message_user(request, f"{draft} is ready to edit.", messages.SUCCESS)

    @admin.display(description="date", ordering="effective_on")
    def dated(self, version: PolicyVersion) -> str:
        edition = edition_so_far(version)
        return edition_date(edition) if edition else "not written yet"

    @admin.display(ordering="published_at")
    def state(self, version: PolicyVersion) -> str:
        return state_in_short(version, on=timezone.localdate())

    @admin.display(description="how sure")
    def sureness(self, version: PolicyVersion) -> str:
        edition = edition_so_far(version)
        return sureness_of(edition, on=timezone.localdate()).label if edition else ""

    @admin.display(description="to do")
    def to_do(self, version: PolicyVersion) -> SafeString | str:
        if version.published_at:
            return ""
        review = format_html('<a href="{}">Review</a>', review_address(version))
        if version.submitted_at:
            return review
        return format_html('<a href="{}">Write</a>, {}', write_address(version), review)

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
