"""Who takes part in a course: the page of people, one more, the end of a part, and the own yes."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samspil.collaboration.courses import actions, queries
from samspil.collaboration.courses.forms import team as forms
from samspil.collaboration.courses.frame import course_frame, head_or_404
from samspil.collaboration.courses.models import Participant
from samspil.collaboration.courses.presenters import team as shown
from samspil.collaboration.courses.queries import CourseHead, Standing
from samspil.collaboration.sharing import presenters as sharing
from samspil.foundation.desk.forms import answers_on, open_form
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.gate import allows, require
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.routes import Gate, route
from samspil.foundation.web.requests import ActorRequest

LOOK = "_look"


@route(policy=Gate.ACTOR, event="team.viewed")
@require_safe
def team(request: ActorRequest, space: UUID) -> HttpResponse:
    head, actor, today = head_or_404(request, space), request.actor, clock.today()
    found = queries.standing(actor, space, today)
    may_steer = allows(actor, Permission.COURSE_STEER, space)
    near = queries.authorities_near(actor, found, today)
    context = {
        **course_frame(request, head),
        "groups": shown.groups_of(found, head, actor, near, may_steer=bool(may_steer)),
        "empty_roles": shown.empty_roles(head.programme, found),
        "chosen_roles": shown.chosen_roles(head) if allows(actor, Permission.FACT_NOTE, space) else [],
        "may_steer": may_steer,
        "asked": queries.open_handover(actor, space),
    }
    return render(request, "courses/team.html", context)


@route(policy=Permission.COURSE_STEER, event="participant.named")
@require_http_methods(["GET", "POST"])
def name_part(request: ActorRequest, space: UUID) -> HttpResponse:
    head, today = head_or_404(request, space), clock.today()
    require(request.actor, Permission.COURSE_STEER, space)
    found = queries.standing(request.actor, space, today)
    finder, colleagues = _colleagues(request, found)
    form = open_form(
        request,
        forms.NamePart,
        name="courses.part",
        thing=space,
        colleagues=colleagues,
        roles=shown.role_choices(head.programme, found),
    )
    opens = None
    if form.is_valid():
        if LOOK in request.POST:
            opens = _what_it_opens(request, head, form)
        else:
            with answers_on(form):
                _name(request, space, form)
                return redirect("courses:team", space)
    context = {"form": form, "finder": finder, "preview": opens, "has_colleagues": bool(colleagues)}
    return render(request, "courses/name_part.html", {**course_frame(request, head), **context})


def _colleagues(request: ActorRequest, found: Standing) -> tuple[forms.FindColleague, list[tuple[str, str]]]:
    """The finder as it was filled in, and whom it found."""
    today = clock.today()
    authorities = queries.authorities_near(request.actor, found, today)
    units = queries.units_near(authorities, today)
    finder = forms.FindColleague(
        request.GET,
        authorities=shown.authority_choices(authorities),
        units=shown.unit_choices(units),
    )
    if not finder.is_valid():
        return finder, []
    asked = finder.cleaned_data
    near = [one for one in authorities if asked["authority"] in ("", str(one.pk))]
    unit = UUID(asked["unit"]) if asked["unit"] else None
    posts = queries.colleagues_near(near, today, unit=unit, name=asked["colleague"])
    return finder, shown.colleague_choices(posts)


def _what_it_opens(request: ActorRequest, head: CourseHead, form: forms.NamePart) -> sharing.Preview:
    post = queries.post_of(form.post, clock.today())
    if post is None:
        raise Http404
    seen = queries.what_a_part_opens(request.actor, head.space, post, form.topics, clock.today())
    return sharing.preview(seen, head.names)


def _name(request: ActorRequest, space: UUID, form: forms.NamePart) -> None:
    actions.name_participant(
        actor=request.actor,
        space=space,
        role=form.cleaned_data["role"],
        membership=form.post,
        categories=form.topics,
        succeeds=form.cleaned_data["succeeds"],
        today=clock.today(),
    )
    messages.success(request, _("The colleague takes part from now on, and is asked for a yes."))


def _part_or_404(request: ActorRequest, space: UUID, part: UUID) -> Participant:
    rows = queries.participants_of(request.actor, [space], clock.today())
    found = next((one for one in rows if one.pk == part), None)
    if found is None:
        raise Http404
    return found


@route(policy=Permission.COURSE_STEER, event="participant.ended")
@require_http_methods(["GET", "POST"])
def end_part(request: ActorRequest, space: UUID, part: UUID) -> HttpResponse:
    head, today = head_or_404(request, space), clock.today()
    found = _part_or_404(request, space, part)
    require(request.actor, Permission.COURSE_STEER, space)
    form = open_form(request, forms.EndPart, name="courses.end-part", thing=part)
    if form.is_valid():
        with answers_on(form):
            actions.end_participation(
                actor=request.actor, participant=found, on=form.on or today, today=today
            )
            messages.success(request, _("It is noted when the part ends."))
            return redirect("courses:team", space)
    context = {"form": form, "name": found.membership.staff.name}
    return render(request, "courses/end_part.html", {**course_frame(request, head), **context})


@route(policy=Permission.FACT_NOTE, event="participant.accepted")
@require_http_methods(["GET", "POST"])
def accept(request: ActorRequest, space: UUID) -> HttpResponse:
    head, today = head_or_404(request, space), clock.today()
    require(request.actor, Permission.FACT_NOTE, space)
    asked = queries.open_handover(request.actor, space)
    if asked is not None and asked.receiver_id == request.actor.membership_id:
        return redirect("courses:handover", space, asked.pk)
    part = queries.own_waiting_part(request.actor, space, today)
    form = open_form(request, forms.SayYes, name="courses.accept", thing=space)
    if part is not None and form.is_valid():
        with answers_on(form):
            actions.accept_role(actor=request.actor, participant=part, today=today)
            messages.success(request, _("Thank you. The others can see that you have said yes."))
            return redirect("courses:team", space)
    context = {"form": form, "part": part, **shown.asked_of(part, head, request.actor)}
    return render(request, "courses/accept.html", {**course_frame(request, head), **context})
