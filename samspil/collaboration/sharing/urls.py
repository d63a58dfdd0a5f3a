"""Pages of what may be shared, under `sharing/`."""

from django.urls import URLPattern, path

from samspil.collaboration.sharing import views

app_name = "sharing"
urlpatterns: list[URLPattern] = [
    path("<uuid:space>/<uuid:subject>/", views.bases, name="bases"),
    path("<uuid:space>/<uuid:subject>/new/", views.register, name="register"),
    path("basis/<uuid:item>/", views.basis, name="basis"),
    path("basis/<uuid:item>/end/", views.end, name="end"),
]
