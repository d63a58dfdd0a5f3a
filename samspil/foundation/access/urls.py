"""The addresses of access."""

from django.urls import URLPattern, path

from samspil.foundation.access import views

app_name = "access"
urlpatterns: list[URLPattern] = [path("act-for/", views.act_for, name="act_for")]
