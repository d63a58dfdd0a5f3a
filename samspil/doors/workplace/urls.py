"""The addresses of the staff pages."""

from django.urls import URLPattern, path

from samspil.doors.workplace import views

app_name = "workplace"
urlpatterns: list[URLPattern] = [
    path("", views.overview, name="overview"),
    path("courses/", views.courses, name="courses"),
    path("courses/<uuid:space>/", views.course, name="course"),
    path("courses/<uuid:space>/steps/", views.steps, name="steps"),
    path("courses/<uuid:space>/timeline/", views.timeline, name="timeline"),
    path("courses/<uuid:space>/sharing/", views.sharing, name="sharing"),
    path("log/", views.logs, name="logs"),
    path("log/<uuid:subject>/", views.log, name="log"),
    path("health", views.health, name="health"),
]
