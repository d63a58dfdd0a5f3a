"""The app of journal."""

from importlib import import_module

from django.apps import AppConfig


class Journal(AppConfig):
    name = "samspil.collaboration.journal"
    label = "journal"

    def ready(self) -> None:
        import_module(f"{self.name}.policies")  # each policy registers itself with the gate
