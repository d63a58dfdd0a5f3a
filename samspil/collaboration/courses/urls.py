"""The addresses of courses: referrals, the team, what happened. The page of a course is the workplace's."""

from django.urls import URLPattern

from samspil.collaboration.courses.actions import consents
from samspil.collaboration.sharing.urls import pages

app_name = "courses"
urlpatterns: list[URLPattern] = []

sharing_pages = pages(consents)
"""The pages of sharing, where an answer in a course is a fact of it, too (docs/decisions/0023)."""
