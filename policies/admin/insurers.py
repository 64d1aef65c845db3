"""Insurers, and the documents' word on who decides for whom."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.postgres.forms import SimpleArrayField
from django.db.models import Count, QuerySet
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, reverse
from django.utils import timezone

from policies.admin.belonging import present_belonging
from policies.admin.insurer_pages import insurer_pages, may_merge
from policies.admin.noticing import RecordForm
from policies.admin.policies import DeskAdmin, lines_field, states_field
from policies.models import Administration, Insurer


class InsurerForm(RecordForm[Insurer]):
    states = states_field()
    also_known_as = SimpleArrayField(
        forms.CharField(max_length=200),
        delimiter="\n",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Other names, one on each line. Each leads to one insurer: a name that another "
        "one goes by is refused, unless one of the two is the other's brand.",
    )

    class Meta:
        model = Insurer
        fields = ["slug", "name", "kind", "states", "parent", "also_known_as", "pays_for", "note"]
        help_texts = {
            "parent": "Whose brand or part it is. Its documents stay its own.",
        }


@admin.register(Insurer)
class InsurerAdmin(DeskAdmin):
    """Who pays, or decides for those who do."""

    form = InsurerForm
    identity = ["slug"]
    list_display = ["name", "kind", "states", "parent", "policies_held"]
    ordering = [Lower("name")]  # also of every list to choose one from
    list_filter = ["kind"]
    list_select_related = ["parent"]
    search_fields = ["name", "slug"]

    change_form_template = "admin/policies/insurer/change_form.html"

    class Media:
        css = {"all": ["css/desk-insurers.css"]}

    def get_urls(self) -> list[URLPattern]:
        return [*insurer_pages(self), *super().get_urls()]

    def desk_tools(self, request: HttpRequest, obj: Insurer) -> list[tuple[str, str]]:
        tools = [("As patients see it", reverse("policies:insurer", args=[obj.slug]))]
        if self.has_change_permission(request, obj):
            tools.append(("Rename", reverse("admin:policies_insurer_rename", args=[obj.pk])))
        if may_merge(request):
            address = reverse("admin:policies_insurer_merge", args=[obj.pk])
            tools.append(("Merge into another", address))
        return tools

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        insurer = kwargs.get("obj")
        if insurer is not None:
            context["belonging"] = present_belonging(insurer, on=timezone.localdate())
        return super().render_change_form(request, context, *args, **kwargs)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Insurer]:
        return Insurer.objects.select_related("parent").annotate(held=Count("policies"))

    @admin.display(ordering="held")
    def policies_held(self, insurer: Any) -> int:
        return int(insurer.held)


class AdministrationForm(RecordForm[Administration]):
    lines_of_business = lines_field()
    source_url = forms.URLField(
        max_length=500, assume_scheme="https", help_text="The document that links them."
    )

    class Meta:
        model = Administration
        fields = [
            "insurer",
            "administrator",
            "benefit",
            "lines_of_business",
            "source_url",
            "quote",
            "read_on",
        ]


@admin.register(Administration)
class AdministrationAdmin(DeskAdmin):
    """A document's word on who decides for whom."""

    form = AdministrationForm
    list_display = ["insurer", "administrator", "benefit", "read_on"]
    list_select_related = ["insurer", "administrator"]
    identity = ["insurer", "administrator", "benefit"]

    def has_delete_permission(
        self, request: HttpRequest, obj: Administration | None = None
    ) -> bool:
        """The files would bring a deleted link back; it is removed there."""
        return False
