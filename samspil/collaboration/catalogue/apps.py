"""The app of the idea catalogue."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from samspil.foundation.web import further, navigation
from samspil.foundation.web.navigation import Entry, Place


class Catalogue(AppConfig):
    name = "samspil.collaboration.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        from samspil.collaboration.catalogue import presenters

        for place in (Place.MENU, Place.FOOTER, Place.MODELS):
            navigation.add(place, Entry(_("Idea catalogue"), "catalogue:catalogue", 60))
        further.add(further.Topic.READING, presenters.readings)
        further.add(further.Topic.LEAFLET, presenters.leaflets)
        further.add(further.Topic.USES, presenters.resting_on)
