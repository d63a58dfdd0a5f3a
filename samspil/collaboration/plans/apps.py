"""The app of plans."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from samspil.collaboration.courses import acts
from samspil.collaboration.courses.acts import Act
from samspil.foundation.web.navigation import Entry, Place, add


class Plans(AppConfig):
    name = "samspil.collaboration.plans"
    label = "plans"

    def ready(self) -> None:
        import_module(f"{self.name}.policies")  # each policy registers itself with the gate
        add(Place.PAGES, Entry(_("Plan"), "plans:plan", 20))
        for kind, text in {
            "plan.agreed": _("Agree the plan"),
            "plan.revised": _("Agree the plan"),
            "goal.set": _("Open the plan"),
            "goal.rated": _("Look at the goals"),
            "goal.closed": _("Look at the goals"),
            "agreement.made": _("Write an agreement"),
            "agreement.kept": _("Look at the agreements"),
        }.items():
            acts.add(Act(kind, text, "plans:plan"))
        for kind, text in {
            "effort.requested": _("Write the effort down"),
            "effort.decided": _("Write the effort down"),
            "effort.started": _("Write the effort down"),
            "effort.changed": _("Open the efforts"),
            "effort.ended": _("Open the efforts"),
            "follow_up.held": _("Note the follow-up"),
            "child_plan.ready": _("Note that the plan is ready"),
        }.items():
            acts.add(Act(kind, text, "plans:efforts"))
        acts.add(Act("tool.completed", _("Open the efforts"), "plans:efforts", {"tool": "effort-overview"}))
