"""The addresses of meetings: one's own, and those of a course."""

from django.urls import URLPattern, path

from samspil.collaboration.meetings import views

app_name = "meetings"
COURSE = "courses/<uuid:space>/meetings/"
ONE = f"{COURSE}<uuid:meeting>/"
urlpatterns: list[URLPattern] = [
    path("meetings/", views.arranging.mine, name="mine"),
    path(COURSE, views.arranging.meetings, name="meetings"),
    path(f"{COURSE}new/", views.arranging.plan, name="plan"),
    path(ONE, views.arranging.meeting, name="meeting"),
    path(f"{ONE}place/", views.arranging.place, name="place"),
    path(f"{ONE}invite/", views.arranging.invite, name="invite"),
    path(f"{ONE}reply/<uuid:invitation>/", views.arranging.reply, name="reply"),
    path(f"{ONE}move/", views.arranging.move, name="move"),
    path(f"{ONE}cancel/", views.arranging.cancel, name="cancel"),
    path(f"{ONE}points/new/", views.agenda.add_point, name="add_point"),
    path(f"{ONE}points/<uuid:thread>/drop/", views.agenda.drop_point, name="drop_point"),
    path(f"{ONE}points/<uuid:thread>/earlier/", views.agenda.move_point, name="move_point"),
    path(f"{ONE}begin/", views.holding.begin, name="begin"),
    path(f"{ONE}screen/", views.holding.screen, name="screen"),
    path(f"{ONE}tasks/new/", views.holding.give_task, name="give_task"),
    path(f"{ONE}close/", views.holding.close, name="close"),
    path(f"{ONE}minutes/", views.minutes.minutes, name="minutes"),
    path(f"{ONE}minutes/share/", views.minutes.share, name="share"),
    path(f"{ONE}minutes/amend/", views.minutes.amend, name="amend"),
    path(f"{ONE}minutes/read/", views.minutes.read, name="read"),
]
