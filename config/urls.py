"""The pages of the workplace's host."""

from django.urls import URLPattern, URLResolver, include, path

from samspil.collaboration.courses.urls import sharing_pages

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("samspil.foundation.web.urls")),
    path("", include("samspil.foundation.desk.urls")),
    path("", include("samspil.foundation.accounts.urls")),
    path("", include("samspil.foundation.access.urls")),
    path("organisation/", include("samspil.foundation.organisations.urls")),
    path("sharing/", include((sharing_pages, "sharing"))),
    path("models/", include("samspil.collaboration.programmes.urls")),
    path("catalogue/", include("samspil.collaboration.catalogue.urls")),
    path("people/", include("samspil.collaboration.families.urls")),
    path("", include("samspil.collaboration.courses.urls")),
    path("courses/<uuid:space>/", include("samspil.collaboration.plans.urls")),
    path("courses/<uuid:space>/", include("samspil.collaboration.journal.urls")),
    path("", include("samspil.collaboration.meetings.urls")),
    path("experience/", include("samspil.insight.experience.urls")),
    path("initiatives/", include("samspil.insight.rollout.urls")),
    path("", include("samspil.doors.workplace.urls")),
]

handler400 = "samspil.foundation.web.errors.bad_request"
handler403 = "samspil.foundation.web.errors.forbidden"
handler404 = "samspil.foundation.web.errors.not_found"
handler500 = "samspil.foundation.web.errors.broken"
