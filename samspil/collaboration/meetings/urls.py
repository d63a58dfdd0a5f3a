"""The addresses of meetings, under `courses/<space>/`."""

from django.urls import URLPattern

app_name = "meetings"
urlpatterns: list[URLPattern] = []
