"""The app of collaboration models."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from samspil.foundation.web import further, navigation
from samspil.foundation.web.navigation import Entry, Place


class Programmes(AppConfig):
    name = "samspil.collaboration.programmes"
    label = "programmes"

    def ready(self) -> None:
        from samspil.collaboration.programmes import presenters

        navigation.add(Place.FOOTER, Entry(_("Collaboration models"), "programmes:models", 65))
        navigation.add(Place.FOOTER, Entry(_("The law"), "law:provisions", 66))
        further.add(further.Topic.MODEL, presenters.versions)
        further.add(further.Topic.STEP, presenters.step_itself)
        further.add(further.Topic.LAW, presenters.provision)
        further.add(further.Topic.SOURCE, presenters.source)
