"""The app of meetings."""

from importlib import import_module

from django.apps import AppConfig


class Meetings(AppConfig):
    name = "samspil.collaboration.meetings"
    label = "meetings"

    def ready(self) -> None:
        import_module(f"{self.name}.policies")  # each policy registers itself with the gate
