"""The app of consents and legal grounds."""

from importlib import import_module

from django.apps import AppConfig

from samspil.foundation.web import further


class Sharing(AppConfig):
    name = "samspil.collaboration.sharing"
    label = "sharing"

    def ready(self) -> None:
        import_module(f"{self.name}.policies")  # each policy registers itself with the gate
        presenters = import_module(f"{self.name}.presenters")
        further.add(further.Topic.USES, presenters.resting_on)
