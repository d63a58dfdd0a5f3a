"""Pages of who receives: the inbox, and the answer to one referral."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samspil.collaboration.courses import actions
from samspil.collaboration.courses.forms import referral as forms
from samspil.collaboration.courses.models import ReferralAnswer
from samspil.collaboration.courses.presenters import referral as shown
from samspil.collaboration.courses.queries import referral as queries
from samspil.collaboration.courses.queries.referral import Sheet
from samspil.collaboration.courses.rules import referral as rules
from samspil.collaboration.courses.views.referral import sheet_or_404
from samspil.collaboration.sharing import presenters as sharing_shown
from samspil.foundation.desk.forms import answers_on, open_form
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.languages import current_language
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.routes import route
from samspil.foundation.organisations.queries import own_authority
from samspil.foundation.web.requests import ActorRequest


@route(policy=Permission.REFERRAL_RECEIVE, event="inbox.listed")
@require_safe
def inbox(request: ActorRequest) -> HttpResponse:
    rows = queries.inbox_rows(request.actor, clock.today())
    context = {
        "mine": shown.lines(row for row in rows if row.waits_for_me),
        "others": shown.lines(row for row in rows if not row.waits_for_me),
    }
    return render(request, "courses/inbox.html", context)


def _received(request: ActorRequest, space: UUID) -> Sheet:
    """A referral that waits for the own unit."""
    found = sheet_or_404(request, space)
    if not found.is_received or found.stage not in rules.OPEN:
        raise Http404
    return found


@route(policy=Permission.REFERRAL_RECEIVE, event="referral.accepted")
@require_http_methods(["GET", "POST"])
def accept(request: ActorRequest, space: UUID) -> HttpResponse:
    sheet, actor, today = _received(request, space), request.actor, clock.today()
    form = _accept_form(request, sheet)
    if form.is_valid():
        with answers_on(form):
            actions.accept_referral(
                actor=actor,
                space=space,
                acceptance=form.acceptance,
                today=today,
                made_up_allowed=settings.SAMSPIL_MADE_UP_CPR,
            )
            return _accepted(request, space, is_mine=form.acceptance.coordinator == actor.membership_id)
    context = {
        "form": form,
        "sheet": sheet,
        "space": space,
        "family": shown.family(sheet),
        "sender": sharing_shown.unit_name(sheet.referral.from_unit),
    }
    return render(request, "courses/referral_accept.html", context)


def _accepted(request: ActorRequest, space: UUID, *, is_mine: bool) -> HttpResponse:
    if is_mine:
        messages.success(request, _("The referral is accepted, and the course is open."))
        return redirect("workplace:course", space)
    messages.success(
        request, _("The referral is accepted. Your colleague is asked to take the coordination.")
    )
    return redirect("courses:inbox")


def _accept_form(request: ActorRequest, sheet: Sheet) -> forms.Accept:
    language, actor, programme = current_language(), request.actor, sheet.programme
    people = queries.recognised(actor, sheet)
    here = rules.sector_of(own_authority(actor).kind)
    ours = rules.coordinating_roles(programme, here)
    theirs = rules.sending_roles(programme, rules.sector_of(sheet.referral.from_unit.authority.kind), here)
    posts = sorted(queries.colleagues(actor, clock.today()), key=lambda post: post.pk != actor.membership_id)
    return open_form(
        request,
        forms.Accept,
        name="referral.accept",
        thing=sheet.space,
        people=people,
        labels={one.person.subject_id: shown.candidate_choices(one) for one in people},
        colleagues=[(post.pk, post.staff.name) for post in posts],
        roles=[(role.key, role.title.said(language)) for role in ours],
        sender_roles=[(role.key, role.title.said(language)) for role in theirs],
    )


@route(policy=Permission.REFERRAL_RECEIVE, event="referral.asked")
@require_http_methods(["GET", "POST"])
def ask(request: ActorRequest, space: UUID) -> HttpResponse:
    return _answer(request, space, ReferralAnswer.Kind.MORE)


@route(policy=Permission.REFERRAL_RECEIVE, event="referral.declined")
@require_http_methods(["GET", "POST"])
def decline(request: ActorRequest, space: UUID) -> HttpResponse:
    return _answer(request, space, ReferralAnswer.Kind.DECLINED)


def _answer(request: ActorRequest, space: UUID, kind: ReferralAnswer.Kind) -> HttpResponse:
    sheet = _received(request, space)
    form = open_form(request, forms.Answer, name=f"referral.{kind}", thing=space)
    if form.is_valid():
        with answers_on(form):
            actions.answer_referral(
                actor=request.actor,
                space=space,
                kind=kind,
                text=form.cleaned_data["text"],
                today=clock.today(),
            )
            messages.success(request, _("The sender has got your answer."))
            return redirect("courses:inbox")
    context = {
        "form": form,
        "space": space,
        "family": shown.family(sheet),
        "sender": sharing_shown.unit_name(sheet.referral.from_unit),
        "declines": kind == ReferralAnswer.Kind.DECLINED,
    }
    return render(request, "courses/referral_answer.html", context)
