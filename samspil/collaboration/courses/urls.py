"""The addresses of courses: referrals, the team, what happened. The page of a course is the workplace's."""

from django.urls import URLPattern

app_name = "courses"
urlpatterns: list[URLPattern] = []
