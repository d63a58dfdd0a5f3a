"""A small site whose forms go through the desk: one that writes, one that edits, one that fails."""

from django import forms
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirect
from django.shortcuts import render
from django.test.utils import isolate_apps
from django.urls import include, path

from samspil.foundation.desk import actions
from samspil.foundation.desk.forms import answers_on, open_form
from samspil.foundation.desk.versions import check_version
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.web.forms import Form

with isolate_apps("samspil.foundation.desk"):

    class Page(models.Model):
        """A text that two people edit. Its table is made by the test."""

        text = models.TextField()
        place = models.CharField(max_length=20)

        class Meta:
            app_label = "desk"
            managed = False
            db_table = "desk_test_page"


class Note(Form):
    text = forms.CharField(label="Tekst", max_length=20_000, widget=forms.Textarea)
    agreed = forms.BooleanField(label="Aftalt", required=False)


class Edited(Form):
    text = forms.CharField(label="Tekst", widget=forms.Textarea)
    place = forms.ChoiceField(label="Sted", choices=[("home", "Hjemme"), ("office", "Kontoret")])


def write(request: HttpRequest) -> HttpResponse:
    """Acts by writing news to `to`; the text says what goes wrong afterwards."""
    form = open_form(request, Note, name="test.note", thing=request.GET.get("om", ""))
    if form.is_valid():
        with answers_on(form), transaction.atomic():
            actions.announce(actor=request.actor, to=[RECEIVER[0]], about=RECEIVER[0], now=clock.now())
            answer = form.cleaned_data["text"]
            if answer == "afvist":
                raise Refused("Det går ikke.")
            if answer == "findes ikke":
                raise Http404
            if answer == "fejl":
                raise RuntimeError("fejl")
            return HttpResponseRedirect("/skrevet/")
    return render(request, "desk_test/page.html", {"form": form})


RECEIVER: list[object] = []


def edit(request: HttpRequest) -> HttpResponse:
    """Edits the one page."""
    page = Page.objects.get(pk=1)
    initial = {"text": page.text, "place": page.place}
    form = open_form(request, Edited, name="test.edit", thing=page.pk, rows=page, initial=initial)
    if form.is_valid():
        with answers_on(form), transaction.atomic():
            locked = Page.objects.select_for_update().get(pk=1)
            check_version(locked, seen=form.sheet.version)
            locked.text, locked.place = form.cleaned_data["text"], form.cleaned_data["place"]
            locked.save()
            return HttpResponseRedirect("/skrevet/")
    return render(request, "desk_test/page.html", {"form": form})


def written(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Skrevet")


urlpatterns = [
    path("skriv/", write),
    path("ret/", edit),
    path("skrevet/", written),
    path("log-ind/", written, name="account_login"),
    path("", include("samspil.foundation.desk.urls")),
    path("", include("samspil.foundation.web.urls")),
    path("", include("samspil.foundation.access.urls")),
]
handler404 = "samspil.foundation.web.errors.not_found"
handler500 = "samspil.foundation.web.errors.broken"
