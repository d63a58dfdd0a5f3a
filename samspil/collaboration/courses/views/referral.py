"""Pages of who refers: begun, written task by task in any order, sent, followed."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samspil.collaboration.courses import actions
from samspil.collaboration.courses.forms import referral as forms
from samspil.collaboration.courses.presenters import referral as shown
from samspil.collaboration.courses.queries import referral as queries
from samspil.collaboration.courses.queries.referral import Sheet
from samspil.collaboration.courses.rules import referral as rules
from samspil.collaboration.courses.rules.choosing import known_answers
from samspil.collaboration.courses.rules.referral import Stage
from samspil.collaboration.programmes import choosing
from samspil.collaboration.programmes import queries as programmes
from samspil.collaboration.programmes.forms import CHOOSING
from samspil.collaboration.programmes.presenters.choosing import Suggested, suggested
from samspil.collaboration.programmes.presenters.versions import version_words
from samspil.collaboration.sharing import policies as sharing_policies
from samspil.collaboration.sharing import presenters as sharing_shown
from samspil.collaboration.sharing import queries as sharing
from samspil.foundation.desk.forms import answers_on, open_form
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.gate import allows, require
from samspil.foundation.kernel.languages import current_language
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.routes import Gate, route
from samspil.foundation.web import navigation
from samspil.foundation.web.forms import Form
from samspil.foundation.web.requests import ActorRequest

ASKING = "suggest"
"""The button that asks for a suggestion and begins nothing."""


def sheet_or_404(request: ActorRequest, space: UUID) -> Sheet:
    """A referral that the actor sees; to everybody else there is no such page. The menu says which way."""
    found = queries.referral_sheet(request.actor, space)
    if found is None:
        raise Http404
    if found.is_received and not found.is_mine:
        navigation.stand_under(request, "courses:inbox")
    return found


def _draft(request: ActorRequest, space: UUID) -> Sheet:
    """A referral of one's own that is not sent yet."""
    found = sheet_or_404(request, space)
    require(request.actor, Permission.REFERRAL_SEND, space)
    if found.stage is not Stage.DRAFT:
        raise Http404
    return found


def _frame(request: ActorRequest, sheet: Sheet, here: str) -> dict[str, Any]:
    """What the pages of a draft stand in: the task list, and where one is."""
    return {
        "sheet": sheet,
        "space": sheet.space,
        "heading": shown.heading(sheet, current_language()),
        "receiver": sharing_shown.unit_name(sheet.referral.to_unit) if sheet.referral.to_unit else "",
        "tasks": shown.task_list(sheet, clock.today(), here),
        "draft": sheet.programme.draft_notice,
        "version": version_words(sheet.programme.version),
    }


def _next(request: ActorRequest, space: UUID) -> HttpResponse:
    """On to what is not done yet."""
    return redirect("courses:referral", space)


def _page(request: ActorRequest, sheet: Sheet, here: str, form: Form | None, **more: Any) -> HttpResponse:
    context = {**_frame(request, sheet, here), "form": form, **more}
    return render(request, f"courses/referral_{here}.html", context)


@route(policy=Permission.REFERRAL_SEND, event="referrals.listed")
@require_safe
def referrals(request: ActorRequest) -> HttpResponse:
    rows = queries.sent_rows(request.actor, clock.today())
    waiting = {Stage.DRAFT, Stage.WAITING, Stage.ASKED}
    context = {
        "mine": shown.lines(row for row in rows if row.stage in waiting and row.waits_for_me),
        "others": shown.lines(row for row in rows if row.stage in waiting and not row.waits_for_me),
        "settled": shown.lines(row for row in rows if row.stage not in waiting),
    }
    return render(request, "courses/referrals.html", context)


@route(policy=Permission.REFERRAL_SEND, event="referral.begun")
@require_http_methods(["GET", "POST"])
def refer(request: ActorRequest, subject: UUID) -> HttpResponse:
    actor, today = request.actor, clock.today()
    record = queries.own_record(actor, subject)
    if record is None:
        raise Http404
    find = request.GET.get("find", "")[:80]
    units = queries.receivers(actor, find, today)
    crosses = any(unit.authority_id != actor.authority_id for unit in units)
    known = known_answers(record.born, today, crosses=crosses)
    form = open_form(
        request,
        forms.Begin,
        name="courses.refer",
        thing=subject,
        versions=shown_versions(),
        units=[(str(unit.pk), sharing_shown.unit_name(unit)) for unit in units],
        rule=choosing.choosing(),
        language=current_language(),
        is_asking=ASKING in request.POST,
        initial={CHOOSING + key: answer for key, answer in known.items()},
    )
    rows = _suggested(form) if ASKING in request.POST else []
    if rows:
        form.offer_in_order(_as_suggested(rows))
    if not rows and form.is_valid():
        with answers_on(form):
            version, unit = UUID(form.cleaned_data["version"]), UUID(form.cleaned_data["to_unit"])
            begun = actions.begin_referral(
                actor=actor, subject=subject, version=version, to_unit=unit, today=today
            )
            return redirect("courses:referral", begun.space_id)
    context = {"form": form, "record": record, "find": find, "has_units": bool(units), "rows": rows}
    return render(
        request, "courses/referral_new.html", {**context, "finder": forms.FindUnit(initial={"find": find})}
    )


def _suggested(form: forms.Begin) -> list[Suggested]:
    """How well each model fits by the answers so far. The choice stays open."""
    answers = form.answers if form.is_valid() else {}
    versions = [one.programme for one in programmes.versions()]
    found = choosing.suggestions(choosing.choosing(), versions, answers)
    return suggested(found, current_language())


def _as_suggested(rows: list[Suggested]) -> list[tuple[str, str]]:
    """The models to choose from, the best first, each with how well it fits."""
    titles = dict(shown_versions())
    keys = {(one.programme.key, one.programme.version): str(one.pk) for one in programmes.versions()}
    found = [(keys[one.key, one.version], one.word) for one in rows]
    return [(key, _("%(model)s: %(verdict)s") % {"model": titles[key], "verdict": word.lower()})
            for key, word in found]  # fmt: skip


def shown_versions() -> list[tuple[str, str]]:
    """The models to choose from, by title; with the version where two have the same title."""
    language = current_language()
    found = [(one, one.programme.title.said(language)) for one in programmes.versions()]
    several = Counter(title for _one, title in found)
    return [
        (str(one.pk), f"{title} ({one.programme.version})" if several[title] > 1 else title)
        for one, title in found
    ]


@route(policy=Gate.ACTOR, event="referral.viewed")
@require_safe
def referral(request: ActorRequest, space: UUID) -> HttpResponse:
    sheet, today = sheet_or_404(request, space), clock.today()
    if sheet.stage is Stage.DRAFT:
        return redirect(shown.task_list(sheet, today).next.url)
    context = {
        "sheet": sheet,
        "space": space,
        "family": shown.family(sheet),
        "model": sheet.programme.title.said(current_language()),
        "state": shown.state_of(sheet),
        "lines": shown.part_lines(sheet),
        "history": shown.history(sheet),
        "criteria": shown.criteria(sheet, today, current_language()),
        "result": shown.result_sent(sheet),
        "reference": shown.reference(sheet),
        "days": shown.days_waiting(sheet, today),
        "is_open": sheet.stage in {Stage.WAITING, Stage.ASKED},
        "is_asked": sheet.stage is Stage.ASKED,
        "is_accepted": sheet.stage is Stage.ACCEPTED,
        "consents": shown.consent_rows(sheet, today),
        "may_send": allows(request.actor, Permission.REFERRAL_SEND, space),
    }
    template = "courses/referral_receipt.html" if sheet.is_mine else "courses/referral_received.html"
    return render(request, template, context)


@route(policy=Permission.REFERRAL_SEND, event="referral.people_chosen")
@require_http_methods(["GET", "POST"])
def people(request: ActorRequest, space: UUID) -> HttpResponse:
    sheet = _draft(request, space)
    language = current_language()
    roles = [(role.key, role.title.said(language)) for role in rules.family_roles(sheet.programme)]
    numbered = [number.subject_id for number in sheet.numbers]
    form = open_form(
        request,
        forms.People,
        name="referral.people",
        thing=space,
        people=sheet.people,
        roles=roles,
        numbered=numbered,
    )
    if form.is_valid():
        with answers_on(form):
            actions.choose_people(actor=request.actor, space=space, people=form.chosen, today=clock.today())
            return _next(request, space)
    around = queries.own_family(request.actor, sheet.referral.subject_id)
    there = {person.subject_id for person in sheet.people}
    others = [record for record in around if record.subject_id not in there]
    return _page(request, sheet, "people", form, others=others)


@route(policy=Permission.REFERRAL_SEND, event="referral.person_added")
@require_POST
def add_person(request: ActorRequest, space: UUID, subject: UUID) -> HttpResponse:
    _draft(request, space)
    try:
        actions.add_person(actor=request.actor, space=space, subject=subject, today=clock.today())
    except Refused as refusal:
        messages.warning(request, refusal.reason)
    return redirect("courses:referral_people", space)


@route(policy=Permission.REFERRAL_SEND, event="referral.written")
@require_http_methods(["GET", "POST"])
def wishes(request: ActorRequest, space: UUID) -> HttpResponse:
    sheet = _draft(request, space)
    topics = shown.topics(sharing_policies.held(request.actor, space))
    form = open_form(
        request,
        forms.Wishes,
        name="referral.wishes",
        thing=space,
        people=sheet.included,
        parts=sheet.standing,
        topics=topics,
    )
    if form.is_valid():
        with answers_on(form):
            standing = {part.kind: part.pk for part in sheet.standing}
            for words in form.words:
                before = standing.get(words.kind)
                actions.write_words(actor=request.actor, space=space, words=words, instead_of=before)
            return _next(request, space)
    return _page(request, sheet, "wishes", form)


@route(policy=Permission.REFERRAL_SEND, event="referral.target_checked")
@require_http_methods(["GET", "POST"])
def target(request: ActorRequest, space: UUID) -> HttpResponse:
    sheet, today, language = _draft(request, space), clock.today(), current_language()
    asked = [
        (node, node.ask.said(language) if node.ask else "")
        for node in sheet.programme.target_group.criteria.criteria()
        if node.role_present is None
    ]
    reason = next((part.text for part in sheet.standing if part.kind == "despite"), "")
    form = open_form(
        request,
        forms.Target,
        name="referral.target",
        thing=space,
        nodes=asked,
        given=sheet.checks,
        reason=reason,
    )
    if form.is_valid():
        with answers_on(form):
            actions.check_target(
                actor=request.actor,
                space=space,
                answers=form.answers,
                reason=form.cleaned_data["reason"],
                today=today,
            )
            messages.success(request, _("The answers are saved."))
            return redirect("courses:referral_target", space)
    context = {"criteria": shown.criteria(sheet, today, language), "result": shown.result(sheet, today)}
    return _page(request, sheet, "target", form, today=today, **context)


@route(policy=Permission.REFERRAL_SEND, event="referral.consents_viewed")
@require_safe
def consents(request: ActorRequest, space: UUID) -> HttpResponse:
    sheet, today = _draft(request, space), clock.today()
    rows = shown.consent_rows(sheet, today)
    then = {str(node.then) for node in sheet.programme.target_group.criteria.criteria() if node.then}
    return _page(request, sheet, "consents", None, rows=rows, may_advise="anonymous-advice" in then)


@route(policy=Permission.REFERRAL_SEND, event="referral.previewed")
@require_safe
def sharing_page(request: ActorRequest, space: UUID) -> HttpResponse:
    sheet = _draft(request, space)
    unit = sheet.referral.to_unit
    if unit is None:
        raise Http404
    reader = sharing.Reader(unit.pk, unit.authority_id)
    inbox = sharing.sent_to(reader, space, sharing_policies.held(request.actor, space))
    found = sharing.what_receiver_sees(
        request.actor, space, reader, [inbox], today=clock.today(), as_released=True
    )
    coming = _coming(sheet)
    names = shown.names(sheet.people)
    preview = sharing_shown.preview([one for one in found if one.item in coming], names)
    return _page(request, sheet, "sharing", None, preview=preview, lines=shown.part_lines(sheet))


def _coming(sheet: Sheet) -> set[UUID]:
    """What would be sent. What was agreed stands on the page of consents."""
    pieces = (sheet.included, sheet.numbers, sheet.standing, sheet.checks.values())
    return {sheet.referral.pk, *(one.pk for group in pieces for one in group)}


@route(policy=Permission.REFERRAL_SEND, event="referral.contact_named")
@require_http_methods(["GET", "POST"])
def contact(request: ActorRequest, space: UUID) -> HttpResponse:
    sheet = _draft(request, space)
    one = sheet.referral
    sender = one.sender.staff
    initial = {
        "name": one.call_name or sender.name,
        "phone": one.call_phone or sender.phone,
        "when": one.call_when,
    }
    form = open_form(request, forms.Contact, name="referral.contact", thing=space, initial=initial)
    if form.is_valid():
        with answers_on(form):
            actions.say_whom_to_call(actor=request.actor, space=space, **form.cleaned_data)
            return _next(request, space)
    return _page(request, sheet, "contact", form)


@route(policy=Permission.REFERRAL_SEND, event="referral.sent")
@require_http_methods(["GET", "POST"])
def send(request: ActorRequest, space: UUID) -> HttpResponse:
    sheet, today = _draft(request, space), clock.today()
    form = forms.Send(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with answers_on(form):
            actions.send_referral(actor=request.actor, space=space, today=today)
            messages.success(request, _("The referral has been sent. This is your receipt."))
            return redirect("courses:referral", space)
    context = {
        "ready": sheet.ready(today),
        "lines": shown.part_lines(sheet),
        "consents": shown.consent_rows(sheet, today),
        "result": shown.result(sheet, today),
    }
    return _page(request, sheet, "send", form, **context)


@route(policy=Permission.REFERRAL_SEND, event="referral.amended")
@require_http_methods(["GET", "POST"])
def amend(request: ActorRequest, space: UUID) -> HttpResponse:
    sheet = sheet_or_404(request, space)
    require(request.actor, Permission.REFERRAL_SEND, space)
    topics = shown.topics(sharing_policies.held(request.actor, space))
    form = open_form(
        request, forms.Amend, name="referral.amend", thing=space, people=sheet.included, topics=topics
    )
    if form.is_valid():
        with answers_on(form):
            actions.amend_referral(actor=request.actor, space=space, words=form.words)
            messages.success(request, _("It has been added. Both of you see when."))
            return redirect("courses:referral", space)
    context = {"form": form, "sheet": sheet, "space": space, "family": shown.family(sheet)}
    return render(request, "courses/referral_amend.html", context)


@route(policy=Permission.REFERRAL_SEND, event="referral.withdrawn")
@require_POST
def withdraw(request: ActorRequest, space: UUID) -> HttpResponse:
    sheet_or_404(request, space)
    try:
        actions.withdraw_referral(actor=request.actor, space=space, today=clock.today())
    except Refused as refusal:
        messages.warning(request, refusal.reason)
        return redirect("courses:referral", space)
    messages.success(request, _("The referral has been taken back. Nobody else sees it any more."))
    return redirect("courses:referrals")
