"""The app of the desk."""

from django.apps import AppConfig


class Desk(AppConfig):
    name = "samspil.foundation.desk"
    label = "desk"
