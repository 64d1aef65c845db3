"""Every address of the desk and of signing in, and what each role finds there."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

ROLES = ("signed out", "no role", "reader", "editor", "publisher", "administrator")

# in: led to signing in; 200: shown; 302: led on; 403, 404, 405: refused.
TABLE = """
GET  admin:app_list                           in   403  200  200  200  200
POST admin:app_list                           403  403  200  200  200  200
GET  admin:auth_group_add                     in   403  403  403  403  403
POST admin:auth_group_add                     403  403  403  403  403  403
GET  admin:auth_group_change                  in   403  403  403  403  200
POST admin:auth_group_change                  403  403  403  403  403  403
GET  admin:auth_group_changelist              in   403  403  403  403  200
POST admin:auth_group_changelist              403  403  403  403  403  200
GET  admin:auth_group_delete                  in   403  403  403  403  403
POST admin:auth_group_delete                  403  403  403  403  403  403
GET  admin:auth_group_history                 in   403  403  403  403  200
POST admin:auth_group_history                 403  403  403  403  403  200
GET  admin:auth_user_add                      in   403  403  403  403  200
POST admin:auth_user_add                      403  403  403  403  403  200
GET  admin:auth_user_change                   in   403  403  403  403  200
POST admin:auth_user_change                   403  403  403  403  403  200
GET  admin:auth_user_changelist               in   403  403  403  403  200
POST admin:auth_user_changelist               403  403  403  403  403  200
GET  admin:auth_user_delete                   in   403  403  403  403  200
POST admin:auth_user_delete                   403  403  403  403  403  200
GET  admin:auth_user_history                  in   403  403  403  403  200
POST admin:auth_user_history                  403  403  403  403  403  200
GET  admin:autocomplete                       in   403  403  403  403  403
POST admin:autocomplete                       403  403  405  405  405  405
GET  admin:index                              in   403  200  200  200  200
POST admin:index                              403  403  200  200  200  200
GET  admin:jsi18n                             in   403  200  200  200  200
POST admin:jsi18n                             403  403  405  405  405  405
GET  admin:logout                             302  302  405  405  405  405
POST admin:logout                             302  302  200  200  200  200
GET  admin:password_change_done               in   403  200  200  200  200
POST admin:password_change_done               403  403  405  405  405  405
GET  admin:policies_administration_add        in   403  403  200  200  200
POST admin:policies_administration_add        403  403  403  200  200  200
GET  admin:policies_administration_change     in   403  200  200  200  200
POST admin:policies_administration_change     403  403  403  200  200  200
GET  admin:policies_administration_changelist in   403  200  200  200  200
POST admin:policies_administration_changelist 403  403  200  200  200  200
GET  admin:policies_administration_delete     in   403  403  403  403  403
POST admin:policies_administration_delete     403  403  403  403  403  403
GET  admin:policies_administration_history    in   403  200  200  200  200
POST admin:policies_administration_history    403  403  200  200  200  200
GET  admin:policies_appealaddress_add         in   403  403  200  200  200
POST admin:policies_appealaddress_add         403  403  403  200  200  200
GET  admin:policies_appealaddress_change      in   403  200  200  200  200
POST admin:policies_appealaddress_change      403  403  403  200  200  200
GET  admin:policies_appealaddress_changelist  in   403  200  200  200  200
POST admin:policies_appealaddress_changelist  403  403  200  200  200  200
GET  admin:policies_appealaddress_delete      in   403  403  403  403  403
POST admin:policies_appealaddress_delete      403  403  403  403  403  403
GET  admin:policies_appealaddress_history     in   403  200  200  200  200
POST admin:policies_appealaddress_history     403  403  200  200  200  200
GET  admin:policies_insurer_add               in   403  403  200  200  200
POST admin:policies_insurer_add               403  403  403  200  200  200
GET  admin:policies_insurer_change            in   403  200  200  200  200
POST admin:policies_insurer_change            403  403  403  200  200  200
GET  admin:policies_insurer_changelist        in   403  200  200  200  200
POST admin:policies_insurer_changelist        403  403  200  200  200  200
GET  admin:policies_insurer_delete            in   403  403  403  403  200
POST admin:policies_insurer_delete            403  403  403  403  403  200
GET  admin:policies_insurer_history           in   403  200  200  200  200
POST admin:policies_insurer_history           403  403  200  200  200  200
GET  admin:policies_insurer_merge             in   403  403  403  403  200
POST admin:policies_insurer_merge             403  403  403  403  403  422
GET  admin:policies_insurer_rename            in   403  403  200  200  200
POST admin:policies_insurer_rename            403  403  403  422  422  422
GET  admin:policies_policy_add                in   403  403  200  200  200
POST admin:policies_policy_add                403  403  403  200  200  200
GET  admin:policies_policy_begin              in   403  403  405  405  405
POST admin:policies_policy_begin              403  403  403  302  302  302
GET  admin:policies_policy_change             in   403  200  200  200  200
POST admin:policies_policy_change             403  403  403  200  200  200
GET  admin:policies_policy_changelist         in   403  200  200  200  200
POST admin:policies_policy_changelist         403  403  200  200  200  200
GET  admin:policies_policy_delete             in   403  403  403  403  200
POST admin:policies_policy_delete             403  403  403  403  403  200
GET  admin:policies_policy_history            in   403  200  200  200  200
POST admin:policies_policy_history            403  403  200  200  200  200
GET  admin:policies_policy_rename             in   403  403  200  200  200
POST admin:policies_policy_rename             403  403  403  422  422  422
GET  admin:policies_policy_work               in   403  200  200  200  200
POST admin:policies_policy_work               403  403  405  405  405  405
GET  admin:policies_policy_reread             in   403  405  405  405  405
POST admin:policies_policy_reread             403  403  403  400  400  400
GET  admin:policies_policy_copies             in   403  200  200  200  200
POST admin:policies_policy_copies             403  403  403  422  422  422
GET  admin:policies_sourcecopy_file           in   403  200  200  200  200
POST admin:policies_sourcecopy_file           403  403  405  405  405  405
GET  admin:policies_sourcecopy_changes        in   403  200  200  200  200
POST admin:policies_sourcecopy_changes        403  403  405  405  405  405
GET  admin:policies_policyversion_spanish     in   403  200  200  200  200
POST admin:policies_policyversion_spanish     403  403  302  302  302  302
GET  admin:policies_policy_said               in   403  200  200  200  200
POST admin:policies_policy_said               403  403  405  405  405  405
GET  admin:policies_policy_retire             in   403  403  200  200  200
POST admin:policies_policy_retire             403  403  403  422  422  422
GET  admin:policies_policy_file               in   403  200  200  200  200
POST admin:policies_policy_file               403  403  405  405  405  405
GET  admin:policies_policy_export             in   403  200  200  200  200
POST admin:policies_policy_export             403  403  405  405  405  405
GET  admin:policies_policy_import             in   403  403  200  200  200
POST admin:policies_policy_import             403  403  403  422  422  422
GET  admin:policies_policyevent_add           in   403  403  403  403  403
POST admin:policies_policyevent_add           403  403  403  403  403  403
GET  admin:policies_policyevent_change        in   403  200  200  200  200
POST admin:policies_policyevent_change        403  403  403  403  403  403
GET  admin:policies_policyevent_changelist    in   403  200  200  200  200
POST admin:policies_policyevent_changelist    403  403  200  200  200  200
GET  admin:policies_policyevent_delete        in   403  403  403  403  403
POST admin:policies_policyevent_delete        403  403  403  403  403  403
GET  admin:policies_policyevent_history       in   403  200  200  200  200
POST admin:policies_policyevent_history       403  403  200  200  200  200
GET  admin:policies_policyversion_add         in   403  403  200  200  200
POST admin:policies_policyversion_add         403  403  403  200  200  200
GET  admin:policies_policyversion_change      in   403  200  200  200  200
POST admin:policies_policyversion_change      403  403  403  200  200  200
GET  admin:policies_policyversion_changelist  in   403  200  200  200  200
POST admin:policies_policyversion_changelist  403  403  200  200  200  200
GET  admin:policies_policyversion_delete      in   403  403  403  403  200
POST admin:policies_policyversion_delete      403  403  403  403  403  200
GET  admin:policies_policyversion_history     in   403  200  200  200  200
POST admin:policies_policyversion_history     403  403  200  200  200  200
GET  admin:policies_policyversion_correct     in   403  405  405  405  405
POST admin:policies_policyversion_correct     403  403  403  302  302  302
GET  admin:policies_policyversion_effects     in   403  200  200  200  200
POST admin:policies_policyversion_effects     403  403  405  405  405  405
GET  admin:policies_policyversion_write       in   403  403  200  200  200
GET  admin:policies_policyversion_review      in   403  200  200  200  200
POST admin:policies_policyversion_review      403  403  403  400  400  400
POST admin:policies_policyversion_write       403  403  403  400  400  400
GET  admin:policies_policyversion_cases       in   403  200  200  200  200
POST admin:policies_policyversion_cases       403  403  403  400  400  400
GET  admin:policies_policyversion_newcase     in   403  403  200  200  200
POST admin:policies_policyversion_newcase     403  403  403  422  422  422
GET  admin:policies_policyversion_case        in   403  403  200  200  200
POST admin:policies_policyversion_case        403  403  403  422  422  422
GET  admin:policies_policyversion_undecided   in   403  200  200  200  200
POST admin:policies_policyversion_undecided   403  403  405  405  405  405
GET  admin:view_on_site                       in   403  302  302  302  302
POST admin:view_on_site                       403  403  302  302  302  302
GET  desk_password                            in   403  302  302  302  302
POST desk_password                            403  403  302  302  302  302
GET  desk_sign_in                             in   in   in   in   in   in
POST desk_sign_in                             in   in   in   in   in   in
GET  account_change_password                  in   200  200  200  200  200
POST account_change_password                  in   200  200  200  200  200
GET  account_inactive                         200  200  200  200  200  200
POST account_inactive                         405  405  405  405  405  405
GET  account_invitation                       404  404  404  404  404  404
POST account_invitation                       405  405  405  405  405  405
GET  account_invited                          404  404  404  404  404  404
POST account_invited                          404  404  404  404  404  404
GET  account_login                            200  302  302  302  302  302
POST account_login                            200  302  302  302  302  302
GET  account_logout                           302  200  200  200  200  200
POST account_logout                           302  302  302  302  302  302
GET  account_reauthenticate                   in   200  200  200  200  200
POST account_reauthenticate                   in   200  200  200  200  200
GET  account_reset_password_from_key          200  200  200  200  200  200
POST account_reset_password_from_key          200  200  200  200  200  200
GET  account_reset_password_from_key_done     200  200  200  200  200  200
POST account_reset_password_from_key_done     405  405  405  405  405  405
GET  account_set_password                     in   302  302  302  302  302
POST account_set_password                     in   302  302  302  302  302
GET  mfa_activate_totp                        in   302  302  302  302  302
POST mfa_activate_totp                        in   302  302  302  302  302
GET  mfa_add_webauthn                         in   302  302  302  302  302
POST mfa_add_webauthn                         in   302  302  302  302  302
GET  mfa_authenticate                         302  302  302  302  302  302
POST mfa_authenticate                         302  302  302  302  302  302
GET  mfa_deactivate_totp                      in   404  404  404  404  404
POST mfa_deactivate_totp                      in   404  404  404  404  404
GET  mfa_download_recovery_codes              in   404  404  404  404  404
POST mfa_download_recovery_codes              in   404  404  404  404  404
GET  mfa_edit_webauthn                        in   302  302  302  302  302
POST mfa_edit_webauthn                        in   302  302  302  302  302
GET  mfa_generate_recovery_codes              in   302  302  302  302  302
POST mfa_generate_recovery_codes              in   302  302  302  302  302
GET  mfa_index                                in   200  200  200  200  200
POST mfa_index                                in   405  405  405  405  405
GET  mfa_list_webauthn                        in   200  200  200  200  200
POST mfa_list_webauthn                        in   405  405  405  405  405
GET  mfa_login_webauthn                       302  302  302  302  302  302
POST mfa_login_webauthn                       302  302  302  302  302  302
GET  mfa_reauthenticate                       in   302  302  302  302  302
POST mfa_reauthenticate                       in   302  302  302  302  302
GET  mfa_reauthenticate_webauthn              in   302  302  302  302  302
POST mfa_reauthenticate_webauthn              in   302  302  302  302  302
GET  mfa_remove_webauthn                      in   302  302  302  302  302
POST mfa_remove_webauthn                      in   302  302  302  302  302
GET  mfa_view_recovery_codes                  in   404  404  404  404  404
POST mfa_view_recovery_codes                  in   405  405  405  405  405
"""

# Nobody links to these: they lead on to another address, or say that there is none.
UNNAMED = {
    "admin/(?P<url>.*)$",
    *(
        f"admin/{model}/<path:object_id>/"
        for model in (
            "policies/insurer",
            "policies/administration",
            "policies/appealaddress",
            "policies/policy",
            "policies/policyversion",
            "policies/policyevent",
            "auth/user",
            "auth/group",
        )
    ),
}
# Addresses of the admin that lead to others before they are reached.
COVERED = {"admin:login", "admin:password_change"}


def rows() -> dict[tuple[str, str], dict[str, str]]:
    """Method and name of each address, with what each role finds there."""
    lines = (line.split() for line in TABLE.strip().splitlines())
    return {(method, name): dict(zip(ROLES, found, strict=True)) for method, name, *found in lines}


def addresses(
    patterns: list[URLPattern | URLResolver] | None = None,
    before: str = "",
    names: tuple[str, ...] = (),
) -> Iterator[tuple[str, str]]:
    """Every address that the site has, with its full name."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        address = before + str(one.pattern)
        if isinstance(one, URLResolver):
            inner = (*names, one.namespace) if one.namespace else names
            yield from addresses(one.url_patterns, address, inner)
        else:
            yield address, ":".join((*names, one.name)) if one.name else ""


def desk_addresses() -> set[tuple[str, str]]:
    """Those of the desk and of signing in."""
    return {
        (address, name)
        for address, name in addresses()
        if address.startswith(("admin/", "account/"))
    }
