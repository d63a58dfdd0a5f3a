"""The administrator's pages, and the page where a new colleague chooses a password."""

from django.urls import URLPattern, path

from samspil.foundation.organisations import views

app_name = "organisations"
urlpatterns: list[URLPattern] = [
    path("", views.overview, name="overview"),
    path("units/new/", views.new_unit, name="new_unit"),
    path("units/<uuid:unit_id>/sharing/", views.declare_sharing_unit, name="declare_sharing_unit"),
    path("staff/new/", views.new_staff, name="new_staff"),
    path("staff/<uuid:staff_id>/link/", views.first_link, name="first_link"),
    path("posts/new/", views.new_post, name="new_post"),
    path("posts/<uuid:membership_id>/end/", views.end_post, name="end_post"),
    path("first-password/<uuid:account_id>/<str:token>/", views.first_password, name="first_password"),
]
