"""Drafts of editions, edited as text and checked as the rules read them; published ones to read."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils import timezone

from policies.admin.history import ShowsHistory
from policies.admin.policies import editor
from policies.admin.policy_pages import policy_tools
from policies.catalogue import Edition
from policies.catalogue.reading import read_edition
from policies.catalogue.writing import write_edition
from policies.catalogue.yaml_text import read_yaml, write_yaml
from policies.faults import InputError
from policies.history import line_diff, record_event, text_of_version
from policies.models import Policy, PolicyEvent, PolicyVersion
from policies.presenting.positions import present_position
from policies.publishing import begin_draft, fill_version, publish_draft, save_draft
from policies.sureness import sureness_of
from policies.wording import edition_date

EXAMPLE = """\
effective: 2026-01-01      # as printed: a day, a month (2026-01), or leave the line out
last_reviewed: 2025-11
is_read_whole: false       # true only when the whole document was read
sources:
  page:
    kind: live_document    # or stored_copy, second_hand
    read_on: 2026-11-25
    read_by: your name
    description: What was read, in your words.
    url: https://example.org/policy
positions:
  - treatment: iv_ketamine
    indications: [treatment_resistant_depression]
    coverage: covered_with_criteria
    prior_authorization: required
    criteria:
      label: All of the following
      all_of:
        - label: 18 years or older
          fact: age
          min: 18
          source: {from: page, section: Criteria 1}
"""


def text_of(edition: Edition) -> str:
    """An edition as the text that an editor sees."""
    return write_yaml(write_edition(edition))


class PolicyVersionForm(forms.ModelForm[PolicyVersion]):
    """One text holds the edition: dates, sources, positions and notes."""

    text = forms.CharField(
        label="Edition",
        widget=forms.Textarea(attrs={"rows": 40, "cols": 110, "spellcheck": "false"}),
        strip=False,
        help_text="Its dates, what was read, and its positions with their criteria. "
        "Every fault is named with its line when you save, and nothing you typed is lost.",
    )
    edition: Edition | None = None

    class Meta:
        model = PolicyVersion
        fields = ["policy"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_held = self.instance.pk is not None
        self.initial["text"] = text_of(self.instance.edition()) if is_held else EXAMPLE

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        try:
            held = read_yaml(text)
        except InputError as error:
            raise ValidationError([str(fault) for fault in error.faults]) from error
        try:
            self.edition = read_edition(held.data)
        except InputError as error:
            lines = [f"Line {held.line_of(fault.place)}: {fault}" for fault in error.faults]
            raise ValidationError(lines) from error
        return text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        chosen: Policy | None = cleaned.get("policy")
        # Only a new version has its policy in the form; that of a held one stays.
        is_held = self.instance.pk is not None
        if self.edition is not None and (chosen is not None or is_held):
            if chosen is not None:
                self.instance.policy = chosen
            fill_version(self.instance, self.edition)
            try:
                self.instance.full_clean()
            except ValidationError as error:
                # The columns are not fields of this form, so their faults stand above it.
                raise ValidationError(error.messages) from error
        return cleaned


@admin.register(PolicyVersion)
class PolicyVersionAdmin(ShowsHistory):
    """Editions: drafts to write, published ones to read."""

    form = PolicyVersionForm

    class Media:
        css = {"all": ["css/desk.css"]}

    change_form_template = "admin/policies/policyversion/change_form.html"
    list_display = ["policy", "dated", "revision", "state", "sureness"]
    list_filter = [("published_at", admin.EmptyFieldListFilter), "policy__insurer"]
    list_select_related = ["policy__insurer__parent"]
    search_fields = ["policy__number", "policy__title", "policy__insurer__name"]
    autocomplete_fields = ["policy"]
    actions = ["begin_next_revision", "publish_drafts"]

    def desk_tools(self, request: HttpRequest, obj: PolicyVersion) -> list[tuple[str, str]]:
        return policy_tools(obj.policy)

    def get_queryset(self, request: HttpRequest) -> QuerySet[PolicyVersion]:
        return super().get_queryset(request).prefetch_related("readings")

    def get_fields(self, request: HttpRequest, obj: PolicyVersion | None = None) -> list[Any]:
        if obj is None:
            return ["policy", "text"]
        if obj.published_at or not self.has_change_permission(request, obj):
            return ["policy", "published_at", "published_by", "preview", "as_text"]
        return ["policy", "text", "preview"]

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
            raise ValidationError("The edition was not read.")
        save_draft(obj.policy, form.edition, by=editor(request), version=obj)

    def delete_model(self, request: HttpRequest, obj: PolicyVersion) -> None:
        diff = line_diff(text_of_version(obj), "")
        record_event(PolicyEvent.Kind.DELETED, obj, by=editor(request), diff=diff)
        super().delete_model(request, obj)

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[PolicyVersion]) -> None:
        for version in queryset:
            self.delete_model(request, version)

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
        return edition_date(version.edition())

    @admin.display(ordering="published_at")
    def state(self, version: PolicyVersion) -> str:
        return "published" if version.published_at else "draft"

    @admin.display(description="how sure")
    def sureness(self, version: PolicyVersion) -> str:
        return sureness_of(version.edition(), on=timezone.localdate()).label

    @admin.display(description="as patients read it")
    def preview(self, version: PolicyVersion) -> str:
        edition = version.edition()
        positions = [
            present_position(one, edition, number=number)
            for number, one in enumerate(edition.positions, 1)
        ]
        return render_to_string(
            "admin/policies/policyversion/_preview.html", {"positions": positions}
        )

    @admin.display(description="edition as text")
    def as_text(self, version: PolicyVersion) -> str:
        return render_to_string(
            "admin/policies/policyversion/_text.html", {"text": text_of(version.edition())}
        )
