"""What happened: a contact, any other fact, the target group, a correction, a step left out with a reason."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samspil.collaboration.courses import actions, queries
from samspil.collaboration.courses.forms import facts as forms
from samspil.collaboration.courses.frame import course_frame, head_or_404
from samspil.collaboration.courses.models import Fact
from samspil.collaboration.courses.presenters import facts as shown
from samspil.collaboration.courses.queries import CourseHead
from samspil.collaboration.programmes import engine, vocabulary
from samspil.foundation.desk.forms import answers_on, open_form
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.gate import require
from samspil.foundation.kernel.languages import current_language
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.routes import route
from samspil.foundation.web.requests import ActorRequest

LOOK = "_look"
HIGHEST = 10_000


def _page(request: ActorRequest, head: CourseHead, template: str, **context: Any) -> HttpResponse:
    return render(request, template, {**course_frame(request, head), **context})


def _asked(request: ActorRequest) -> dict[str, str]:
    """The step and the person that the page was opened for."""
    return {name: request.GET[name][:120] for name in ("step", "n", "person") if name in request.GET}


@route(policy=Permission.FACT_NOTE, event="contact.noted")
@require_http_methods(["GET", "POST"])
def contact(request: ActorRequest, space: UUID) -> HttpResponse:
    head, today = head_or_404(request, space), clock.today()
    require(request.actor, Permission.FACT_NOTE, space)
    wanted = queries.asked_by_step(head.programme, request.GET.get("step", ""), "contact.made")
    form = open_form(
        request,
        forms.Contact,
        name="courses.contact",
        thing=space,
        kinds=shown.contact_kinds(head.programme),
        people=shown.people_choices(head.people),
        initial={"on": today, "kind": wanted.get("kind")},
    )
    if form.is_valid():
        with answers_on(form):
            on = form.cleaned_data["on"]
            _note(request, space, "contact.made", on, form.attributes)
            messages.success(request, shown.noted(on, today))
            return redirect("workplace:course", space)
    return _page(request, head, "courses/contact.html", form=form)


def _note(
    request: ActorRequest, space: UUID, kind: str, on: Any, attributes: dict[str, object], reason: str = ""
) -> Fact:
    return actions.note_fact(
        actor=request.actor,
        space=space,
        kind=kind,
        on=on,
        today=clock.today(),
        attributes=attributes,
        reason=reason,
    )


@route(policy=Permission.FACT_NOTE, event="fact.noted")
@require_http_methods(["GET", "POST"])
def note_fact(request: ActorRequest, space: UUID) -> HttpResponse:
    head = head_or_404(request, space)
    require(request.actor, Permission.FACT_NOTE, space)
    asked, others = queries.notable_kinds(request.actor, head)
    step = request.GET.get("step", "")
    kind = request.GET.get("kind") or queries.kind_of_step(head.programme, step)
    if kind not in (*asked, *others):
        links = [shown.kind_links(space, kinds, _asked(request)) for kinds in (asked, others)]
        return _page(request, head, "courses/kinds.html", asked=links[0], others=links[1])
    form = _fact_form(request, head, kind)
    if form.is_valid():
        with answers_on(form):
            person = str(form.attributes.get("person", ""))
            thing = queries.thing_of(request.actor, space, kind, person, form.cleaned_data.get("thing", ""))
            attributes = {**form.attributes, **thing}
            fact = _note(request, space, kind, form.moment, attributes, form.cleaned_data.get("reason", ""))
            messages.success(request, shown.noted(fact.on_day, clock.today()))
            return redirect("workplace:course", space)
    return _page(request, head, "courses/note_fact.html", form=form, title=shown.kind_text(kind))


def _fact_form(request: ActorRequest, head: CourseHead, kind: str) -> forms.NoteFact:
    asked = queries.fact_fields(head.programme, kind, head.people)
    wanted = _likely(request, head, asked)
    wanted |= queries.asked_by_step(head.programme, request.GET.get("step", ""), kind)
    if "person" in request.GET:
        wanted |= {"person": request.GET["person"], "people": [request.GET["person"]]}
    things = queries.open_things(request.actor, head.space, kind) if queries.is_chosen(kind) else []
    return open_form(
        request,
        forms.NoteFact,
        name=f"courses.{kind}",
        thing=head.space,
        asked=asked,
        is_instant=vocabulary.KINDS[kind].is_instant,
        says_why=_says_why(head, kind),
        things=shown.thing_choices(things, head.names),
        initial={"on": clock.today(), **forms.initial_of(asked, wanted)},
    )


def _likely(request: ActorRequest, head: CourseHead, asked: list[queries.FactField]) -> dict[str, object]:
    """What is chosen from the start: the only answer there is, and the reader's own role."""
    own = {one.role for one in head.participants if one.membership_id == request.actor.membership_id}
    found: dict[str, object] = {}
    for one in asked:
        if one.is_needed and len(one.options) == 1:
            found[one.name] = one.options[0][0]
        elif one.type is vocabulary.Type.ROLE and not one.is_needed and len(own) == 1:
            found[one.name] = next(iter(own))
    return found


def _says_why(head: CourseHead, kind: str) -> str:
    """Does a kind have a reason, and does the model demand it?"""
    if "reason" not in vocabulary.KINDS[kind].attributes:
        return ""
    demanded = kind == "track.chosen" and any(one.reason == "required" for one in head.programme.all_tracks)
    return "required" if demanded else "optional"


@route(policy=Permission.FACT_NOTE, event="eligibility.checked")
@require_http_methods(["GET", "POST"])
def eligibility(request: ActorRequest, space: UUID) -> HttpResponse:
    head, today = head_or_404(request, space), clock.today()
    require(request.actor, Permission.FACT_NOTE, space)
    asked = shown.questions(head.programme)
    form = open_form(request, forms.Eligibility, name="courses.eligibility", thing=space, questions=asked)
    found = queries.eligibility(request.actor, head, {}, today)
    if form.is_valid():
        found = queries.eligibility(request.actor, head, form.answers, today)
        if LOOK not in request.POST:
            with answers_on(form):
                _note(request, space, "eligibility.checked", today, {"result": found.result.value})
                messages.success(request, _("The result is noted. The answers are not kept."))
                return redirect("workplace:course", space)
    summary = head.programme.target_group.summary.said(current_language())
    verdict = shown.verdict(found, head.names)
    context = {"verdict": verdict, "summary": summary, "is_looked": LOOK in request.POST}
    return _page(request, head, "courses/eligibility.html", form=form, **context)


def _fact_or_404(request: ActorRequest, space: UUID, fact: UUID) -> Fact:
    found = queries.fact_in(request.actor, space, fact)
    if found is None:
        raise Http404
    return found


@route(policy=Permission.FACT_CORRECT, event="fact.corrected")
@require_http_methods(["GET", "POST"])
def correct_fact(request: ActorRequest, space: UUID, fact: UUID) -> HttpResponse:
    head, today = head_or_404(request, space), clock.today()
    row = _fact_or_404(request, space, fact)
    require(request.actor, Permission.FACT_CORRECT, row)
    asked = queries.fact_fields(head.programme, row.kind, head.people, row.attributes)
    at = {"time": row.at.astimezone(clock.COPENHAGEN).strftime("%H.%M")} if row.at else {}
    form = open_form(
        request,
        forms.CorrectFact,
        name="courses.correct",
        thing=fact,
        asked=asked,
        is_instant=row.at is not None,
        initial={"on": row.on_day, **at, **forms.initial_of(asked, row.attributes)},
    )
    if form.is_valid():
        with answers_on(form):
            kept = {key: value for key, value in row.attributes.items() if key not in form.left_out}
            actions.correct_fact(
                actor=request.actor,
                fact=row,
                reason=form.cleaned_data["reason"],
                on=form.moment,
                attributes={**kept, **form.attributes},
                today=today,
            )
            messages.success(request, _("It is corrected. What stood there before can still be seen."))
            return redirect("workplace:course", space)
    line = shown.fact_line(row)
    return _page(request, head, "courses/correct_fact.html", form=form, line=line, fact=row)


@route(policy=Permission.FACT_CORRECT, event="fact.withdrawn")
@require_http_methods(["GET", "POST"])
def withdraw_fact(request: ActorRequest, space: UUID, fact: UUID) -> HttpResponse:
    head = head_or_404(request, space)
    row = _fact_or_404(request, space, fact)
    require(request.actor, Permission.FACT_CORRECT, row)
    form = open_form(request, forms.Reason, name="courses.withdraw", thing=fact)
    if form.is_valid():
        with answers_on(form):
            reason = form.cleaned_data["reason"]
            actions.withdraw_fact(actor=request.actor, fact=row, reason=reason, today=clock.today())
            messages.success(request, _("It stands as noted by mistake and no longer counts."))
            return redirect("workplace:course", space)
    return _page(request, head, "courses/withdraw_fact.html", form=form, line=shown.fact_line(row))


@route(policy=Permission.COURSE_STEER, event="step.excused")
@require_http_methods(["GET", "POST"])
def excuse(request: ActorRequest, space: UUID) -> HttpResponse:
    head, today = head_or_404(request, space), clock.today()
    require(request.actor, Permission.COURSE_STEER, space)
    step = request.GET.get("step", "")
    if step not in engine.step_keys(head.programme):
        raise Http404
    number, person = _which(request, head)
    form = open_form(
        request, forms.Reason, name="courses.excuse", thing=f"{space}/{step}/{number or ''}/{person or ''}"
    )
    if form.is_valid():
        with answers_on(form):
            actions.excuse_step(
                actor=request.actor,
                space=space,
                step=step,
                n=number,
                person=person,
                reason=form.cleaned_data["reason"],
                on=today,
                today=today,
            )
            messages.success(request, _("The step is left out, with your reason."))
            return redirect("workplace:course", space)
    title = shown.step_title(head, step)
    name = head.names.get(person, "") if person else ""
    return _page(request, head, "courses/excuse.html", form=form, title=title, name=name, number=number)


def _which(request: ActorRequest, head: CourseHead) -> tuple[int | None, UUID | None]:
    """Which occurrence of a step is meant. What cannot be is no page."""
    number, person = request.GET.get("n", ""), request.GET.get("person", "")
    if number and not (number.isascii() and number.isdigit() and 0 < int(number[:9]) < HIGHEST):
        raise Http404
    known = {str(one.subject_id): one.subject_id for one in head.people}
    if person and person not in known:
        raise Http404
    return int(number) if number else None, known.get(person)


@route(policy=Permission.BASIS_REGISTER, event="consent.begun")
@require_safe
def consent(request: ActorRequest, space: UUID) -> HttpResponse:
    """Whom is it about? The answer itself is written down on the pages of sharing."""
    head = head_or_404(request, space)
    require(request.actor, Permission.BASIS_REGISTER, space)
    if request.GET.get("person") in {str(one.subject_id) for one in head.people}:
        return redirect("sharing:register", space, request.GET["person"])
    return _page(request, head, "courses/consent.html", people=head.people)
