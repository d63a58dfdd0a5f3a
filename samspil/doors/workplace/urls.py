"""The addresses of the staff pages."""

from django.urls import path

from samspil.doors.workplace import views

app_name = "workplace"
urlpatterns = [
    path("health", views.health, name="health"),
]
