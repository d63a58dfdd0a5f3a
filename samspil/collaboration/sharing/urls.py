"""Pages of what may be shared, under `sharing/`."""

from django.urls import URLPattern, path

from samspil.collaboration.sharing import actions, views

app_name = "sharing"


def pages(write: views.Writing) -> list[URLPattern]:
    """The pages, with the acts they carry out: a floor above may note more in the same transaction."""
    return [
        path("<uuid:space>/<uuid:subject>/", views.bases, name="bases"),
        path("<uuid:space>/<uuid:subject>/new/", views.register, {"write": write}, name="register"),
        path("basis/<uuid:item>/", views.basis, name="basis"),
        path("basis/<uuid:item>/end/", views.end, {"write": write}, name="end"),
    ]


urlpatterns: list[URLPattern] = pages(actions)
