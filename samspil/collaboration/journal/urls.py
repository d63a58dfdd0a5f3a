"""The addresses of journal, under `courses/<space>/`."""

from django.urls import URLPattern, path

from samspil.collaboration.journal import views

app_name = "journal"
urlpatterns: list[URLPattern] = [
    path("documents/", views.papers, name="papers"),
    path("documents/notes/new/", views.write_note, name="write_note"),
    path("documents/notes/<uuid:item>/", views.note, name="note"),
    path("documents/notes/<uuid:item>/correct/", views.correct_note, name="correct_note"),
    path("documents/children/new/", views.write_child_view, name="write_child_view"),
    path("documents/children/<uuid:item>/", views.child_view, name="child_view"),
    path("documents/children/<uuid:item>/show/", views.show_child_view, name="show_child_view"),
    path("documents/children/<uuid:item>/correct/", views.correct_child_view, name="correct_child_view"),
    path("documents/tools/", views.begin, name="begin"),
    path("documents/tools/<slug:tool>/<slug:audience>/<uuid:person>/", views.fill, name="fill"),
    path("documents/sent/new/", views.send, name="send"),
    path("documents/sent/<uuid:item>/", views.sent, name="sent"),
    path("documents/<uuid:item>/", views.document, name="document"),
    path("documents/<uuid:item>/share/", views.share, name="share"),
]
