"""The app of plans."""

from importlib import import_module

from django.apps import AppConfig


class Plans(AppConfig):
    name = "samspil.collaboration.plans"
    label = "plans"

    def ready(self) -> None:
        import_module(f"{self.name}.policies")  # each policy registers itself with the gate
