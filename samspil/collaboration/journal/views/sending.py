"""Pages of notes that are sent to the family or to another sector."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samspil.collaboration.courses.frame import course_frame, head_or_404
from samspil.collaboration.courses.queries import CourseHead
from samspil.collaboration.journal import actions, forms, presenters, queries
from samspil.collaboration.journal.models import Sector, SentKind
from samspil.collaboration.journal.queries import Paper
from samspil.collaboration.journal.views import choices
from samspil.foundation.desk.forms import answers_on, open_form
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.gate import require
from samspil.foundation.kernel.languages import current_language
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.routes import Gate, route
from samspil.foundation.kernel.sharing import Category
from samspil.foundation.web.requests import ActorRequest

EFFORTS = ("effort.started", "effort.changed", "effort.ended")


@route(policy=Permission.NOTE_WRITE, event="note.sent")
@require_http_methods(["GET", "POST"])
def send(request: ActorRequest, space: UUID) -> HttpResponse:
    head, actor, today = head_or_404(request, space), request.actor, clock.today()
    require(actor, Permission.NOTE_WRITE, space)
    papers = queries.documents_of(actor, space)
    form = _form(request, head, papers)
    if form.is_valid():
        with answers_on(form):
            chosen = form.cleaned_data["document"]
            paper = next((one for one in papers if str(one.document.pk) == chosen), None)
            note = actions.send_note(actor=actor, space=space, document=paper, **form.said(today))
            messages.success(request, _("The note is sent."))
            return redirect("journal:sent", space, note.pk)
    people = {str(one.subject_id) for one in head.people}
    subjects = [one for one in form.chosen("subjects") if one in people] or choices.in_focus(head)
    held = choices.held(actor, space)
    matters = choices.with_readers(actor, space, form["category"], held, subjects, today)
    context = {"form": form, "matters": matters}
    return render(request, "journal/send.html", {**course_frame(request, head), **context})


def _form(request: ActorRequest, head: CourseHead, papers: list[Paper]) -> forms.SendNote:
    actor, space, today = request.actor, head.space, clock.today()
    step = next((one for one in head.programme.steps if one.key == request.GET.get("step")), None)
    about, matter = choices.told_by(actor, head, step)
    kinds = [str(one.where.get("kind", "")) for one in step.evidence.patterns] if step else []
    kind = next((one for one in reversed(kinds) if one in set(SentKind)), "")
    sectors = [Sector(one) for one in queries.sectors(actor, space, today)]
    topics = choices.topics(choices.held(actor, space))
    to = Sector.FAMILY if kind == SentKind.ADVICE else sectors[0] if len(sectors) == 1 and kind else ""
    with_it = next((one for one in papers if step and one.document.tool == step.tool), None)
    return open_form(
        request,
        forms.SendNote,
        name="journal.sending",
        thing=space,
        people=choices.people(head),
        matters=topics,
        receivers=[(one.value, one.label) for one in (Sector.FAMILY, *sectors)],
        efforts=choices.happened(actor, head, EFFORTS, "effort", "type"),
        documents=[(str(one.document.pk), _name(head, one)) for one in papers],
        initial={
            "kind": kind,
            "to_sector": to,
            "subjects": about or choices.in_focus(head),
            "category": matter if matter in dict(topics) else "",
            "document": str(with_it.document.pk) if with_it else "",
        },
    )


def _name(head: CourseHead, paper: Paper) -> str:
    title = paper.edition.title.said(current_language()) if paper.edition else paper.document.tool
    return f"{title}, {presenters.first_name(head.names, paper.document.person_id)}"


@route(policy=Gate.ACTOR, event="sent_note.read")
@require_safe
def sent(request: ActorRequest, space: UUID, item: UUID) -> HttpResponse:
    head, actor = head_or_404(request, space), request.actor
    found = queries.visible_sent_notes(actor).filter(space=space, pk=item).first()
    if found is None:
        raise Http404
    paper = queries.paper(actor, space, found.document_id) if found.document_id else None
    context = {
        "note": found,
        "about": presenters.listed_names(head.names, found.item.subjects),
        "matter": Category(found.item.category).label,
        "by": presenters.writer(found.by),
        "units": presenters.listed(unit.name for unit in queries.units(found.units)),
        "document": paper,
        "document_name": _name(head, paper) if paper else "",
    }
    return render(request, "journal/sent.html", {**course_frame(request, head), **context})
