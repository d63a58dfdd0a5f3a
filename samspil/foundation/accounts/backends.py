"""The way in: name and password of an active account, and no invented human where real ones work."""

from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings

from samspil.foundation.accounts.models import Account
from samspil.foundation.accounts.queries import account_of
from samspil.foundation.accounts.rules import may_log_in


class LocalLogin(AuthenticationBackend):  # type: ignore[misc]
    """Asked at log-in and again at every request: an account that may no longer log in is out at once."""

    def get_user(self, user_id: UUID) -> Account | None:
        """As Django asks, written by hand: every page begins with it."""
        account = account_of(user_id)
        return account if account is not None and self.user_can_authenticate(account) else None

    def user_can_authenticate(self, user: Account) -> bool:
        return bool(may_log_in(user, demo_allowed=settings.SAMSPIL_ALLOWS_DEMO_ACCOUNTS))
