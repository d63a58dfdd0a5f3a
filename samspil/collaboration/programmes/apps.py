"""The app of collaboration models."""

from importlib import import_module

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.web import further, navigation
from samspil.foundation.web.navigation import Entry, Place


class Programmes(AppConfig):
    name = "samspil.collaboration.programmes"
    label = "programmes"

    def ready(self) -> None:
        from samspil.collaboration.programmes import presenters, queries
        from samspil.foundation.access import wall

        import_module(f"{self.name}.policies")  # each policy registers itself with the gate
        wall.ride_along(queries.PUBLISHED, queries.HOW_MANY_ARE_PUBLISHED)
        navigation.add(Place.FOOTER, Entry(_("Collaboration models"), "programmes:models", 65))
        navigation.add(Place.MENU, Entry(_("Your models"), "programmes:ours", 80, shown=_adopts))
        navigation.add(Place.MENU, Entry(_("Models you own"), "programmes:owned", 80, shown=_publishes))
        navigation.add(Place.FOOTER, Entry(_("The law"), "law:provisions", 66))
        further.add(further.Topic.MODEL, presenters.versions)
        further.add(further.Topic.STEP, presenters.step_itself)
        further.add(further.Topic.LAW, presenters.provision)
        further.add(further.Topic.SOURCE, presenters.source)


def _adopts(request: HttpRequest) -> bool:
    return _holds(request, Permission.MODEL_ADOPT)


def _publishes(request: HttpRequest) -> bool:
    return _holds(request, Permission.MODEL_PUBLISH)


def _holds(request: HttpRequest, permission: Permission) -> bool:
    actor = getattr(request, "actor", None)
    return actor is not None and actor.holds(permission)
