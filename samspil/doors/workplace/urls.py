"""The addresses of the staff pages."""

from django.urls import URLPattern, path

from samspil.doors.workplace import views
from samspil.doors.workplace.views import together

app_name = "workplace"
urlpatterns: list[URLPattern] = [
    path("", views.overview, name="overview"),
    path("courses/", views.courses, name="courses"),
    path("courses/<uuid:space>/", views.course, name="course"),
    path("courses/<uuid:space>/on-one-page/", views.one_page, name="one_page"),
    path("courses/<uuid:space>/on-one-page/pdf/", views.one_page_pdf, name="one_page_pdf"),
    path("courses/<uuid:space>/close/", views.close, name="close"),
    path("courses/<uuid:space>/close/remains/", views.remains, name="remains"),
    path("courses/<uuid:space>/close/consents/", views.consents, name="consents"),
    path("courses/<uuid:space>/close/copies/", views.copies, name="copies"),
    path("courses/<uuid:space>/close/copies/<uuid:reader>/", views.copy, name="copy"),
    path("courses/<uuid:space>/close/copies/<uuid:reader>/file/", views.copy_file, name="copy_file"),
    path("courses/<uuid:space>/close/copies/<uuid:reader>/given/", views.copy_given, name="copy_given"),
    path("courses/<uuid:space>/close/end/", views.end, name="end"),
    path("courses/<uuid:space>/steps/", views.steps, name="steps"),
    path("courses/<uuid:space>/timeline/", views.timeline, name="timeline"),
    path("courses/<uuid:space>/sharing/", views.sharing, name="sharing"),
    path("people/<uuid:subject>/courses/", together.family_courses, name="family_courses"),
    path("log/", views.logs, name="logs"),
    path("log/<uuid:subject>/", views.log, name="log"),
    path("health", views.health, name="health"),
]
