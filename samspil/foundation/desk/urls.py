"""The address of the desk."""

from django.urls import URLPattern, path

from samspil.foundation.desk import views

app_name = "desk"
urlpatterns: list[URLPattern] = [path("kladde/", views.keep, name="keep")]
