"""People of the desk and their roles. What a person signs in with is their own to set up."""

from collections.abc import Iterator
from typing import Any

# All three have registered before they are replaced.
import allauth.account.admin
import allauth.mfa.admin  # noqa: F401
import django.contrib.auth.admin  # noqa: F401
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest

from coverage_site.sign_in.links import password_link
from coverage_site.sign_in.resetting import take_away_factors
from policies.admin.desk import editor
from policies.admin.history import ShowsHistory
from policies.guarded import guards
from policies.history import changed, fields_of, held_fields, record_event
from policies.models import PolicyEvent
from policies.roles import MEANING, Role, administrators, put_in_role, role_of

# What a person signs in with belongs to them; whoever manages people can only take it away.
for model in (User, Group, EmailAddress, Authenticator):
    admin.site.unregister(model)

HAND_OVER = (
    "Give this link to {person} in person or by phone. It sets a password once, today: {link}"
)


class PersonForm(forms.ModelForm[User]):
    """A person and their one role; no password is typed for somebody else."""

    role = forms.ChoiceField(
        choices=[
            ("", "No role: the desk is closed"),
            *((role.value, f"{role.capitalize()}: {MEANING[role]}") for role in Role),
        ],
        required=False,
        widget=forms.RadioSelect,
        help_text="Publishers and administrators sign in with a second step.",
    )

    class Meta:
        model = User
        fields = ["username", "first_name", "last_name", "email", "is_active"]
        help_texts = {"is_active": "Take this away instead of deleting whoever has left."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["role"] = role_of(self.instance) if self.instance.pk else ""

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        others = User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk)
        if email and others.exists():
            raise ValidationError("Another person signs in with this address.")
        return email

    def chosen_role(self) -> Role | None:
        return Role(self.cleaned_data["role"]) if self.cleaned_data.get("role") else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        stays = cleaned.get("is_active") and self.chosen_role() is Role.ADMINISTRATOR
        if self.instance.pk and not stays and set(administrators()) == {self.instance}:
            raise ValidationError("Make another person administrator first: this is the only one.")
        return cleaned


@admin.register(User)
class PersonAdmin(ShowsHistory):
    """Who comes to the desk, in which role."""

    form = PersonForm
    list_display = ["username", "name", "role", "is_active", "last_login"]
    list_filter = ["groups", "is_active"]
    search_fields = ["username", "first_name", "last_name", "email"]
    ordering = ["username"]
    actions = ["make_link", "take_away_second_factors"]

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """No filter in an address may guess at a password's hash, sign by sign."""
        return lookup.partition("__")[0] != "password" and super().lookup_allowed(
            lookup, value, request
        )

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description="name")
    def name(self, person: User) -> str:
        return person.get_full_name()

    @admin.display(description="role")
    def role(self, person: User) -> str:
        role = role_of(person)
        return role.value if role else "superuser" if person.is_superuser else ""

    def save_model(self, request: HttpRequest, obj: User, form: PersonForm, change: bool) -> None:
        self._refuse_above(request, obj)
        if not change:
            obj.set_unusable_password()
        changes = changed(held_fields(obj), fields_of(obj))
        super().save_model(request, obj, form, change)
        if changes:
            record_event(PolicyEvent.Kind.EDITED, obj, by=editor(request), changes=changes)
        if not change:
            record_event(PolicyEvent.Kind.ADDED, obj, by=editor(request))
        if not change or "role" in form.changed_data:
            put_in_role(obj, form.chosen_role(), by=editor(request))
        if not change:
            self._hand_over(request, obj)

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        self._refuse_above(request, obj)
        changes = {**changed(fields_of(obj), {}), "role": (role_of(obj), None)}
        record_event(PolicyEvent.Kind.DELETED, obj, by=editor(request), changes=changes)
        super().delete_model(request, obj)

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for person in queryset:
            self.delete_model(request, person)

    @admin.action(description="Make a link to set a new password", permissions=["change"])
    def make_link(self, request: HttpRequest, people: QuerySet[User]) -> None:
        for person in self._not_guarded(request, people):
            self._hand_over(request, person)

    @admin.action(description="Take away app, passkeys and codes", permissions=["change"])
    def take_away_second_factors(self, request: HttpRequest, people: QuerySet[User]) -> None:
        for person in self._not_guarded(request, people):
            take_away_factors(person)
            record_event(
                PolicyEvent.Kind.SIGN_IN,
                person,
                what=f"{person}: second sign-in step taken away",
                by=editor(request),
            )
            text = f"{person} is signed out, and sets up the second step anew."
            self.message_user(request, text, messages.SUCCESS)

    def _hand_over(self, request: HttpRequest, person: User) -> None:
        """Show the link to the one who asked; there is no mail in which it could lie about."""
        link = password_link(person, site=f"{request.scheme}://{request.get_host()}")
        record_event(
            PolicyEvent.Kind.SIGN_IN,
            person,
            what=f"{person}: link for a new password made",
            by=editor(request),
        )
        self.message_user(request, HAND_OVER.format(person=person, link=link), messages.SUCCESS)

    def _not_guarded(self, request: HttpRequest, people: QuerySet[User]) -> Iterator[User]:
        """Those whose sign-in opens no more than the desk; of each other is said why not."""
        for person in people:
            self._refuse_above(request, person)
            why = "" if editor(request).is_superuser else guards.why_not(person)
            if why:
                self.message_user(request, why, messages.ERROR)
            else:
                yield person

    def _refuse_above(self, request: HttpRequest, person: User) -> None:
        """Nobody makes themselves more than they are by way of another's account."""
        if person.is_superuser and not editor(request).is_superuser:
            raise PermissionDenied


@admin.register(Group)
class RoleAdmin(admin.ModelAdmin[Group]):
    """What each role may do, to read; policies/roles.py decides it."""

    fields = ["name", "permissions"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return False
