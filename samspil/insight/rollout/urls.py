"""The addresses of the public pages about initiatives."""

from django.urls import URLPattern, path

from samspil.insight.rollout import views

app_name = "rollout"
urlpatterns: list[URLPattern] = [
    path("", views.initiatives, name="initiatives"),
    path("<slug:key>/", views.initiative, name="initiative"),
]
