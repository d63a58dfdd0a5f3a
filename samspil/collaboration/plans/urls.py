"""The addresses of plans, under `courses/<space>/`."""

from django.urls import URLPattern

app_name = "plans"
urlpatterns: list[URLPattern] = []
