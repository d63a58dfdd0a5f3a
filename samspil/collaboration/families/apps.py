"""The app of people and families."""

from django.apps import AppConfig


class Families(AppConfig):
    name = "samspil.collaboration.families"
    label = "families"
