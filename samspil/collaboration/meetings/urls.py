"""The addresses of meetings: one's own, and those of a course."""

from django.urls import URLPattern, path

from samspil.collaboration.meetings import views

app_name = "meetings"
COURSE = "courses/<uuid:space>/meetings/"
ONE = f"{COURSE}<uuid:meeting>/"
urlpatterns: list[URLPattern] = [
    path("meetings/", views.mine, name="mine"),
    path(COURSE, views.meetings, name="meetings"),
    path(f"{COURSE}new/", views.plan, name="plan"),
    path(ONE, views.meeting, name="meeting"),
    path(f"{ONE}place/", views.place, name="place"),
    path(f"{ONE}invite/", views.invite, name="invite"),
    path(f"{ONE}reply/<uuid:invitation>/", views.reply, name="reply"),
    path(f"{ONE}move/", views.move, name="move"),
    path(f"{ONE}cancel/", views.cancel, name="cancel"),
    path(f"{ONE}points/new/", views.add_point, name="add_point"),
    path(f"{ONE}points/<uuid:thread>/drop/", views.drop_point, name="drop_point"),
    path(f"{ONE}points/<uuid:thread>/earlier/", views.move_point, name="move_point"),
    path(f"{ONE}begin/", views.begin, name="begin"),
    path(f"{ONE}screen/", views.screen, name="screen"),
    path(f"{ONE}tasks/new/", views.give_task, name="give_task"),
    path(f"{ONE}close/", views.close, name="close"),
    path(f"{ONE}minutes/", views.minutes, name="minutes"),
    path(f"{ONE}minutes/share/", views.share, name="share"),
    path(f"{ONE}minutes/amend/", views.amend, name="amend"),
    path(f"{ONE}minutes/read/", views.read, name="read"),
]
