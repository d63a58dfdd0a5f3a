"""The app of collaboration models."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from samspil.foundation.web import navigation
from samspil.foundation.web.navigation import Entry, Place


class Programmes(AppConfig):
    name = "samspil.collaboration.programmes"
    label = "programmes"

    def ready(self) -> None:
        navigation.add(Place.MENU, Entry(_("Models"), "programmes:models", 60))
        navigation.add(Place.FOOTER, Entry(_("Collaboration models"), "programmes:models", 60))
