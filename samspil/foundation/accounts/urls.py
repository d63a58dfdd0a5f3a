"""The pages of log-in: of allauth's, those that Samspil uses and no others. No sign-up, no e-mail."""

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import URLPattern, path

from samspil.foundation.accounts import views
from samspil.foundation.kernel.routes import Gate, route

PUBLIC = {
    "account_login": ("login/", account.login, "account.log-in"),
    "mfa_authenticate": ("login/second-factor/", mfa.authenticate, "account.second-factor"),
    "mfa_login_webauthn": ("login/passkey/", passkeys.login_webauthn, "account.log-in-by-passkey"),
    "account_inactive": ("login/closed/", account.account_inactive, "account.closed"),
    "account_logout": ("logout/", account.logout, "account.log-out"),
}
ACCOUNT = {
    "mfa_index": ("", mfa.index, "account.viewed"),
    "account_change_password": ("password/", views.change_password, "account.password-changed"),
    "account_reauthenticate": ("confirm/", account.reauthenticate, "account.confirmed"),
    "mfa_reauthenticate": ("confirm/code/", mfa.reauthenticate, "account.confirmed"),
    "mfa_reauthenticate_webauthn": (
        "confirm/passkey/",
        passkeys.reauthenticate_webauthn,
        "account.confirmed",
    ),
    "mfa_activate_totp": ("app/add/", totp.activate_totp, "account.code-app-added"),
    "mfa_deactivate_totp": ("app/remove/", totp.deactivate_totp, "account.code-app-removed"),
    "mfa_list_webauthn": ("passkeys/", passkeys.list_webauthn, "account.passkeys-viewed"),
    "mfa_add_webauthn": ("passkeys/add/", passkeys.add_webauthn, "account.passkey-added"),
    "mfa_edit_webauthn": ("passkeys/<int:pk>/rename/", passkeys.edit_webauthn, "account.passkey-renamed"),
    "mfa_remove_webauthn": ("passkeys/<int:pk>/remove/", views.remove_passkey, "account.passkey-removed"),
    "mfa_view_recovery_codes": ("codes/", views.recovery_codes, "account.codes-viewed"),
    "mfa_generate_recovery_codes": ("codes/new/", codes.generate_recovery_codes, "account.codes-made"),
}
"""Name of the page: its address, its view, and what its visit is called in the log."""


def _paths(prefix: str, gate: Gate, pages: dict[str, tuple[str, Any, str]]) -> list[URLPattern]:
    return [
        path(f"{prefix}{address}", route(policy=gate, event=event)(view), name=name)
        for name, (address, view, event) in pages.items()
    ]


urlpatterns = [*_paths("", Gate.PUBLIC, PUBLIC), *_paths("account/", Gate.ACCOUNT, ACCOUNT)]
