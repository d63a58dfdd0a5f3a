"""Pages of what may be shared, under `sharing/`."""

from django.urls import URLPattern, path

from samspil.collaboration.sharing import actions, queries, views

app_name = "sharing"


def pages(write: views.Writing, naming: views.Naming) -> list[URLPattern]:
    """The pages, with the acts they carry out and the names they show.

    A floor above may note more in the same transaction, and may know what somebody is called.
    """
    acting = {"write": write, "naming": naming}
    return [
        path("<uuid:space>/<uuid:subject>/", views.bases, {"naming": naming}, name="bases"),
        path("<uuid:space>/<uuid:subject>/new/", views.register, acting, name="register"),
        path("basis/<uuid:item>/", views.basis, {"naming": naming}, name="basis"),
        path("basis/<uuid:item>/end/", views.end, acting, name="end"),
    ]


urlpatterns: list[URLPattern] = pages(actions, queries.names_in)
