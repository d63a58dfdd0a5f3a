"""The example's app."""

from django.apps import AppConfig


class Example(AppConfig):
    name = "tests.access.example"
    label = "example"
