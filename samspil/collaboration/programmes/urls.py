"""The addresses of the public pages about collaboration models."""

from django.urls import URLPattern, path

from samspil.collaboration.programmes import views, views_choose, views_try

app_name = "programmes"
urlpatterns: list[URLPattern] = [
    path("", views.models, name="models"),
    path("choose/", views_choose.choose, name="choose"),
    path("<slug:key>/<str:version>/", views.model, name="model"),
    path("<slug:key>/<str:version>/try/", views_try.try_model, name="try"),
    path("<slug:key>/<str:version>/try/add/", views_try.add_fact, name="try_add"),
    path("<slug:key>/<str:version>/picture.svg", views.picture, name="picture"),
    path("<slug:key>/<str:version>/steps/<slug:step>/", views.step, name="step"),
]
