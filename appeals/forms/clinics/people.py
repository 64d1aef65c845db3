"""Forms for a clinic, its clinicians and its members."""

import re
from collections.abc import Mapping
from typing import Any, cast

from allauth.account.adapter import get_adapter
from django import forms
from django.contrib.auth.models import User

from appeals.clinics.npi import is_npi
from appeals.clinics.people import StaleClinicError
from appeals.clinics.rights import MEANING
from appeals.models import Clinic, Clinician, Role

NO_AUTOFILL = {"autocomplete": "off"}


class NpiField(forms.CharField):
    """An NPI as it is typed, with or without spaces, checked by its check digit."""

    def __init__(self) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", **NO_AUTOFILL})
        super().__init__(label="NPI", required=False, max_length=20, widget=widget)

    def clean(self, value: object) -> str:
        text = re.sub(r"[\s-]", "", super().clean(value))
        if text and not is_npi(text):
            raise forms.ValidationError(
                "Check the number: an NPI has ten digits, and the last one does not fit the others."
                if re.fullmatch(r"\d{10}", text)
                else "Enter the ten digits of the NPI, for example 1234567893."
            )
        return text


class TaxIdField(forms.CharField):
    """A federal tax ID, written as 12-3456789 however it is typed."""

    def __init__(self) -> None:
        widget = forms.TextInput(attrs=NO_AUTOFILL)
        super().__init__(label="Tax ID", required=False, max_length=20, widget=widget)

    def clean(self, value: object) -> str:
        text = re.sub(r"[\s-]", "", super().clean(value))
        if text and not re.fullmatch(r"[0-9]{9}", text):
            raise forms.ValidationError("Enter the nine digits of the tax ID, as 12-3456789.")
        return f"{text[:2]}-{text[2:]}" if text else ""


class BasedOn(forms.Form):
    """Carries which state of a record the form was filled from, and shows what others wrote."""

    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def show_theirs(
        self, theirs: Mapping[str, Any], *, counter: int, told: StaleClinicError
    ) -> None:
        """Stand what someone else wrote beside each field that differs; saving again is agreed."""
        for name in self.fields:
            if name in theirs and theirs[name] != self.cleaned_data.get(name):
                self.add_error(name, f"Now saved: {theirs[name] or 'nothing'}")
        self.add_error(None, told)
        self.data = {**self.data.dict(), "based_on": str(counter)}  # type: ignore[attr-defined]  # a form that was sent

    def details(self) -> dict[str, Any]:
        """What was asked, without the count."""
        return {name: value for name, value in self.cleaned_data.items() if name != "based_on"}


class ClinicForm(BasedOn):
    """What stands on letters of the clinic, and what claims are filed under."""

    name = forms.CharField(
        label="Name",
        max_length=200,
        help_text="As it stands on letters.",
        error_messages={"required": "Enter the clinic's name."},
    )
    address = forms.CharField(
        label="Address",
        required=False,
        max_length=1000,
        help_text="As on an envelope, one line each.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    phone = forms.CharField(label="Phone", required=False, max_length=40)
    fax = forms.CharField(label="Fax", required=False, max_length=40)
    npi = NpiField()
    tax_id = TaxIdField()
    letterhead = forms.CharField(
        label="Letterhead",
        required=False,
        max_length=1000,
        help_text="Further lines above each letter, such as a web address or a motto.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @classmethod
    def of(cls, clinic: Clinic) -> "ClinicForm":
        """The form as it stands for a clinic."""
        held = {name: getattr(clinic, name) for name in cls.base_fields if name != "based_on"}
        return cls(initial={**held, "based_on": clinic.counter})


class ClinicianForm(BasedOn):
    """Who treats and signs."""

    name = forms.CharField(
        label="Name",
        max_length=200,
        help_text="As it is signed.",
        error_messages={"required": "Enter the name, for example Ann Sample."},
    )
    credentials = forms.CharField(
        label="Credentials", required=False, max_length=100, help_text="For example MD, PMHNP."
    )
    specialty = forms.CharField(
        label="Specialty", required=False, max_length=100, help_text="For example psychiatry."
    )
    npi = NpiField()
    phone = forms.CharField(label="Phone", required=False, max_length=40)
    user = forms.ModelChoiceField(
        queryset=User.objects.none(),
        label="Signs in as",
        required=False,
        empty_label="Does not sign in here",
        help_text="Whoever signs letters in the workspace is a member in the role of clinician.",
    )

    def __init__(self, *args: Any, clinic: Clinic, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = clinic.memberships.active().values("user")
        people = cast("forms.ModelChoiceField[User]", self.fields["user"])
        people.queryset = User.objects.filter(pk__in=members).order_by("username")

    @classmethod
    def of(cls, clinician: Clinician) -> "ClinicianForm":
        """The form as it stands for a clinician."""
        names = [name for name in cls.base_fields if name != "based_on"]
        held = {name: getattr(clinician, name) for name in names}
        return cls(
            initial={**held, "based_on": clinician.counter, "user": clinician.user_id},
            clinic=clinician.clinic,
        )


class RoleForm(forms.Form):
    """The role of one member."""

    role = forms.ChoiceField(choices=Role.choices, label="Role")


class InviteForm(forms.Form):
    """Whom to invite, and as what."""

    email = forms.EmailField(
        label="E-mail address",
        widget=forms.EmailInput(attrs=NO_AUTOFILL),
        error_messages={"required": "Enter the address of the person to invite."},
    )
    role = forms.ChoiceField(
        label="Role",
        choices=[(role.value, f"{role.label}: {MEANING[role]}") for role in Role],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what the person will do at the clinic."},
    )


class NewAccountForm(forms.Form):
    """A name and a password of one's own, by the rules that hold for everybody who signs in."""

    username = forms.CharField(
        label="Username",
        max_length=150,
        help_text="Colleagues see it, and the access log names you by it.",
        error_messages={"required": "Enter the name you want to sign in with."},
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password1 = forms.CharField(
        label="Your password",
        strip=False,
        help_text="Twelve characters or more; a sentence is easy to keep in mind.",
        error_messages={"required": "Enter a password."},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label="Your password once more",
        strip=False,
        error_messages={"required": "Enter the same password again."},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        self.email = email
        super().__init__(*args, **kwargs)

    def clean_username(self) -> str:
        name: str = get_adapter().clean_username(self.cleaned_data["username"])
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, again = cleaned.get("password1"), cleaned.get("password2")
        if first and again and first != again:
            self.add_error("password2", "This is not the same password. Type it again.")
        elif first:
            person = User(username=cleaned.get("username", ""), email=self.email)
            try:
                get_adapter().clean_password(first, person)
            except forms.ValidationError as error:
                self.add_error("password1", error)
        return cleaned
