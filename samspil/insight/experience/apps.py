"""The app of experience."""

from importlib import import_module

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.web import further, navigation
from samspil.foundation.web.navigation import Entry, Place


def _reads(request: HttpRequest) -> bool:
    actor: Actor | None = getattr(request, "actor", None)
    return actor is not None and actor.holds(Permission.EXPERIENCE_READ)


class Experience(AppConfig):
    name = "samspil.insight.experience"
    label = "experience"

    def ready(self) -> None:
        from samspil.insight.experience import presenters

        import_module(f"{self.name}.policies")  # each policy registers itself with the gate
        reads = Entry(_("Does it work?"), "experience:models", 65, shown=_reads)
        navigation.add(Place.MENU, reads)
        further.add(further.Topic.ASKED, presenters.asked)
