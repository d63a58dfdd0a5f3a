"""The app of courses."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from samspil.foundation.web.navigation import Entry, Place, add


class Courses(AppConfig):
    name = "samspil.collaboration.courses"
    label = "courses"

    def ready(self) -> None:
        import_module(f"{self.name}.policies")  # each policy registers itself with the gate
        add(Place.PAGES, Entry(_("Course"), "courses:course", 10))
