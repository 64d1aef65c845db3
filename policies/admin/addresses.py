"""Where insurers take appeals: found by what they are for, and ended instead of written over."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Concat, Left
from django.http import HttpRequest
from django.utils import timezone

from policies import terms
from policies.addresses import is_current, is_to_confirm
from policies.addressing import (
    LEADS_TO,
    leads_elsewhere,
    read_again,
    replace_address,
    save_address,
)
from policies.admin.desk import editor
from policies.admin.noticing import RecordForm
from policies.admin.policies import DeskAdmin, lines_field, states_field
from policies.catalogue import Benefit
from policies.days import years_before
from policies.models import AppealAddress
from policies.models.fields import choices_of
from policies.situation import LineOfBusiness

FIELDSETS: list[tuple[str, dict[str, Any]]] = [
    (
        "Which requests it is for",
        {"fields": ["insurer", "use", "benefit", "lines_of_business", "states"]},
    ),
    (
        "Where they go, as printed",
        {"fields": ["postal", "fax", "phone", "web", "note"]},
    ),
    (
        "Where we read it",
        {"fields": ["source_url", "source_kind", "printed", "read_on", "read_by"]},
    ),
    ("Whether it still holds", {"fields": ["ended_on", "is_slip"]}),
]


class AddressForm(RecordForm[AppealAddress]):
    """One address as one page prints it."""

    lines_of_business = lines_field()
    states = states_field()
    web = forms.URLField(
        label="Web form",
        max_length=500,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"class": "vLargeTextField"}),
        help_text="The page on which it is sent, for example https://example.org/appeals.",
    )
    source_url = forms.URLField(
        label="Source",
        max_length=500,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"class": "vLargeTextField"}),
        help_text="The page or document that prints it. Patients are led there to look themselves.",
    )
    is_slip = forms.BooleanField(
        label="Only a slip of typing is mended",
        required=False,
        help_text="Tick this where the source said so all along. Otherwise the address that stood "
        "here is kept as ended today, and the new one stands beside it.",
    )

    class Meta:
        model = AppealAddress
        fields = [
            "insurer",
            "use",
            "benefit",
            "lines_of_business",
            "states",
            "postal",
            "fax",
            "phone",
            "web",
            "note",
            "source_url",
            "source_kind",
            "printed",
            "read_on",
            "read_by",
            "ended_on",
        ]
        help_texts = {
            "use": "A page that prints one address for several of these gets a record for each.",
            "benefit": "Any only where the source names none, or says that it is for each.",
            "postal": "Line for line, to the line with place, state and ZIP, as: "
            "Springfield, IL 62701.",
            "fax": "With its area code, for example 1-800-555-0100.",
            "phone": "With its area code, for example 1-800-555-0100, option 2.",
            "note": "What the page says beside it, for example: only with the plan's own form.",
            "printed": "As 2026-05-03, 2026-05 or 2026, where the source shows a date.",
            "read_on": "The day you looked at the source, as 2026-11-05. After a year it is shown "
            "as to be confirmed.",
            "read_by": "Your name.",
            "ended_on": "The first day on which it no longer holds. Patients are not shown it from "
            "then on, and the record stays.",
        }

    @property
    def is_new(self) -> bool:
        return self.instance._state.adding  # noqa: SLF001 -- how Django tells a new row

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Who only reads has no fields.
        if "benefit" in self.fields:
            self.fields["benefit"].choices = [  # type: ignore[attr-defined]
                ("", "Any benefit"),
                *choices_of(Benefit),
            ]
        if self.is_new:
            self.fields.pop("is_slip", None)

    def clean_postal(self) -> str:
        """Lines without what a browser or a copy adds around them."""
        lines = (line.strip() for line in self.cleaned_data["postal"].splitlines())
        return "\n".join(filter(None, lines))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        moved = any(cleaned.get(name) != self.initial.get(name) for name in LEADS_TO)
        is_anew = moved and not self.is_new and not cleaned.get("is_slip")
        if is_anew and "read_on" not in self.changed_data:
            text = "Say when you read the new address; or tick below that only a slip is mended."
            self.add_error("read_on", text)
        return cleaned


class ByLine(admin.SimpleListFilter):
    """Those for a line of business."""

    title = "line of business"
    parameter_name = "line"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(line.value, line.label) for line in LineOfBusiness]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        return queryset.filter(lines_of_business__contains=[value]) if value else queryset


class ByState(admin.SimpleListFilter):
    """Those for a state that some address names, by name or as a part of the whole country."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        rows = AppealAddress.objects.values_list("states", flat=True)
        named = {state for states in rows for state in states}
        return [(state, name) for state, name in terms.states().items() if state in named]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        in_state = Q(states__contains=[value]) | Q(states=[])
        return queryset.filter(in_state) if value else queryset


class ByHolding(admin.SimpleListFilter):
    """Those that hold, those to be looked at again, and those that have ended."""

    title = "whether it holds"
    parameter_name = "holds"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Holds"), ("confirm", "To confirm"), ("no", "Ended")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        today = timezone.localdate()
        ended = Q(ended_on__lte=today)
        match self.value():
            case "yes":
                return queryset.exclude(ended)
            case "confirm":
                # A month or a year means its first day.
                filled = Concat("read_on", Value("-01-01"), output_field=CharField())
                read = queryset.annotate(first_day=Left(filled, 10))
                old: QuerySet[Any] = read.filter(first_day__lt=f"{years_before(today, 1)}")
                return old.exclude(ended)
            case "no":
                return queryset.filter(ended)
            case _:
                return queryset


@admin.register(AppealAddress)
class AppealAddressAdmin(DeskAdmin):
    """Where insurers take appeals and other requests."""

    class Media:
        css = {"all": ["css/desk-insurers.css"]}

    form = AddressForm
    identity = ["insurer"]
    list_display = ["insurer", "use", "benefit", "plans", "leads_to", "read_on", "holds"]
    list_filter = [
        "use",
        "benefit",
        ByLine,
        ByState,
        ByHolding,
        ("insurer", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["insurer"]
    search_fields = ["insurer__name", "postal", "fax", "phone", "note"]
    actions = ["read_again_today", "end_today"]

    def get_fieldsets(self, request: HttpRequest, obj: AppealAddress | None = None) -> Any:
        if obj is not None and self.has_change_permission(request, obj):
            return FIELDSETS
        # A slip can be mended only in what stands there already.
        *others, (title, _last) = FIELDSETS
        return [*others, (title, {"fields": ["ended_on"]})]

    def has_delete_permission(self, request: HttpRequest, obj: AppealAddress | None = None) -> bool:
        """It is ended instead: what patients were shown stays known."""
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: AddressForm, change: bool) -> None:
        is_new_place = change and leads_elsewhere(obj)
        if is_new_place and not form.cleaned_data["is_slip"]:
            replace_address(obj, on=timezone.localdate(), by=editor(request))
            text = "The address that stood here is kept as ended today; this is the new one."
            self.message_user(request, text, messages.INFO)
        else:
            save_address(obj, by=editor(request))

    @admin.action(
        description="Read again today: the source still prints it", permissions=["change"]
    )
    def read_again_today(self, request: HttpRequest, addresses: QuerySet[AppealAddress]) -> None:
        for address in addresses:
            read_again(address, on=timezone.localdate(), by=editor(request))
        self.message_user(request, f"{len(addresses)} read again today.", messages.SUCCESS)

    @admin.action(description="It no longer holds: end it today", permissions=["change"])
    def end_today(self, request: HttpRequest, addresses: QuerySet[AppealAddress]) -> None:
        today = timezone.localdate()
        for address in addresses:
            if is_current(address.record(), on=today):
                address.ended_on = today
                save_address(address, by=editor(request))
        self.message_user(request, f"{len(addresses)} ended today.", messages.SUCCESS)

    @admin.display(description="holds")
    def holds(self, address: AppealAddress) -> str:
        return standing(address, on=timezone.localdate())


def standing(address: AppealAddress, *, on: dt.date) -> str:
    """Whether an address holds, in a word or two."""
    record = address.record()
    if not is_current(record, on=on):
        return "ended"
    return "to confirm" if is_to_confirm(record, on=on) else "holds"
