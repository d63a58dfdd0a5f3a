"""The app of consents and legal grounds."""

from importlib import import_module

from django.apps import AppConfig


class Sharing(AppConfig):
    name = "samspil.collaboration.sharing"
    label = "sharing"

    def ready(self) -> None:
        import_module(f"{self.name}.policies")  # each policy registers itself with the gate
