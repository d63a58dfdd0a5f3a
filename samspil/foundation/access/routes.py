"""What every page has declared, also those of allauth and of the floors below. A test walks the whole url tree."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, get_resolver

from samspil.foundation.kernel.routes import Gate, Route, declared

_LOGIN = {
    "account_login": "account.log-in",
    "mfa_authenticate": "account.second-factor",
    "mfa_login_webauthn": "account.log-in-by-passkey",
    "account_inactive": "account.closed",
    "first_password": "account.first-password",
}
_ACCOUNT = {
    "account_logout": "account.log-out",
    "mfa_index": "account.viewed",
    "account_change_password": "account.password-changed",
    "account_reauthenticate": "account.confirmed",
    "mfa_reauthenticate": "account.confirmed",
    "mfa_reauthenticate_webauthn": "account.confirmed",
    "mfa_activate_totp": "account.code-app-added",
    "mfa_deactivate_totp": "account.code-app-removed",
    "mfa_list_webauthn": "account.passkeys-viewed",
    "mfa_add_webauthn": "account.passkey-added",
    "mfa_edit_webauthn": "account.passkey-renamed",
    "mfa_remove_webauthn": "account.passkey-removed",
    "mfa_view_recovery_codes": "account.codes-viewed",
    "mfa_generate_recovery_codes": "account.codes-made",
    "mfa_download_recovery_codes": "account.codes-downloaded",
}
OF_OTHERS: dict[str, Route] = {
    **{name: Route(Gate.PUBLIC, event) for name, event in _LOGIN.items()},
    **{name: Route(Gate.ACCOUNT, event) for name, event in _ACCOUNT.items()},
}
"""Views that we do not write ourselves, by the name of their url."""


def of(request: HttpRequest) -> Route | None:
    """What the page of this request has declared; None where it has not, or where there is no such page."""
    match = request.resolver_match
    if match is None:
        return None
    return declared(match.func) or OF_OTHERS.get(match.view_name)


def every_route(urlconf: str | None = None) -> Iterator[tuple[str, str, Route | None]]:
    """All pages of a url configuration: name, path, and what they declare."""
    yield from _walked(get_resolver(urlconf).url_patterns, "", "")


def _walked(
    patterns: list[URLPattern | URLResolver], namespace: str, prefix: str
) -> Iterator[tuple[str, str, Route | None]]:
    for pattern in patterns:
        path = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walked(pattern.url_patterns, inner, path)
        else:
            name = f"{namespace}{pattern.name or ''}"
            yield name, path, declared(pattern.callback) or OF_OTHERS.get(name)
