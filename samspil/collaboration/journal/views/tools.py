"""Pages of tools: where to begin, filling in, reading and printing, giving to somebody."""

from typing import Any
from uuid import UUID, uuid5

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samspil.collaboration.courses.frame import course_frame, head_or_404
from samspil.collaboration.courses.queries import CourseHead
from samspil.collaboration.journal import actions, forms, presenters, queries, rules
from samspil.collaboration.journal.models import Sector
from samspil.collaboration.journal.queries import Paper
from samspil.collaboration.journal.toolbox import Audience, Edition, library
from samspil.collaboration.journal.views import choices
from samspil.foundation.desk.forms import answers_on, open_form
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.gate import require
from samspil.foundation.kernel.languages import current_language
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.routes import Gate, route
from samspil.foundation.web.requests import ActorRequest


@route(policy=Permission.TOOL_WRITE, event="tools.listed")
@require_safe
def begin(request: ActorRequest, space: UUID) -> HttpResponse:
    """From a step straight to its form, or to the document that is to be given; else the tools to choose."""
    head, actor = head_or_404(request, space), request.actor
    require(actor, Permission.TOOL_WRITE, space)
    found = _of_step(head, request.GET.get("step", ""), request.GET.get("person", ""))
    if found is not None:
        tool, edition, person, is_giving = found
        paper = queries.newest_document(actor, space, tool, edition.audience, person) if is_giving else None
        if paper is not None:
            return redirect("journal:share", space, paper.document.pk)
        return redirect("journal:fill", space, tool, edition.audience, person)
    documents, drafts = queries.documents_of(actor, space), queries.own_drafts(actor, space)
    people = queries.somebodies(head.people)
    tools = presenters.shelf(space, head.programme, people, head.names, documents, drafts, current_language())
    return render(request, "journal/tools.html", {**course_frame(request, head), "shelf": tools})


def _of_step(head: CourseHead, key: str, person: str) -> tuple[str, Edition, UUID, bool] | None:
    """The tool that shows a step done: which edition, for whom, and whether it is to be given to somebody."""
    step = next((one for one in head.programme.steps if one.key == key), None)
    tool = library().newest(step.tool) if step and step.tool else None
    if step is None or tool is None:
        return None
    people = queries.somebodies(head.people)
    for pattern in step.evidence.patterns:
        for edition in tool.editions:
            is_giving = pattern.where.get("audience") in edition.shared_with
            if is_giving or pattern.fact in edition.facts:
                whom = rules.candidates(edition, people)
                named = [one for one in whom if str(one.subject) == person]
                if len(named or whom) == 1:
                    return tool.key, edition, (named or whom)[0].subject, is_giving
    return None


@route(policy=Permission.TOOL_WRITE, event="tool.filled")
@require_http_methods(["GET", "POST"])
def fill(request: ActorRequest, space: UUID, tool: str, audience: str, person: UUID) -> HttpResponse:
    head, actor, today = head_or_404(request, space), request.actor, clock.today()
    edition = _edition_or_404(head, tool, audience, person)
    require(actor, Permission.TOOL_WRITE, space)
    form = _form(request, head, tool, edition, person)
    if form.is_valid():
        with answers_on(form):
            said: dict[str, Any] = {
                "actor": actor,
                "space": space,
                "tool": tool,
                "audience": audience,
                "person": person,
                "data": form.answers,
                "on": form.cleaned_data["on"],
                "seen": form.sheet.version,  # type: ignore[attr-defined]
            }
            if form.is_for_later:
                actions.save_document(**said)
                messages.success(request, _("Saved. Only you can see it until it is finished."))
                return redirect(request.path)
            done = actions.complete_document(**said, today=today, supersedes=form.supersedes)
            messages.success(request, _("It is finished. Those who may know of it can read it."))
            return redirect("journal:document", space, done.pk)
    context = {"form": form, "edition": edition, **_words(head, edition, person)}
    return render(request, "journal/fill.html", {**course_frame(request, head), **context})


def _form(
    request: ActorRequest, head: CourseHead, tool: str, edition: Edition, person: UUID
) -> forms.ToolForm:
    actor, space = request.actor, head.space
    draft = queries.own_draft(actor, space, tool, edition.audience, person)
    before = queries.newest_document(actor, space, tool, edition.audience, person)
    known = draft.data if draft else before.data if before else {}
    return open_form(
        request,
        forms.ToolForm,
        name="journal.tool",
        thing=uuid5(space, f"{tool} {edition.audience} {person}"),
        rows=(draft,) if draft else (),
        edition=edition,
        people=choices.people(head),
        known=known,
        language=current_language(),
        today=clock.today(),
        based_on=str(before.document.pk) if before else "",
    )


def _edition_or_404(head: CourseHead, tool: str, audience: str, person: UUID) -> Edition:
    found = library().newest(tool)
    edition = found.edition(audience) if found else None
    people = queries.somebodies(head.people)
    if edition is None or person not in {one.subject for one in rules.candidates(edition, people)}:
        raise Http404
    return edition


def _words(head: CourseHead, edition: Edition, person: UUID) -> dict[str, str]:
    return {
        "title": edition.title.said(current_language()),
        "lead": edition.lead.said(current_language()),
        "name": presenters.first_name(head.names, person) if edition.made_for else "",
    }


@route(policy=Gate.ACTOR, event="document.read")
@require_safe
def document(request: ActorRequest, space: UUID, item: UUID) -> HttpResponse:
    """One page to read and to print, for adults and for children."""
    head, actor = head_or_404(request, space), request.actor
    paper = _paper_or_404(request, space, item)
    newer = queries.newer_than(actor, paper.document)
    shown = presenters.paper_shown(paper, head.names, current_language())
    context = {
        "paper": shown,
        "page_class": "prints-alone" if shown and shown.is_for_child else "",
        "document": paper.document,
        "newer": newer,
        "shares": _shares(head, paper),
        "may_write": actor.holds(Permission.TOOL_WRITE) and newer is None,
        "may_share": bool(paper.edition and paper.edition.shared_with),
    }
    return render(request, "journal/document.html", {**course_frame(request, head), **context})


def _shares(head: CourseHead, paper: Paper) -> list[tuple[str, object]]:
    return [
        (
            presenters.first_name(head.names, one.person_id)
            if one.person_id
            else str(Sector(one.audience).label),
            one.on,
        )
        for one in paper.shares
    ]


@route(policy=Permission.TOOL_WRITE, event="tool.shared")
@require_http_methods(["GET", "POST"])
def share(request: ActorRequest, space: UUID, item: UUID) -> HttpResponse:
    head, actor, today = head_or_404(request, space), request.actor, clock.today()
    paper = _paper_or_404(request, space, item)
    require(actor, Permission.TOOL_WRITE, space)
    receivers = _receivers(request, head, paper)
    form = open_form(
        request,
        forms.ShareDocument,
        name="journal.share",
        thing=item,
        receivers=receivers,
        initial={"on": today, "receiver": receivers[0][0] if len(receivers) == 1 else ""},
    )
    if form.is_valid():
        with answers_on(form):
            actions.share_document(actor=actor, paper=paper, today=today, **form.said)
            messages.success(request, _("It is written down who has got it."))
            return redirect("journal:document", space, item)
    shown = presenters.paper_shown(paper, head.names, current_language())
    context = {"form": form, "paper": shown, "document": paper.document, "has_receivers": bool(receivers)}
    return render(request, "journal/share.html", {**course_frame(request, head), **context})


def _receivers(request: ActorRequest, head: CourseHead, paper: Paper) -> choices.Choices:
    """Whom a document may be given to: the child, others of the family, and the sectors that may read it."""
    found: choices.Choices = []
    if paper.edition is None:
        return found
    for audience in paper.edition.shared_with:
        if audience in set(Sector) and audience != Sector.FAMILY:
            found += _sector(request, head, paper, audience)
        elif paper.edition.audience is Audience.CHILD:
            name = presenters.first_name(head.names, paper.document.person_id)
            found.append((f"{audience}:{paper.document.person_id}", name))
        else:
            children = {key for key, _name in choices.children(head, clock.today())}
            found += [
                (f"{audience}:{key}", name) for key, name in choices.people(head) if key not in children
            ]
    return found


def _sector(request: ActorRequest, head: CourseHead, paper: Paper, sector: str) -> choices.Choices:
    actor, today = request.actor, clock.today()
    if sector not in queries.sectors(actor, head.space, today):
        return []
    units = queries.units_that_see(actor, head.space, actions.whole_of(paper)[:1], sector, today)
    names = presenters.listed(unit.name for unit in units)
    said = names or _("nobody there may read it yet")
    return [(sector, f"{Sector(sector).label}: {said}")]


def _paper_or_404(request: ActorRequest, space: UUID, item: UUID) -> Paper:
    found = queries.paper(request.actor, space, item)
    if found is None:
        raise Http404
    return found
