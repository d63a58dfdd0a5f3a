"""The addresses of courses: referrals, the team, what happened. The page of a course is the workplace's."""

from django.urls import URLPattern, path

from samspil.collaboration.courses import views
from samspil.collaboration.courses.actions import consents
from samspil.collaboration.sharing.urls import pages

app_name = "courses"

_HERE = "courses/<uuid:space>/"
_team: list[URLPattern] = [
    path(f"{_HERE}team/", views.team, name="team"),
    path(f"{_HERE}team/new/", views.name_part, name="name_part"),
    path(f"{_HERE}team/<uuid:part>/end/", views.end_part, name="end_part"),
    path(f"{_HERE}accept/", views.accept, name="accept"),
    path(f"{_HERE}handover/new/", views.hand_over, name="hand_over"),
    path(f"{_HERE}handover/<uuid:handover>/", views.handover, name="handover"),
    path(f"{_HERE}handover/<uuid:handover>/accept/", views.accept_handover, name="accept_handover"),
    path(f"{_HERE}handover/<uuid:handover>/decline/", views.decline_handover, name="decline_handover"),
    path(f"{_HERE}handover/<uuid:handover>/withdraw/", views.withdraw_handover, name="withdraw_handover"),
]
_facts: list[URLPattern] = [
    path(f"{_HERE}contact/", views.contact, name="contact"),
    path(f"{_HERE}facts/new/", views.note_fact, name="note_fact"),
    path(f"{_HERE}facts/<uuid:fact>/correct/", views.correct_fact, name="correct_fact"),
    path(f"{_HERE}facts/<uuid:fact>/withdraw/", views.withdraw_fact, name="withdraw_fact"),
    path(f"{_HERE}target-group/", views.eligibility, name="eligibility"),
    path(f"{_HERE}excuse/", views.excuse, name="excuse"),
    path(f"{_HERE}consent/", views.consent, name="consent"),
]
urlpatterns: list[URLPattern] = [*_team, *_facts]

sharing_pages = pages(consents)
"""The pages of sharing, where an answer in a course is a fact of it, too (docs/decisions/0023)."""
