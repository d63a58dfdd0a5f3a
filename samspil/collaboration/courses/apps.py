"""The app of courses."""

from importlib import import_module

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.web.navigation import Entry, Place, add


class Courses(AppConfig):
    name = "samspil.collaboration.courses"
    label = "courses"

    def ready(self) -> None:
        from samspil.collaboration.courses.presenters.referral import name_kinds

        import_module(f"{self.name}.policies")  # each policy registers itself with the gate
        name_kinds()
        add(Place.MENU, Entry(_("Inbox"), "courses:inbox", 20, shown=_receives))
        add(Place.MENU, Entry(_("Referrals"), "courses:referrals", 30, shown=_sends))
        add(Place.ABOUT, Entry(_("Refer the family"), "courses:refer", 20, shown=_sends))


def _receives(request: HttpRequest) -> bool:
    actor = getattr(request, "actor", None)
    return actor is not None and actor.holds(Permission.REFERRAL_RECEIVE)


def _sends(request: HttpRequest) -> bool:
    actor = getattr(request, "actor", None)
    return actor is not None and actor.holds(Permission.REFERRAL_SEND)
