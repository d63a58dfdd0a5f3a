"""The app of the log."""

from django.apps import AppConfig


class Audit(AppConfig):
    name = "samspil.foundation.audit"
    label = "audit"
