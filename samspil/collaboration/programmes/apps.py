"""The app of collaboration models."""

from django.apps import AppConfig


class Programmes(AppConfig):
    name = "samspil.collaboration.programmes"
    label = "programmes"
