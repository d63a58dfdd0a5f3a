"""The app of log-ins."""

from django.apps import AppConfig


class Accounts(AppConfig):
    name = "samspil.foundation.accounts"
    label = "accounts"
