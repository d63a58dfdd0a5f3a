"""The app of log-ins."""

from importlib import import_module

from django.apps import AppConfig
from django.core.checks import Tags, register


class Accounts(AppConfig):
    name = "samspil.foundation.accounts"
    label = "accounts"

    def ready(self) -> None:
        checks = import_module(f"{self.name}.checks")
        register(checks.no_demo_accounts_in_production, Tags.database)
