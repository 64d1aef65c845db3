"""Allauth's forms in this site's words: a label for each field, and no placeholders."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as codes
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms

CODE = "The six digits that your app shows now, or one of your recovery codes."


class Said(forms.Form):
    """Says each field in this site's words."""

    labels: dict[str, str] = {}
    help_texts: dict[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            field.help_text = self.help_texts.get(name, field.help_text)
            field.widget.attrs.pop("placeholder", None)
            if name == "code":
                # Recovery codes are digits too.
                field.widget.attrs["inputmode"] = "numeric"


class SignInForm(Said, account.LoginForm):  # type: ignore[misc]  # allauth ships no types
    labels = {"login": "Username or email address", "password": "Password"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What a browser keeps for this page is the username.
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autocapitalize": "none"}

    def user_credentials(self) -> dict[str, str]:
        """What was typed, once.

        The backend looks for an address under `username` too. Given both, it would hash the
        password of whoever is there twice, and the time would tell that they are.
        """
        credentials: dict[str, str] = super().user_credentials()
        if "username" in credentials:
            credentials.pop("email", None)
        return credentials


class ConfirmPasswordForm(Said, account.ReauthenticateForm):  # type: ignore[misc]  # allauth ships no types
    labels = {"password": "Your password"}


class ChangePasswordForm(Said, account.ChangePasswordForm):  # type: ignore[misc]  # allauth ships no types
    labels = {
        "oldpassword": "Your present password",
        "password1": "The new password",
        "password2": "The new password once more",
    }


class NewPasswordForm(Said, account.ResetPasswordKeyForm):  # type: ignore[misc]  # allauth ships no types
    labels = {"password1": "Your password", "password2": "Your password once more"}


class FirstPasswordForm(Said, account.SetPasswordForm):  # type: ignore[misc]  # allauth ships no types
    labels = NewPasswordForm.labels


class CodeForm(Said, codes.AuthenticateForm):  # type: ignore[misc]  # allauth ships no types
    labels = {"code": "Code"}
    help_texts = {"code": CODE}


class ConfirmCodeForm(Said, codes.ReauthenticateForm):  # type: ignore[misc]  # allauth ships no types
    labels = {"code": "Code"}
    help_texts = {"code": CODE}


class SetUpAppForm(Said, ActivateTOTPForm):  # type: ignore[misc]  # allauth ships no types
    labels = {"code": "The code in the app"}
    help_texts = {"code": "Six digits, which change every 30 seconds."}


NAMES = "So that you can tell your passkeys apart, for example: the laptop."


class AddPasskeyForm(Said, AddWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    labels = {"name": "A name for it", "passwordless": "Sign in with it alone, without a password"}
    help_texts = {
        "name": NAMES,
        "passwordless": "Your device then asks for your finger, your face or its PIN.",
    }


class RenamePasskeyForm(Said, EditWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    labels = {"name": "Its name"}
    help_texts = {"name": NAMES}
