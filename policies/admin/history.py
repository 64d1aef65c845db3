"""The history on each page of the desk, and the page with all of it."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from policies.admin.history_words import EventView, page_of, present_event, wording_pages
from policies.models import Policy, PolicyEvent, PolicyVersion

ON_A_PAGE = 50
AT_THE_FOOT = 5


def present_history(thing: Model, events: Iterable[PolicyEvent]) -> tuple[EventView, ...]:
    """The events of one thing; a published edition leads to what changed in its words."""
    policy = thing.policy if isinstance(thing, PolicyVersion) else thing
    wordings = wording_pages(policy) if isinstance(policy, Policy) else {}
    return tuple(
        present_event(
            event,
            wording=wordings.get(event.about[0], "")
            if event.kind == PolicyEvent.Kind.PUBLISHED
            else "",
        )
        for event in events
    )


class ShowsHistory(admin.ModelAdmin[Any]):
    """Shows what was done to a thing: the newest at the foot of its page, all on a page of its own.

    What a page leads to besides is for `desk_tools`, as (label, address).
    """

    def desk_tools(self, request: HttpRequest, obj: Any) -> list[tuple[str, str]]:
        """Further pages about a thing."""
        return []

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        obj = kwargs.get("obj")
        if obj is not None and not context["is_popup"]:
            events = PolicyEvent.objects.about(obj)[:AT_THE_FOOT]
            context["desk_history"] = present_history(obj, events)
            context["desk_tools"] = self.desk_tools(request, obj)
        return super().render_change_form(request, context, *args, **kwargs)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            raise Http404(f"There is no {self.opts.verbose_name} {object_id}.")
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        events = PolicyEvent.objects.about(obj)
        page = Paginator(events, ON_A_PAGE).get_page(request.GET.get("page"))
        context = {
            **self.admin_site.each_context(request),
            "title": f"History: {obj}",
            "module_name": str(self.opts.verbose_name_plural).capitalize(),
            "object": obj,
            "opts": self.opts,
            "page": page,
            "events": present_history(obj, page.object_list),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/policies/history.html", context)


class ByPerson(admin.RelatedOnlyFieldListFilter):
    """Whoever has left an event."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = "person"


@admin.register(PolicyEvent)
class PolicyEventAdmin(admin.ModelAdmin[PolicyEvent]):
    """Who did what, and when; to read only."""

    class Media:
        css = {"all": ["css/desk-records.css"]}

    list_display = ["at", "kind", "what", "page", "who"]
    list_filter = ["kind", ("by", ByPerson)]
    list_select_related = ["by"]
    date_hierarchy = "at"
    search_fields = ["what"]
    show_full_result_count = False
    fields = ("at", "kind", "what", "page", "who", "details")
    readonly_fields = ("at", "kind", "what", "page", "who", "details")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: PolicyEvent | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: PolicyEvent | None = None) -> bool:
        return False

    @admin.display(description="page")
    def page(self, event: PolicyEvent) -> str | SafeString:
        """Where the thing stands; what was deleted has no page."""
        address = "" if event.kind == PolicyEvent.Kind.DELETED else page_of(event.about)
        if not address:
            return ""
        link = '<a href="{}">Open<span class="visually-hidden">: {}</span></a>'
        return format_html(link, address, event.what)

    @admin.display(description="by", ordering="by")
    def who(self, event: PolicyEvent) -> str:
        return present_event(event).by

    @admin.display(description="what changed")
    def details(self, event: PolicyEvent) -> str:
        shown = {"event": present_event(event)}
        return render_to_string("admin/policies/_event_details.html", shown)
