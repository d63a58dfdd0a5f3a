"""The design system's own pages: the language switch and, outside production, the living catalogue."""

from django.conf import settings
from django.urls import URLPattern, path

from samspil.foundation.web import views

app_name = "web"
urlpatterns: list[URLPattern] = [path("sprog/", views.language, name="language")]
if settings.DESIGN_PAGE:
    urlpatterns.append(path("design/", views.design, name="design"))
