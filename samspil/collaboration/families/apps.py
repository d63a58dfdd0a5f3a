"""The app of people and families."""

from importlib import import_module

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.web import further, navigation


class Families(AppConfig):
    name = "samspil.collaboration.families"
    label = "families"

    def ready(self) -> None:
        import_module(f"{self.name}.policies")  # each policy registers itself with the gate
        presenters = import_module(f"{self.name}.presenters")
        further.add(further.Topic.USES, presenters.resting_on)
        found = navigation.Entry(_("Find a family in my courses"), "families:search", shown=_finds_people)
        navigation.add(navigation.Place.SEARCH, found)


def _finds_people(request: HttpRequest) -> bool:
    actor = getattr(request, "actor", None)
    return actor is not None and actor.holds(Permission.PERSON_VIEW)
