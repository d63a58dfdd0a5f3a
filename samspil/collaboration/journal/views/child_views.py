"""Pages of what children have said: write it down, read it, and show it when the child says yes."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samspil.collaboration.courses.frame import course_frame, head_or_404
from samspil.collaboration.courses.queries import CourseHead
from samspil.collaboration.journal import actions, forms, presenters, queries
from samspil.collaboration.journal.models import ChildView, ShowAnswer
from samspil.collaboration.journal.views import choices
from samspil.foundation.desk.forms import answers_on, open_form
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.gate import require
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.routes import Gate, route
from samspil.foundation.web.requests import ActorRequest

MEETINGS = ("meeting.planned", "meeting.held")


@route(policy=Permission.NOTE_WRITE, event="child_view.written")
@require_http_methods(["GET", "POST"])
def write_child_view(request: ActorRequest, space: UUID) -> HttpResponse:
    head, actor, today = head_or_404(request, space), request.actor, clock.today()
    require(actor, Permission.NOTE_WRITE, space)
    form = _form(request, head)
    if form.is_valid():
        with answers_on(form):
            view = actions.record_child_view(actor=actor, space=space, today=today, **form.said)
            shown = form.said["answer"] == ShowAnswer.YES
            said = _("Written down. The others see it.") if shown else _("Written down. Only you see it.")
            messages.success(request, said)
            return redirect("journal:child_view", space, view.pk)
    subjects = _subjects(head, form)
    matters = choices.with_readers(
        actor, space, form["category"], choices.held(actor, space), subjects, today
    )
    context = {"form": form, "matters": matters}
    return render(request, "journal/write_child_view.html", {**course_frame(request, head), **context})


def _form(request: ActorRequest, head: CourseHead) -> forms.WriteChildView:
    actor, today = request.actor, clock.today()
    children = choices.children(head, today)
    asked = request.GET.get("person", "")
    person = asked if asked in dict(children) else children[0][0] if len(children) == 1 else ""
    topics = choices.topics(choices.held(actor, head.space))
    return open_form(
        request,
        forms.WriteChildView,
        name="journal.child-view",
        thing=head.space,
        people=children,
        others=[one for one in choices.people(head) if [one[0]] != [key for key, _name in children]],
        matters=topics,
        meetings=choices.happened(actor, head, MEETINGS, "meeting", "kind"),
        initial={"on": today, "person": person},
    )


def _subjects(head: CourseHead, form: forms.WriteChildView) -> list[str]:
    people = {str(one.subject_id) for one in head.people}
    chosen = {*form.chosen("person"), *form.chosen("mentions")} & people
    return sorted(chosen) or choices.in_focus(head)


@route(policy=Gate.ACTOR, event="child_view.read")
@require_safe
def child_view(request: ActorRequest, space: UUID, item: UUID) -> HttpResponse:
    head = head_or_404(request, space)
    found = _view_or_404(request, space, item)
    context = {
        "view": presenters.view_shown(found, head.people, clock.today()),
        "reason": found.reason,
        "earlier": queries.earlier_child_views(request.actor, found),
        "is_yours": found.item.author_id == request.actor.account_id,
    }
    return render(request, "journal/child_view.html", {**course_frame(request, head), **context})


@route(policy=Permission.NOTE_WRITE, event="child_view.answered")
@require_http_methods(["GET", "POST"])
def show_child_view(request: ActorRequest, space: UUID, item: UUID) -> HttpResponse:
    head, today = head_or_404(request, space), clock.today()
    found = _view_or_404(request, space, item)
    require(request.actor, Permission.NOTE_WRITE, space)
    form = open_form(
        request, forms.ShowChildView, name="journal.showing", thing=item, initial={"asked_on": today}
    )
    if form.is_valid():
        with answers_on(form):
            answer = ShowAnswer(form.cleaned_data["answer"])
            asked_on = form.cleaned_data["asked_on"]
            actions.show_child_view(
                actor=request.actor, view=found, answer=answer, asked_on=asked_on, today=today
            )
            messages.success(request, _("The answer is written down."))
            return redirect("journal:child_view", space, item)
    context = {"form": form, "view": presenters.view_shown(found, head.people, today)}
    return render(request, "journal/show_child_view.html", {**course_frame(request, head), **context})


@route(policy=Permission.NOTE_WRITE, event="child_view.corrected")
@require_http_methods(["GET", "POST"])
def correct_child_view(request: ActorRequest, space: UUID, item: UUID) -> HttpResponse:
    head = head_or_404(request, space)
    found = _view_or_404(request, space, item)
    require(request.actor, Permission.NOTE_WRITE, space)
    if found.item.author_id != request.actor.account_id:
        raise Http404  # whoever heard the child corrects it: to others there is no such page
    form = open_form(
        request,
        forms.CorrectChildView,
        name="journal.view-corrected",
        thing=item,
        rows=found,
        initial={"words": found.words, "own_words": "yes" if found.own_words else "no"},
    )
    if form.is_valid():
        with answers_on(form):
            seen = form.sheet.version  # type: ignore[attr-defined]
            made = actions.correct_child_view(actor=request.actor, view=found, seen=seen, **form.said)
            messages.success(request, _("Corrected. Ask the child again whether the others may see it."))
            return redirect("journal:child_view", space, made.pk)
    context = {"form": form, "view": presenters.view_shown(found, head.people, clock.today())}
    return render(request, "journal/correct_child_view.html", {**course_frame(request, head), **context})


def _view_or_404(request: ActorRequest, space: UUID, item: UUID) -> ChildView:
    """What a child has said, as it stands now; who has the address of an earlier text comes to the newest."""
    found = queries.visible_child_views(request.actor).filter(space=space, pk=item).first()
    if found is None:
        raise Http404
    return queries.newest_child_view(request.actor, found)
