"""Pages of people and families, under `people/`."""

from django.urls import URLPattern, path

from samspil.collaboration.families import views

app_name = "families"
urlpatterns: list[URLPattern] = [
    path("", views.search, name="search"),
    path("new/", views.register, name="register"),
    path("<uuid:subject>/", views.person, name="person"),
    path("<uuid:subject>/family/", views.family, name="family"),
    path("<uuid:subject>/correct/", views.correct, name="correct"),
    path("<uuid:subject>/protection/", views.protection, name="protection"),
    path("<uuid:subject>/number/", views.number, name="number"),
    path("<uuid:subject>/location/", views.location, name="location"),
    path("<uuid:subject>/places/new/", views.note_place, name="note_place"),
    path("<uuid:subject>/ties/new/", views.tie, name="tie"),
    path("places/<uuid:item>/end/", views.end_place, name="end_place"),
    path("ties/<uuid:item>/end/", views.end_tie, name="end_tie"),
    path("ties/<uuid:item>/doubt/", views.doubt, name="doubt"),
]
