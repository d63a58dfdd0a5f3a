"""The app of rollout."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from samspil.collaboration.programmes import offers
from samspil.foundation.web import navigation
from samspil.foundation.web.navigation import Entry, Place


class Rollout(AppConfig):
    name = "samspil.insight.rollout"
    label = "rollout"

    def ready(self) -> None:
        from samspil.insight.rollout import queries

        offers.add(queries.offers)
        navigation.add(Place.FOOTER, Entry(_("Initiatives"), "rollout:initiatives", 70))
