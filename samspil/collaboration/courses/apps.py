"""The app of courses."""

from importlib import import_module

from django.apps import AppConfig


class Courses(AppConfig):
    name = "samspil.collaboration.courses"
    label = "courses"

    def ready(self) -> None:
        import_module(f"{self.name}.policies")  # each policy registers itself with the gate
