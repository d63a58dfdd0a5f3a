"""The app of authorities, units and staff."""

from importlib import import_module

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.web import navigation


class Organisations(AppConfig):
    name = "samspil.foundation.organisations"
    label = "organisations"

    def ready(self) -> None:
        import_module(f"{self.name}.policies")  # each policy registers itself with the gate
        navigation.add(
            navigation.Place.MENU,
            navigation.Entry(_("Units and staff"), "organisations:overview", 90, shown=_administers),
        )
        navigation.add(navigation.Place.ACCOUNT, navigation.Entry(_("Your log-in"), "mfa_index", 90))


def _administers(request: HttpRequest) -> bool:
    actor = getattr(request, "actor", None)
    return actor is not None and actor.holds(Permission.MEMBERSHIP_MANAGE)
