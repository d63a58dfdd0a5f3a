"""The app of meetings."""

from importlib import import_module

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from samspil.collaboration.courses import acts
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.web.navigation import Entry, Place, add


class Meetings(AppConfig):
    name = "samspil.collaboration.meetings"
    label = "meetings"

    def ready(self) -> None:
        import_module(f"{self.name}.policies")  # each policy registers itself with the gate
        add(Place.MENU, Entry(_("Meetings"), "meetings:mine", 30, shown=_meets))
        add(Place.PAGES, Entry(_("Meetings"), "meetings:meetings", 30))
        acts.add(acts.Act("meeting.planned", _("Plan the meeting"), "meetings:plan"))
        acts.add(acts.Act("meeting.held", _("Prepare the meeting"), "meetings:plan"))
        acts.add(acts.Act("minutes.shared", _("Write the minutes"), "meetings:meetings"))


def _meets(request: HttpRequest) -> bool:
    actor = getattr(request, "actor", None)
    return actor is not None and actor.holds(Permission.MEETING_TAKE_PART)
