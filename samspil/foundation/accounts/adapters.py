"""What Samspil wants of allauth: no sign-up, no demo account in production, sealed secrets."""

import base64
import hmac
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samspil.foundation.accounts.actions import change_password
from samspil.foundation.accounts.models import Account
from samspil.foundation.accounts.queries import has_second_factor
from samspil.foundation.accounts.rules import may_log_in


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody makes an account for themselves: an administrator registers staff."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("The log-in name or the password does not fit. Try once more."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def set_password(self, user: Account, password: str) -> None:
        change_password(account=user, password=password)

    def pre_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> HttpResponse | None:
        """Every way in passes here, passkeys too."""
        if not may_log_in(user, demo_allowed=settings.SAMSPIL_ALLOWS_DEMO_ACCOUNTS):
            return HttpResponseRedirect(reverse("account_inactive"))
        return None


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: sealed in the database, bound to one host; the last stays where one is demanded."""

    def encrypt(self, text: str) -> str:
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _seal().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        if not settings.SAMSPIL_DEMANDS_SECOND_FACTOR:
            return True
        return has_second_factor(authenticator.user_id, besides=authenticator.pk)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": settings.SAMSPIL_PASSKEY_HOST, "name": "Samspil"}


def _seal() -> MultiFernet:
    """A key of its own, from the application's: the first one seals, older ones still open."""
    keys = [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str) -> bytes:
    return base64.urlsafe_b64encode(hmac.digest(key.encode(), b"samspil second factor", "sha256"))
