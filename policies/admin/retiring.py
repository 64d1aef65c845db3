"""The page on which the end of a policy is written down; the draft it makes goes to review."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from policies import catalogue
from policies.admin.desk import editor
from policies.admin.reviewing.views import review_address
from policies.faults import Fault, InputError
from policies.models import Policy
from policies.models.fields import choices_of, validate_printed_date
from policies.retiring import KEY, begin_retirement


class RetirementForm(forms.Form):
    """The day, the reason, and what was read of it."""

    effective = forms.CharField(
        label="From which day is it retired?",
        max_length=10,
        validators=[validate_printed_date],
        help_text="As the insurer prints it: 2027-05-03, or a month, 2027-05. It may lie ahead.",
    )
    reason = forms.CharField(
        label="Why?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Patients read it. For example: The insurer archived the policy and names no "
        "other in its place.",
    )
    kind = forms.ChoiceField(
        label="From what was that read?", choices=choices_of(catalogue.ReadingKind)
    )
    description = forms.CharField(
        label="What was read, in your words",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="For example: The archive notice on the policy's own page.",
    )
    url = forms.URLField(label="Its address", required=False, assume_scheme="https")
    read_on = forms.CharField(
        label="When was it read?", max_length=10, validators=[validate_printed_date]
    )
    read_by = forms.CharField(
        label="By whom?",
        max_length=200,
        help_text="Everyone sees this name on the policy's page.",
    )

    def __init__(self, data: Mapping[str, Any] | None, *, by: User, on: dt.date) -> None:
        name = by.get_full_name() or by.get_username()
        initial = {"read_on": on.isoformat(), "read_by": name}
        super().__init__(data, initial=initial, label_suffix="")

    def source(self) -> dict[str, str]:
        """What was read, in the data form."""
        return {name: self.cleaned_data[name] for name in SOURCE if self.cleaned_data[name]}

    def add_fault(self, fault: Fault) -> None:
        """Say what is wrong at its field, or above them all."""
        name = fault.place.removeprefix(f"sources.{KEY}.")
        self.add_error(name if name in self.fields else None, fault.message)


SOURCE = ("kind", "read_on", "read_by", "description", "url")


@require_http_methods(["GET", "POST"])
def retire(
    request: HttpRequest, policy_id: int, model_admin: admin.ModelAdmin[Any]
) -> HttpResponse:
    """Ask for the day and the reason, and begin the draft of the edition that ends a policy."""
    policy = get_object_or_404(Policy.objects.select_related("insurer__parent"), pk=policy_id)
    by = editor(request)
    data = request.POST if request.method == "POST" else None
    form = RetirementForm(data, by=by, on=timezone.localdate())
    if form.is_valid():
        try:
            draft = begin_retirement(
                policy,
                effective=form.cleaned_data["effective"],
                reason=form.cleaned_data["reason"],
                source=form.source(),
                by=by,
            )
        except InputError as error:
            for fault in error.faults:
                form.add_fault(fault)
        else:
            return redirect(review_address(draft))
    context = {
        **admin.site.each_context(request),
        "title": f"Retire: {policy}",
        "opts": model_admin.opts,
        "policy": policy,
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "admin/policies/policy/retire.html", context, status=status)
