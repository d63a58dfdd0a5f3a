"""The addresses of the idea catalogue."""

from django.urls import URLPattern, path

from samspil.collaboration.catalogue import views

app_name = "catalogue"
urlpatterns: list[URLPattern] = [
    path("", views.catalogue, name="catalogue"),
    path("<slug:key>/", views.entry, name="entry"),
    path("<slug:key>/leaflet.pdf", views.leaflet, name="leaflet"),
]
