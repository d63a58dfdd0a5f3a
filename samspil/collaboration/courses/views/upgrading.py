"""A course changes version: what it would mean, the change, and taking it back; alone and many at once."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samspil.collaboration.courses import actions, queries
from samspil.collaboration.courses.forms import upgrading as forms
from samspil.collaboration.courses.forms.facts import Reason
from samspil.collaboration.courses.frame import course_frame, head_or_404
from samspil.collaboration.courses.presenters import upgrading as shown
from samspil.collaboration.courses.queries import CourseHead
from samspil.collaboration.programmes.queries import Version
from samspil.foundation.desk.forms import answers_on, open_form
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.gate import NotAllowed, require
from samspil.foundation.kernel.languages import current_language
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.routes import route
from samspil.foundation.web.requests import ActorRequest


@route(policy=Permission.COURSE_STEER, event="course.upgraded")
@require_http_methods(["GET", "POST"])
def upgrade(request: ActorRequest, space: UUID) -> HttpResponse:
    """What another version would change in this course, and the change itself."""
    head, today, actor = head_or_404(request, space), clock.today(), request.actor
    require(actor, Permission.COURSE_STEER, space)
    others = queries.other_versions(actor, head.course, today)
    chosen = _chosen(others, request.GET.get("to", ""))
    is_look = request.POST.get("look") == "1"
    thing = f"{space}/{chosen.pk if chosen else ''}"
    form = open_form(request, forms.ChangeVersion, name="courses.upgrade", thing=thing)
    if is_look:
        form.errors.clear()  # nothing was to be filled in yet
    elif chosen and form.is_valid():
        with answers_on(form):
            actions.upgrade_course(
                actor=actor, space=space, version=chosen.pk, reason=form.cleaned_data["reason"], today=today
            )
            messages.success(request, _("The course goes on under the new version. You can take it back."))
            return redirect("courses:upgrade", space)
    context = {
        "form": form,
        "others": [(one.pk, shown.version_text(one), one == chosen) for one in others],
        "chosen": shown.version_text(chosen) if chosen else "",
        "refused": "",
        "newest": queries.upgrade_of(actor, space),
        "left": shown.left(queries.left_rows(actor, head.course), head.names),
        **(_preview(request, head, chosen) if chosen and request.method == "POST" else {}),
    }
    return render(request, "courses/upgrade.html", {**course_frame(request, head), **context})


def _preview(request: ActorRequest, head: CourseHead, chosen: Version) -> dict[str, object]:
    """What would change, or why it cannot. The change is done and taken back: only a POST may ask."""
    try:
        found = actions.preview_upgrade(
            actor=request.actor, course=head.course, version=chosen.pk, today=clock.today()
        )
    except Refused as error:
        return {"refused": str(error)}
    return {"parts": shown.parts(found, head.programme, chosen.programme, head.names)}


def _chosen(others: list[Version], asked: str) -> Version | None:
    """The version that is asked about; where there is only one other, that one."""
    found = next((one for one in others if str(one.pk) == asked), None)
    if asked and found is None:
        raise Http404
    return found or (others[0] if len(others) == 1 else None)


@route(policy=Permission.COURSE_STEER, event="course.upgrade_undone")
@require_http_methods(["GET", "POST"])
def undo_upgrade(request: ActorRequest, space: UUID) -> HttpResponse:
    """Take the change of version back."""
    head, actor = head_or_404(request, space), request.actor
    require(actor, Permission.COURSE_STEER, space)
    form = open_form(request, Reason, name="courses.undo_upgrade", thing=space)
    if form.is_valid():
        with answers_on(form):
            actions.undo_upgrade(
                actor=actor, space=space, reason=form.cleaned_data["reason"], today=clock.today()
            )
            messages.success(request, _("The course is back under the version before."))
            return redirect("courses:upgrade", space)
    return render(request, "courses/undo_upgrade.html", {**course_frame(request, head), "form": form})


@route(policy=Permission.COURSE_STEER, event="courses.upgraded")
@require_http_methods(["GET", "POST"])
def upgrades(request: ActorRequest) -> HttpResponse:
    """Many courses change to the version that follows theirs: each by itself, and each says how it went."""
    actor, today = request.actor, clock.today()
    rows = queries.replaced(actor, today)
    labels = [(str(row.space), shown.row_text(row, current_language())) for row in rows]
    form = open_form(request, forms.ChangeVersions, name="courses.upgrades", courses=labels)
    if form.is_valid():
        chosen, reason = set(form.cleaned_data["courses"]), form.cleaned_data["reason"]
        for row in rows:
            if str(row.space) in chosen:
                _change(request, row, reason)
        return redirect("courses:upgrades")
    return render(request, "courses/upgrades.html", {"form": form, "has_rows": bool(rows)})


def _change(request: ActorRequest, row: queries.Replaced, reason: str) -> None:
    said = {"name": shown.row_name(row)}
    try:
        actions.upgrade_course(
            actor=request.actor, space=row.space, version=row.next.pk, reason=reason, today=clock.today()
        )
    except (Refused, NotAllowed) as error:
        messages.error(request, _("%(name)s was not changed: %(why)s") % {**said, "why": str(error)})
    else:
        messages.success(request, _("%(name)s goes on under the new version.") % said)
