"""The addresses of what professionals find of the steps."""

from django.urls import URLPattern, path

from samspil.insight.experience import views

app_name = "experience"
urlpatterns: list[URLPattern] = [
    path("", views.models, name="models"),
    path("<slug:key>/<str:version>/", views.elements, name="elements"),
    path("<slug:key>/<str:version>/<slug:step>/", views.tell, name="tell"),
]
