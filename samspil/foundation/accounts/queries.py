"""Questions about log-ins. Each is one query."""

from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import QuerySet

from samspil.foundation.accounts.models import Account

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def account_of(account_id: UUID) -> Account | None:
    """One account, for the session that says it is its own: asked at every request, and never kept."""
    fields = [field.attname for field in Account._meta.concrete_fields]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(fields)} FROM accounts_account WHERE id = %s", [account_id])  # noqa: S608
        row = cursor.fetchone()
    return Account.from_db(connection.alias, fields, row) if row else None


def has_second_factor(account_id: UUID, *, besides: int | None = None) -> bool:
    """Has the human an app or a passkey, also without the one named? Recovery codes alone do not count."""
    factors = Authenticator.objects.filter(user_id=account_id, type__in=SECOND_FACTORS)
    return bool(factors.exclude(pk=besides).exists())


def demo_accounts(using: str = "default") -> QuerySet[Account]:
    """The invented humans. There is none in production."""
    return Account.objects.using(using).filter(is_demo=True)


def is_invented(user: Account | AnonymousUser) -> bool:
    """Is it one of the demo? Then nothing that it sees, prints or takes out is real. No query."""
    return isinstance(user, Account) and user.is_demo
