"""The addresses of the pages about collaboration models."""

from django.urls import URLPattern, path

from samspil.collaboration.programmes import views

app_name = "programmes"
urlpatterns: list[URLPattern] = [
    path("", views.models, name="models"),
    path("compare/", views.compare, name="compare"),
    path("ours/", views.ours, name="ours"),
    path("ours/<slug:key>/stop/", views.stop, name="stop"),
    path("owned/", views.owned, name="owned"),
    path("variants/<uuid:version>/", views.variant, name="variant"),
    path("choose/", views.choose, name="choose"),
    path("<slug:key>/<str:version>/", views.model, name="model"),
    path("<slug:key>/<str:version>/try/", views.try_model, name="try"),
    path("<slug:key>/<str:version>/try/add/", views.add_fact, name="try_add"),
    path("<slug:key>/<str:version>/picture.svg", views.picture, name="picture"),
    path("<slug:key>/<str:version>/steps/<slug:step>/", views.step, name="step"),
    path("<slug:key>/<str:version>/adopt/", views.adopt, name="adopt"),
    path("<slug:key>/<str:version>/trial/", views.trial, name="trial"),
    path("<slug:key>/<str:version>/publish/", views.publish, name="publish"),
    path("<slug:key>/<str:version>/variants/", views.variants, name="variants"),
]
