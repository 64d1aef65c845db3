"""Another key or name, asked for, shown with all that it leads to, and then given."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from policies.admin.desk import editor
from policies.catalogue.fields import SLUG
from policies.models import FormerAddress, Insurer, Policy
from policies.renaming import rename_insurer, rename_policy

WHY = (
    "Where it was read, for those who come after you. For example: the insurer's notice of "
    "January 5, 2026."
)


def key_field(example: str) -> forms.CharField:
    """The part of an address that names an insurer or a policy."""
    return forms.CharField(
        max_length=50,
        label="Key",
        validators=[RegexValidator(SLUG, f"Use small letters, digits and hyphens, as {example}.")],
        help_text=f"As in its public address: small letters, digits and hyphens, as {example}.",
    )


class RenameInsurerForm(forms.Form):
    """What an insurer is called from now on."""

    name = forms.CharField(
        max_length=200,
        label="Name",
        help_text="As patients know it. The name of before becomes one of its other names.",
    )
    slug = key_field("bcbs-ma")
    why = forms.CharField(max_length=300, label="Why?", help_text=WHY)


class RenamePolicyForm(forms.Form):
    """What a policy's address is from now on."""

    slug = key_field("mp-446")
    why = forms.CharField(max_length=300, label="Why?", help_text=WHY)


@dataclass(frozen=True, slots=True)
class Leading:
    """An address that leads on, and where to."""

    before: str
    now: str


def rename_an_insurer(
    request: HttpRequest, insurer_id: int, model_admin: admin.ModelAdmin[Any]
) -> HttpResponse:
    """Give an insurer another name or key, once what that leads to was shown."""
    insurer = get_object_or_404(Insurer, pk=insurer_id)
    form = RenameInsurerForm(
        request.POST or None, initial={"slug": insurer.slug, "name": insurer.name}
    )

    def write(slug: str, name: str, why: str) -> Insurer:
        return rename_insurer(insurer, slug=slug, name=name, why=why, by=editor(request))

    return _rename(request, insurer, form, write, model_admin)


def rename_a_policy(
    request: HttpRequest, policy_id: int, model_admin: admin.ModelAdmin[Any]
) -> HttpResponse:
    """Give a policy another key, once what that leads to was shown."""
    policy = get_object_or_404(Policy.objects.select_related("insurer"), pk=policy_id)
    form = RenamePolicyForm(request.POST or None, initial={"slug": policy.slug})

    def write(slug: str, why: str) -> Policy:
        return rename_policy(policy, slug=slug, why=why, by=editor(request))

    return _rename(request, policy, form, write, model_admin)


@require_http_methods(["GET", "POST"])
def _rename(
    request: HttpRequest,
    thing: Insurer | Policy,
    form: forms.Form,
    write: Callable[..., Insurer | Policy],
    model_admin: admin.ModelAdmin[Any],
) -> HttpResponse:
    leading: list[Leading] = []
    # A form that was sent empty is bound to nothing, and says what is missing all the same.
    form.is_bound = request.method == "POST"
    if form.is_valid():
        try:
            if "confirmed" in request.POST:
                renamed = write(**form.cleaned_data)
                text = f"{thing} is {renamed} now. Its old address leads on."
                model_admin.message_user(request, text, messages.SUCCESS)
                return HttpResponseRedirect(_desk_page(renamed))
            leading = _leading(thing, lambda: write(**form.cleaned_data))
        except ValidationError as error:
            form.add_error(None, _at_fields(error, form))
    context = {
        **admin.site.each_context(request),
        "title": f"Rename {thing}",
        "opts": model_admin.opts,
        "thing": thing,
        "desk_page": _desk_page(thing),
        "form": form,
        "leading": leading,
    }
    status = 422 if form.is_bound and form.errors else 200
    return TemplateResponse(request, "admin/policies/insurer/rename.html", context, status=status)


def _leading(thing: Insurer | Policy, write: Callable[[], Insurer | Policy]) -> list[Leading]:
    """Which addresses would lead on: it is done, looked at, and taken back."""
    before = set(FormerAddress.objects.values_list("insurer_slug", "policy_slug"))
    with transaction.atomic():
        write()
        rows = FormerAddress.objects.select_related("insurer", "policy__insurer")
        found = [
            Leading(public_address(row.insurer_slug, row.policy_slug), _now(row))
            for row in rows
            if (row.insurer_slug, row.policy_slug) not in before
        ]
        transaction.set_rollback(True)
    return found


def public_address(insurer_slug: str, policy_slug: str = "") -> str:
    """Where patients find an insurer or one of its policies."""
    if policy_slug:
        return reverse("policies:detail", args=[insurer_slug, policy_slug])
    return reverse("policies:insurer", args=[insurer_slug])


def _now(row: FormerAddress) -> str:
    if row.policy is None:
        return public_address(row.insurer.slug)
    return public_address(row.policy.insurer.slug, row.policy.slug)


def _desk_page(thing: Insurer | Policy) -> str:
    return reverse(f"admin:policies_{type(thing).__name__.lower()}_change", args=[thing.pk])


def _at_fields(error: ValidationError, form: forms.Form) -> ValidationError:
    """The same messages, those of a field that is shown at that field."""
    if not hasattr(error, "error_dict"):
        return error
    shown = {name: texts for name, texts in error.message_dict.items() if name in form.fields}
    others = [
        text
        for name, texts in error.message_dict.items()
        if name not in form.fields
        for text in texts
    ]
    return ValidationError({**shown, **({"__all__": others} if others else {})})
