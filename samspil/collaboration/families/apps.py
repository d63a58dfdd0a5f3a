"""The app of people and families."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from samspil.foundation.web import navigation


class Families(AppConfig):
    name = "samspil.collaboration.families"
    label = "families"

    def ready(self) -> None:
        import_module(f"{self.name}.policies")  # each policy registers itself with the gate
        navigation.add(
            navigation.Place.SEARCH, navigation.Entry(_("Find a family in my courses"), "families:search")
        )
