"""Closing a course: what remains, the consents, the family's copy, and the end. Weaves what stands below."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from samspil.collaboration.courses import actions, queries, retention
from samspil.collaboration.courses.frame import course_frame, head_or_404
from samspil.collaboration.courses.queries import CourseHead, Ending, OpenThing
from samspil.collaboration.courses.rules import Reader
from samspil.collaboration.sharing import presenters as sharing
from samspil.doors.workplace import forms, papers
from samspil.doors.workplace.papers import closing as parts
from samspil.foundation.access import sight
from samspil.foundation.accounts.queries import is_invented
from samspil.foundation.desk.files import attachment
from samspil.foundation.desk.forms import answers_on, open_form
from samspil.foundation.desk.models import StoredFile
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.gate import require
from samspil.foundation.kernel.languages import current_language
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.routes import route
from samspil.foundation.web import pdf
from samspil.foundation.web.requests import ActorRequest

DANISH = "da-DK"
"""The family's copy is Danish, whatever language the page has."""


def _entered(request: ActorRequest, space: UUID) -> tuple[CourseHead, Ending, list[OpenThing]]:
    """The course, how far its end is, and what is open: for whoever may close it."""
    head = head_or_404(request, space)
    require(request.actor, Permission.COURSE_CLOSE, space)
    today = clock.today()
    things = papers.open_things(request.actor, space, today)
    return head, queries.ending_of(request.actor, head.course, today), things


@route(policy=Permission.COURSE_CLOSE, event="closing.viewed")
@require_safe
def close(request: ActorRequest, space: UUID) -> HttpResponse:
    head, ending, things = _entered(request, space)
    closing = ending.closing
    context = {
        **course_frame(request, head),
        "tasks": parts.tasks(ending, things, clock.today(), queries.ready_by_model(head, clock.today())),
        "closing": closing,
        "kept": retention.classes()[closing.retention] if closing else None,
        "has_copies": bool(ending.copies),
    }
    return render(request, "workplace/closing/close.html", context)


@route(policy=Permission.COURSE_CLOSE, event="remainder.written")
@require_http_methods(["GET", "POST"])
def remains(request: ActorRequest, space: UUID) -> HttpResponse:
    head, ending, things = _entered(request, space)
    begun = {"now": ending.whole.words if ending.whole else ""}
    begun |= {f"left_{key}": one.words for key, one in ending.left.items()}
    form = open_form(
        request, forms.Remains, name="workplace.remains", thing=space, things=things, initial=begun
    )
    if form.is_valid():
        with answers_on(form):
            actions.write_remainders(actor=request.actor, space=space, left=form.left)
            messages.success(request, _("It is written down."))
            return redirect("workplace:close", space)
    return render(request, "workplace/closing/remains.html", {**course_frame(request, head), "form": form})


@route(policy=Permission.COURSE_CLOSE, event="consent.reviewed")
@require_http_methods(["GET", "POST"])
def consents(request: ActorRequest, space: UUID) -> HttpResponse:
    head, ending, _things = _entered(request, space)
    today, unit = clock.today(), request.actor.unit_id
    lines = {
        basis.pk: (head.names.get(basis.subject_id, ""), sharing.line(basis, today, unit=unit))
        for basis in ending.running
    }
    form = open_form(request, forms.Consents, name="workplace.consents", thing=space, lines=lines)
    if form.is_valid():
        with answers_on(form):
            actions.review_consents(actor=request.actor, space=space, answers=form.answers, today=today)
            messages.success(request, _("The consents are looked at."))
            return redirect("workplace:close", space)
    context = {**course_frame(request, head), "form": form, "people": head.people}
    return render(request, "workplace/closing/consents.html", context)


@route(policy=Permission.COURSE_CLOSE, event="family_copy.listed")
@require_safe
def copies(request: ActorRequest, space: UUID) -> HttpResponse:
    head, ending, things = _entered(request, space)
    context = {
        **course_frame(request, head),
        "rows": parts.copy_rows(ending, things),
        "without_custody": parts.without_custody(ending),
        "children": papers.children_of(head, clock.today()),
    }
    return render(request, "workplace/closing/copies.html", context)


@route(policy=Permission.COURSE_CLOSE, event="family_copy.made")
@require_http_methods(["GET", "POST"])
def copy(request: ActorRequest, space: UUID, reader: UUID) -> HttpResponse:
    """What stands in one person's copy. POST makes the file."""
    head, ending, things = _entered(request, space)
    found, today = _reader(ending, reader), clock.today()
    if request.method == "POST":
        _make(request, head, ending, found)
        return redirect("workplace:copy", space, reader)
    gathered = papers.gathered(request.actor, head, ending, today)
    sheet = papers.copy_for(found, gathered, made_on=today, language=current_language())
    states = {row.reader.subject: row for row in parts.copy_rows(ending, things)}
    context = {
        **course_frame(request, head),
        "row": states[reader],
        "copy": sheet,
        "lacking": pdf.missing_libraries(),
        "file": ending.copies.get(reader),
    }
    return render(request, "workplace/closing/copy.html", context)


def _make(request: ActorRequest, head: CourseHead, ending: Ending, reader: Reader) -> None:
    """Make one person's copy and keep it; where that cannot be, the next page says why."""
    today = clock.today()
    with override("da"):
        gathered = papers.gathered(request.actor, head, ending, today)
        sheet = papers.copy_for(reader, gathered, made_on=today, language="da")
        context = {"copy": sheet, "language": DANISH, "is_invented": is_invented(request.user)}
        html = render_to_string("workplace/paper/copy.html", context)
        name = _("copy-of-the-course-%(name)s.pdf") % {"name": sheet.called.lower()}
    try:
        actions.keep_family_copy(
            actor=request.actor,
            space=head.space,
            reader=reader.subject,
            content=pdf.pdf(html),
            name=name,
            today=today,
        )
    except Refused as refused:
        messages.error(request, refused.reason)
    else:
        messages.success(request, _("The copy is made. Read it before you give it."))


@route(policy=Permission.COURSE_CLOSE, event="family_copy.fetched")
@never_cache
@require_safe
def copy_file(request: ActorRequest, space: UUID, reader: UUID) -> HttpResponse:
    _head, ending, _things = _entered(request, space)
    made = ending.copies.get(_reader(ending, reader).subject)
    file = sight.visible(StoredFile.objects.filter(pk=made.file_id)).first() if made else None
    if file is None:
        raise Http404
    return attachment(file)


@route(policy=Permission.COURSE_CLOSE, event="family_copy.given")
@require_http_methods(["GET", "POST"])
def copy_given(request: ActorRequest, space: UUID, reader: UUID) -> HttpResponse:
    head, ending, _things = _entered(request, space)
    found, today = _reader(ending, reader), clock.today()
    made = ending.copies.get(reader)
    form = open_form(request, forms.CopyGiven, name="workplace.copy", thing=f"{space}:{reader}")
    if form.is_valid():
        with answers_on(form):
            if form.cleaned_data["given"] == "no":
                why_not = form.cleaned_data["why_not"]
                actions.leave_out_copy(
                    actor=request.actor, space=space, reader=reader, why_not=why_not, today=today
                )
            elif made is None:
                raise Refused(_("Make the copy first."))
            else:
                on = form.cleaned_data["on"] or today
                actions.give_family_copy(actor=request.actor, copy=made, on=on, today=today)
            return redirect("workplace:copies", space)
    context = {**course_frame(request, head), "form": form, "reader": found}
    return render(request, "workplace/closing/given.html", context)


@route(policy=Permission.COURSE_CLOSE, event="course.closed")
@require_http_methods(["GET", "POST"])
def end(request: ActorRequest, space: UUID) -> HttpResponse:
    head, ending, things = _entered(request, space)
    today, language = clock.today(), current_language()
    if not (ready := parts.may_close(ending, things, today, queries.ready_by_model(head, today))):
        messages.error(request, ready.reason)
        return redirect("workplace:close", space)
    children = [one.born for one in ending.people if one.is_in_focus and one.born]
    form = open_form(
        request,
        forms.CloseCourse,
        name="workplace.end",
        thing=space,
        today=today,
        classes=[(one.key, one.title.said(language)) for one in retention.classes().values()],
        initial={"retention": retention.recommended(children).key},
    )
    if form.is_valid():
        with answers_on(form):
            actions.close_course(
                actor=request.actor,
                course=head.course,
                review=ending.review,
                family_copies=list(ending.copies.values()),
                open_things=things,
                today=today,
                **form.choices,
            )
            messages.success(request, _("The course is closed."))
            return redirect("workplace:close", space)
    context = {**course_frame(request, head), "form": form, "classes": _told(language)}
    return render(request, "workplace/closing/end.html", context)


def _told(language: str) -> list[dict[str, str]]:
    """The classes as the page explains them."""
    return [
        {
            "title": one.title.said(language),
            "when": one.when.said(language),
            "statute": one.statute,
            "unverified": one.unverified.said(language) if one.unverified else "",
        }
        for one in retention.classes().values()
    ]


def _reader(ending: Ending, subject: UUID) -> Reader:
    found = next((one for one in ending.readers if one.subject == subject), None)
    if found is None:
        raise Http404
    return found
