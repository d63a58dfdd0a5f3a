"""The addresses of courses."""

from django.urls import URLPattern, path

from samspil.collaboration.courses import views

app_name = "courses"
urlpatterns: list[URLPattern] = [
    path("courses/<uuid:space>/", views.course, name="course"),
]
