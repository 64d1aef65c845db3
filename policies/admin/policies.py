"""What stands about a policy outside its versions, and what all records of the desk share."""

import copy
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Model, Q, QuerySet
from django.forms.fields import InvalidJSONInput
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.text import slugify

from policies import terms
from policies.admin.desk import editor, guarded
from policies.admin.exporting import export_chosen
from policies.admin.history import ShowsHistory
from policies.admin.insurer_pages import rename_pages
from policies.admin.noticing import RecordForm
from policies.admin.policy_editions import begin_edition, editions_of
from policies.admin.policy_pages import may_draft, may_import, policy_pages, policy_tools
from policies.criteria.reading import CriteriaError, read_criteria
from policies.history import changed, fields_of, held_fields, record_event
from policies.models import Policy, PolicyEvent
from policies.situation import LineOfBusiness
from policies.sureness import sureness_of
from policies.wording import edition_date


class ListedChoices(forms.MultipleChoiceField):
    """Several of a fixed list, as tick boxes; stored as a list."""

    widget = forms.CheckboxSelectMultiple


def lines_field(help_text: str = "") -> forms.Field:
    """The lines of business a document speaks for."""
    return ListedChoices(
        choices=[(line.value, line.label) for line in LineOfBusiness],
        required=False,
        help_text=help_text,
    )


def states_field() -> forms.Field:
    """The states a document speaks for."""
    return forms.MultipleChoiceField(
        choices=list(terms.states().items()),
        required=False,
        help_text="None chosen means the whole country. Hold Ctrl (or Command) to choose several.",
    )


class DeskAdmin(ShowsHistory):
    """Marks what it saves as edited at the desk, and leaves a trace."""

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        if hasattr(obj, "edited_at_desk"):
            obj.edited_at_desk = True
        changes = changed(held_fields(obj), fields_of(obj))
        super().save_model(request, obj, form, change)
        kind = PolicyEvent.Kind.EDITED if change else PolicyEvent.Kind.ADDED
        record_event(kind, obj, by=editor(request), changes=changes)

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        changes = changed(fields_of(obj), {})
        record_event(PolicyEvent.Kind.DELETED, obj, by=editor(request), changes=changes)
        super().delete_model(request, obj)

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for obj in queryset:
            self.delete_model(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        """What a row is known by stays, or the files would bring it back under the old name."""
        return [] if obj is None else self.identity

    identity: list[str] = []


class TreeField(forms.JSONField):
    """A criteria tree as JSON; what can't be read is told and not an error page."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except (RecursionError, ValueError) as error:
            raise ValidationError("This is not JSON that can be read.") from error

    def bound_data(self, data: Any, initial: Any) -> Any:
        try:
            return super().bound_data(data, initial)
        except (RecursionError, ValueError):
            return InvalidJSONInput(data)  # shown again as it was typed

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return super().has_changed(initial, data)
        except (RecursionError, ValueError):
            return True


WHAT_FEW_NEED = ("states", "binds_line", "applies_if")


def slug_of(words: str) -> str:
    """Words as a part of an address.

    >>> slug_of("CPB 0447_a"), slug_of("Π")
    ('cpb-0447-a', '')
    """
    return slugify(words.replace("_", " "))[:50].strip("-")


class PolicyForm(RecordForm[Policy]):
    applies_if = TreeField(
        required=False, help_text="Conditions for applying at all, as a criteria tree."
    )
    lines_of_business = lines_field(
        "Of a company that reviews for other insurers: those of the plans it reviews for."
    )
    url = forms.URLField(
        label="Web address of the document",
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text="Where the insurer shows it. Leave it empty if you hold only a second-hand "
        "source; that goes under “What was read”.",
    )
    states = states_field()

    class Meta:
        model = Policy
        fields = [
            "insurer",
            "number",
            "title",
            "short_title",
            "slug",
            "kind",
            "lines_of_business",
            "url",
            "scope_note",
            *WHAT_FEW_NEED,
        ]
        labels = {"slug": "Its name in our addresses"}
        help_texts = {
            "kind": "As the document calls itself: a medical policy says when a treatment is "
            "needed, prior authorization criteria say what is asked before it.",
            "scope_note": "Whom the document covers or leaves out, in a sentence of ours. Patients "
            "read it on the document's page.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = (
                "The last part of the address of its page here: mp-446 in "
                "/policies/bcbs-al/mp-446/. Leave it empty, and it is made from the number, or "
                "else from the title."
            )

    def clean_slug(self) -> str:
        typed: str = self.cleaned_data["slug"]
        number, title = (self.cleaned_data.get(name, "") for name in ("number", "title"))
        found = typed or slug_of(number) or slug_of(title)
        if not found:
            raise ValidationError("Write it here: number and title have no letter to make it from.")
        return found

    def clean_lines_of_business(self) -> list[str]:
        lines: list[str] = self.cleaned_data["lines_of_business"]
        if not lines:
            raise ValidationError("Choose at least one: a document speaks for some kind of plan.")
        return lines

    def clean_applies_if(self) -> Any:
        tree = self.cleaned_data["applies_if"]
        if tree is not None:
            try:
                read_criteria(tree, at="applies_if")
            except CriteriaError as error:
                raise ValidationError([str(fault) for fault in error.faults]) from error
        return tree


DECIDES_FOR_WHOM = ("lines_of_business", "states", "binds_line", "applies_if")


@admin.register(Policy)
class PolicyAdmin(DeskAdmin):
    """Which documents there are, and which need a look."""

    form = PolicyForm
    identity = ["insurer", "slug"]
    change_form_template = "admin/policies/policy/change_form.html"
    list_display = ["__str__", "newest_edition", "sureness", "drafts"]
    list_filter = ["insurer", "kind"]
    search_fields = ["number", "title", "insurer__name"]
    actions = [export_chosen]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {"may_import": may_import(request), **(extra_context or {})}
        return super().changelist_view(request, context)

    def get_urls(self) -> list[URLPattern]:
        begin = guarded(self, may_draft, begin_edition)
        return [
            *rename_pages(self),
            *policy_pages(self),
            path("<int:policy_id>/begin/", begin, name="policies_policy_begin"),
            *super().get_urls(),
        ]

    def get_fieldsets(self, request: HttpRequest, obj: Policy | None = None) -> Any:
        """What few need is folded until it says something."""
        first = [name for name in PolicyForm.Meta.fields if name not in WHAT_FEW_NEED]
        is_used = obj is not None and any(getattr(obj, name) for name in WHAT_FEW_NEED)
        classes = [] if is_used else ["collapse"]
        more = {"fields": WHAT_FEW_NEED, "classes": classes}
        return [(None, {"fields": first}), ("More, which few need", more)]

    def get_form(
        self, request: HttpRequest, obj: Policy | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm[Policy]]:
        """For whom a published document speaks, a publisher alone changes: it answers at once."""
        form = super().get_form(request, obj, change, **kwargs)
        is_answering = obj is not None and bool(obj.published_versions)
        if is_answering and not request.user.has_perm("policies.publish_policyversion"):
            # Who only reads has no fields at all.
            for name in form.base_fields.keys() & set(DECIDES_FOR_WHOM):
                field = form.base_fields[name] = copy.deepcopy(form.base_fields[name])
                field.disabled = True
                field.help_text = (
                    "Patients are answered by this at once, so a publisher changes it."
                )
        return form

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        policy = kwargs.get("obj")
        if policy is not None:
            may_write = request.user.has_perm("policies.change_policyversion")
            context["editions"] = editions_of(
                policy, may_write=may_write, may_begin=may_draft(request)
            )
        return super().render_change_form(request, context, *args, **kwargs)

    def response_post_save_add(self, request: HttpRequest, obj: Policy) -> HttpResponseRedirect:
        """To its own page, where its first edition is begun."""
        return redirect("admin:policies_policy_change", obj.pk)

    def view_on_site(self, obj: Policy) -> str | None:
        """Patients have no page of a policy before an edition is published."""
        return obj.get_absolute_url() if obj.published_versions else None

    def desk_tools(self, request: HttpRequest, obj: Policy) -> list[tuple[str, str]]:
        tools = policy_tools(obj)
        if self.has_change_permission(request, obj):
            tools.append(("Rename", reverse("admin:policies_policy_rename", args=[obj.pk])))
        if not may_draft(request):
            return tools
        return [*tools, ("Retire", reverse("admin:policies_policy_retire", args=[obj.pk]))]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Policy]:
        drafts = Count("versions", filter=Q(versions__published_at__isnull=True))
        return Policy.objects.with_record().annotate(draft_count=drafts)

    @admin.display(description="newest edition")
    def newest_edition(self, policy: Policy) -> str:
        editions = policy.document().editions
        return edition_date(max(editions, key=lambda one: one.order)) if editions else "none yet"

    @admin.display(description="how sure")
    def sureness(self, policy: Policy) -> str:
        today = timezone.localdate()
        edition = policy.document().edition_in_force(today)
        return sureness_of(edition, on=today).label if edition else ""

    @admin.display(ordering="draft_count")
    def drafts(self, policy: Any) -> int:
        return int(policy.draft_count)
