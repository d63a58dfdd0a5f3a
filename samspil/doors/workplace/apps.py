"""The app of the staff pages."""

from django.apps import AppConfig


class Workplace(AppConfig):
    name = "samspil.doors.workplace"
    label = "workplace"
