"""The addresses of journal, under `courses/<space>/`."""

from django.urls import URLPattern

app_name = "journal"
urlpatterns: list[URLPattern] = []
