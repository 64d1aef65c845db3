"""Addresses of signing in. Allauth's names, but nobody signs up who is not invited."""

from allauth.account import views as account
from allauth.mfa.base import views as codes
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.urls import URLPattern, path, re_path
from django.views.decorators.cache import never_cache

from appeals.views.clinics import invited
from coverage_site.sign_in import views
from coverage_site.sign_in.carrying import View, carrying
from coverage_site.sign_in.second_factor import renewing


def page(address: str, view: View, name: str) -> URLPattern:
    """A page that no browser keeps, since it may show a secret."""
    return path(address, never_cache(view), name=name)


urlpatterns = [
    page("sign-in/", carrying(account.login), "account_login"),
    page("sign-in/code/", carrying(codes.authenticate), "mfa_authenticate"),
    page("sign-in/passkey/", carrying(passkeys.login_webauthn), "mfa_login_webauthn"),
    page("sign-out/", account.logout, "account_logout"),
    page("invited/", invited.answer_invitation, "account_invited"),
    page("invited/<str:token>/", invited.open_invitation, "account_invitation"),
    page("inactive/", account.account_inactive, "account_inactive"),
    page("confirm/password/", account.reauthenticate, "account_reauthenticate"),
    page("confirm/code/", renewing(codes.reauthenticate), "mfa_reauthenticate"),
    page(
        "confirm/passkey/",
        renewing(passkeys.reauthenticate_webauthn),
        "mfa_reauthenticate_webauthn",
    ),
    page("password/", account.password_change, "account_change_password"),
    # For whoever has a passkey and no password yet.
    page("password/first/", account.password_set, "account_set_password"),
    page(
        "password/set/",
        account.password_reset_from_key_done,
        "account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        never_cache(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    page("", views.HowYouSignIn.as_view(), "mfa_index"),
    page("app/", views.SetUpApp.as_view(), "mfa_activate_totp"),
    page("app/remove/", app.deactivate_totp, "mfa_deactivate_totp"),
    page("recovery-codes/", recovery.view_recovery_codes, "mfa_view_recovery_codes"),
    page("recovery-codes/new/", recovery.generate_recovery_codes, "mfa_generate_recovery_codes"),
    page("recovery-codes/file/", recovery.download_recovery_codes, "mfa_download_recovery_codes"),
    page("passkeys/", passkeys.list_webauthn, "mfa_list_webauthn"),
    page("passkeys/add/", views.AddPasskey.as_view(), "mfa_add_webauthn"),
    page("passkeys/<int:pk>/remove/", views.RemovePasskey.as_view(), "mfa_remove_webauthn"),
    page("passkeys/<int:pk>/name/", passkeys.edit_webauthn, "mfa_edit_webauthn"),
]
