"""The app of journal."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from samspil.collaboration.courses import acts
from samspil.collaboration.courses.acts import Act
from samspil.collaboration.journal.toolbox import library
from samspil.foundation.web import navigation
from samspil.foundation.web.navigation import Entry, Place


class Journal(AppConfig):
    name = "samspil.collaboration.journal"
    label = "journal"

    def ready(self) -> None:
        import_module(f"{self.name}.policies")  # each policy registers itself with the gate
        navigation.add(Place.PAGES, Entry(_("Documents"), "journal:papers", 60))
        acts.add(Act("child_view.recorded", _("Write what the child says"), "journal:write_child_view"))
        acts.add(Act("need.stated", _("Write what matters"), "journal:begin"))
        acts.add(Act("note.sent", _("Write the note"), "journal:send"))
        for tool in library().current():
            if tool.editions:
                acts.add(Act("tool.completed", _("Fill in"), "journal:begin", {"tool": tool.key}))
                acts.add(Act("tool.shared", _("Make and give it"), "journal:begin", {"tool": tool.key}))
