"""The app of authorities, units and staff."""

from importlib import import_module

from django.apps import AppConfig


class Organisations(AppConfig):
    name = "samspil.foundation.organisations"
    label = "organisations"

    def ready(self) -> None:
        import_module(f"{self.name}.policies")  # each policy registers itself with the gate
