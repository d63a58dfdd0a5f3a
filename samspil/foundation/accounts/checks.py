"""What must hold before the system starts: no invented human works beside real ones."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.db import connections

from samspil.foundation.accounts.models import Account
from samspil.foundation.accounts.queries import demo_accounts


def no_demo_accounts_in_production(
    databases: Sequence[str] | None = None, **_options: Any
) -> list[CheckMessage]:
    """Runs with every `migrate` and `check --database`; stops both while a demo account stands there."""
    if settings.SAMSPIL_ALLOWS_DEMO_ACCOUNTS:
        return []
    return [
        Error(
            "Demo accounts stand in a database of production. Use a database that never held any.",
            id="accounts.E001",
        )
        for alias in databases or []
        if _has_table(alias) and demo_accounts(alias).exists()
    ]


def _has_table(alias: str) -> bool:
    return Account._meta.db_table in connections[alias].introspection.table_names()
