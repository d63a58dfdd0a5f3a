"""The addresses of the public pages about the law."""

from django.urls import URLPattern, path

from samspil.collaboration.programmes.views import law as views

app_name = "law"
urlpatterns: list[URLPattern] = [
    path("", views.provisions, name="provisions"),
    path("<slug:key>/", views.provision, name="provision"),
]
