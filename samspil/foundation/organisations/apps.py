"""The app of authorities, units and staff."""

from django.apps import AppConfig


class Organisations(AppConfig):
    name = "samspil.foundation.organisations"
    label = "organisations"
