"""The app of the design system."""

from django.apps import AppConfig


class Web(AppConfig):
    name = "samspil.foundation.web"
    label = "web"
