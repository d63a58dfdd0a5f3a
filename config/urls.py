"""The pages of the workplace's host."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("samspil.doors.workplace.urls")),
]
