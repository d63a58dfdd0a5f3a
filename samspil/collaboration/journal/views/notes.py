"""Pages of notes: write, read, correct."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samspil.collaboration.courses.frame import course_frame, head_or_404
from samspil.collaboration.courses.queries import CourseHead
from samspil.collaboration.journal import actions, forms, presenters, queries
from samspil.collaboration.journal.models import Note
from samspil.collaboration.journal.views import choices
from samspil.foundation.desk.forms import answers_on, open_form
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.gate import require
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.routes import Gate, route
from samspil.foundation.kernel.sharing import Category
from samspil.foundation.web.requests import ActorRequest


@route(policy=Permission.NOTE_WRITE, event="note.written")
@require_http_methods(["GET", "POST"])
def write_note(request: ActorRequest, space: UUID) -> HttpResponse:
    head, actor, today = head_or_404(request, space), request.actor, clock.today()
    require(actor, Permission.NOTE_WRITE, space)
    matters = choices.held(actor, space)
    form = open_form(
        request,
        forms.WriteNote,
        name="journal.note",
        thing=space,
        people=choices.people(head),
        matters=choices.topics(matters),
        initial={"on": today, "subjects": choices.in_focus(head)},
    )
    if form.is_valid():
        with answers_on(form):
            note = actions.write_note(actor=actor, space=space, today=today, **form.said)
            messages.success(request, _("The note is written."))
            return redirect("journal:note", space, note.pk)
    subjects = _known(head, form.chosen("subjects"))
    context = {
        "form": form,
        "matters": choices.with_readers(actor, space, form["category"], matters, subjects, today),
        "about": presenters.listed_names(head.names, [UUID(one) for one in subjects]),
    }
    return render(request, "journal/write_note.html", {**course_frame(request, head), **context})


@route(policy=Gate.ACTOR, event="note.read")
@require_safe
def note(request: ActorRequest, space: UUID, item: UUID) -> HttpResponse:
    head, actor = head_or_404(request, space), request.actor
    found = _note_or_404(request, space, item)
    context = {
        "note": found,
        "about": presenters.listed_names(head.names, found.item.subjects),
        "matter": Category(found.item.category).label,
        "by": presenters.writer(found.by),
        "earlier": queries.history_of(actor, found),
        "is_corrected": found.supersedes_id is not None,
        "may_correct": found.item.owner_unit_id == actor.unit_id and actor.holds(Permission.NOTE_WRITE),
    }
    return render(request, "journal/note.html", {**course_frame(request, head), **context})


@route(policy=Permission.NOTE_WRITE, event="note.corrected")
@require_http_methods(["GET", "POST"])
def correct_note(request: ActorRequest, space: UUID, item: UUID) -> HttpResponse:
    head = head_or_404(request, space)
    found = _note_or_404(request, space, item)
    require(request.actor, Permission.NOTE_WRITE, space)
    actor, today = request.actor, clock.today()
    matters = sorted({*choices.held(actor, space), Category(found.item.category)})
    form = open_form(
        request,
        forms.CorrectNote,
        name="journal.correction",
        thing=item,
        rows=found,
        matters=choices.topics(matters),
        initial={"text": found.text, "category": str(int(found.item.category))},
    )
    if form.is_valid():
        with answers_on(form):
            seen = form.sheet.version  # type: ignore[attr-defined]
            corrected = actions.correct_note(actor=actor, note=found, seen=seen, **form.said)
            messages.success(request, _("The note is corrected. The old text stays under it."))
            return redirect("journal:note", space, corrected.pk)
    subjects = [str(one) for one in found.item.subjects]
    context = {
        "form": form,
        "note": found,
        "matters": choices.with_readers(actor, space, form["category"], matters, subjects, today),
    }
    return render(request, "journal/correct_note.html", {**course_frame(request, head), **context})


def _note_or_404(request: ActorRequest, space: UUID, item: UUID) -> Note:
    """The note as it stands now; who has the address of an earlier text comes to the newest."""
    found = queries.visible_notes(request.actor).filter(space=space, pk=item).first()
    if found is None:
        raise Http404
    return queries.newest_note(request.actor, found)


def _known(head: CourseHead, subjects: list[str]) -> list[str]:
    people = {str(one.subject_id) for one in head.people}
    return [one for one in subjects if one in people] or choices.in_focus(head)
