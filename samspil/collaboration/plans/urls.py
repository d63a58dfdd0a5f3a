"""The addresses of plans, under `courses/<space>/`."""

from django.urls import URLPattern, path

from samspil.collaboration.plans import views

app_name = "plans"
urlpatterns: list[URLPattern] = [
    path("plan/", views.plan.plan, name="plan"),
    path("plan/versions/", views.plan.versions, name="versions"),
    path("plan/agree/", views.plan.agree, name="agree"),
    path("plan/voices/<uuid:person>/", views.plan.voice, name="voice"),
    path("plan/goals/new/", views.plan.write_goal, name="write_goal"),
    path("plan/goals/<uuid:thread>/", views.plan.revise_goal, name="revise_goal"),
    path("plan/goals/<uuid:thread>/rate/", views.plan.rate_goal, name="rate_goal"),
    path("plan/goals/<uuid:thread>/end/", views.plan.end_goal, name="end_goal"),
    path("plan/agreements/new/", views.agreements.make, name="make_agreement"),
    path("plan/agreements/<uuid:item>/", views.agreements.end, name="end_agreement"),
    path("plan/agreements/<uuid:item>/kept/", views.agreements.keep, name="keep_agreement"),
    path("plan/efforts/", views.efforts.overview, name="efforts"),
    path("plan/efforts/reviewed/", views.efforts.review, name="review_efforts"),
    path("plan/efforts/new/", views.efforts.write, name="write_effort"),
    path("plan/efforts/<uuid:thread>/", views.efforts.effort, name="effort"),
    path("plan/efforts/<uuid:thread>/correct/", views.efforts.revise, name="revise_effort"),
    path("plan/efforts/<uuid:thread>/view/", views.efforts.note_view, name="note_view"),
    path("plan/efforts/<uuid:thread>/<slug:kind>/", views.efforts.note_step, name="note_step"),
]
