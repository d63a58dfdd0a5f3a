"""Pages on which a course begins in one's own unit: which model, and then all that is said at once."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samspil.collaboration.courses import actions
from samspil.collaboration.courses.actions.referral.people import suggested_people
from samspil.collaboration.courses.forms.beginning import BeginCourse
from samspil.collaboration.courses.models import ReferralPerson
from samspil.collaboration.courses.presenters import beginning as shown
from samspil.collaboration.courses.presenters import facts
from samspil.collaboration.courses.queries import beginning as queries
from samspil.collaboration.courses.queries.family import courses_about
from samspil.collaboration.courses.queries.referral import colleagues, own_record
from samspil.collaboration.courses.rules import beginning as rules
from samspil.collaboration.courses.rules.referral import Included, family_roles, sector_of
from samspil.collaboration.courses.views.facts import LOOK
from samspil.collaboration.families.models import PersonRecord
from samspil.collaboration.programmes.asking import tracks
from samspil.collaboration.programmes.language import Programme
from samspil.foundation.desk.forms import answers_on, open_form
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.gate import require
from samspil.foundation.kernel.languages import current_language
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.routes import route
from samspil.foundation.organisations.queries import own_authority
from samspil.foundation.web.requests import ActorRequest


def _record(request: ActorRequest, subject: UUID) -> PersonRecord:
    """The own unit's record; to everybody else there is no such page."""
    record = own_record(request.actor, subject)
    if record is None:
        raise Http404
    require(request.actor, Permission.COURSE_BEGIN, subject)
    return record


@route(policy=Permission.COURSE_BEGIN, event="course.models_listed")
@require_safe
def begin(request: ActorRequest, subject: UUID) -> HttpResponse:
    """Which of the models in use can begin here, and why another cannot."""
    record, actor = _record(request, subject), request.actor
    sector = sector_of(own_authority(actor).kind)
    found = queries.in_use(actor, clock.today())
    known = courses_about(actor, [subject])
    context = {
        "record": record,
        "models": shown.models(found, subject, sector, known, language=current_language()),
        "may_refer": actor.holds(Permission.REFERRAL_SEND),
    }
    return render(request, "courses/begin.html", context)


@route(policy=Permission.COURSE_BEGIN, event="course.begun")
@require_http_methods(["GET", "POST"])
def begin_course(request: ActorRequest, subject: UUID, version: UUID) -> HttpResponse:
    """All that is said when a course begins here: who, target group, sharing, track, who carries it."""
    record, actor, today = _record(request, subject), request.actor, clock.today()
    programme = queries.in_use(actor, today).get(version)
    sector = sector_of(own_authority(actor).kind)
    if programme is None or not rules.opening_roles(programme, sector):
        raise Http404
    people = suggested_people(actor, subject, programme, today)
    form = _form(request, subject, programme, sector, people)
    is_sent = form.is_valid()
    if is_sent and LOOK not in request.POST:
        with answers_on(form):
            course = actions.begin_course(
                actor=actor, subject=subject, version=version, beginning=form.beginning, today=today
            )
            messages.success(request, _said(is_mine=form.beginning.coordinator == actor.membership_id))
            return redirect("workplace:course", course.space_id)
    context = {"form": form, "record": record, "is_looked": LOOK in request.POST}
    return render(request, "courses/begin_course.html", {**context, **_looked_at(request, programme, form)})


def _said(*, is_mine: bool) -> str:
    if is_mine:
        return _("The course has begun, and you coordinate it.")
    return _("The course has begun. Your colleague is asked to coordinate it; until the yes, you do.")


def _form(
    request: ActorRequest, subject: UUID, programme: Programme, sector: str, people: list[ReferralPerson]
) -> BeginCourse:
    language, actor = current_language(), request.actor
    posts = sorted(colleagues(actor, clock.today()), key=lambda post: post.pk != actor.membership_id)
    return open_form(
        request,
        BeginCourse,
        name="courses.begin",
        thing=f"{subject}/{programme.key}",
        people=people,
        questions=facts.questions(programme),
        family_roles=[(role.key, role.title.said(language)) for role in family_roles(programme)],
        roles=[(role.key, role.title.said(language)) for role in rules.opening_roles(programme, sector)],
        colleagues=[(post.pk, post.staff.name) for post in posts],
        tracks=tracks(programme),
        asks_why=rules.asks_why(programme),
    )


def _looked_at(request: ActorRequest, programme: Programme, form: BeginCourse) -> dict[str, object]:
    """What the answers so far come to, and what is needed and missing for each person."""
    today, language = clock.today(), current_language()
    chosen = form.chosen if form.is_valid() else None
    roles = {one.subject: one.role for one in chosen or () if one.is_included}
    coming = [
        Included(one.subject_id, one.name, roles.get(one.subject_id, one.role), one.is_in_focus, one.born)
        for one in form.people
        if (one.is_included if chosen is None else one.subject_id in roles)
    ]
    names = {one.subject_id: one.name for one in form.people}
    found = queries.judged(programme, coming, form.answers if chosen is not None else {}, today)
    standing = queries.bases_standing(request.actor, [one.subject for one in coming], today)
    notice = programme.draft_notice
    return {
        "model": programme.title.said(language),
        "summary": programme.target_group.summary.said(language),
        "draft": notice.said(language) if notice else "",
        "verdict": facts.verdict(found, names),
        "asked": shown.asked(standing, names),
        "unit": request.acting_for,
    }
