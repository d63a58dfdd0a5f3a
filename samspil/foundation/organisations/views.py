"""The administrator's pages: units, staff and posts; and the page of a new colleague's first password."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samspil.foundation.accounts import actions as accounts
from samspil.foundation.accounts.models import Account
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.gate import require
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.routes import Gate, route
from samspil.foundation.organisations import actions, presenters, queries
from samspil.foundation.organisations.forms import EndPost, FirstPassword, NewPost, NewStaff, NewUnit
from samspil.foundation.web.forms import refusals_on
from samspil.foundation.web.requests import ActorRequest


@route(policy=Permission.MEMBERSHIP_MANAGE, event="organisation.viewed")
@require_safe
def overview(request: ActorRequest) -> HttpResponse:
    require(request.actor, Permission.MEMBERSHIP_MANAGE, request.actor.authority_id)
    authority = queries.own_authority(request.actor)
    context = {
        "authority": authority,
        "never_sees": presenters.never_sees(authority),
        "units": queries.own_unit_rows(request.actor),
        "staff": presenters.staff_rows(queries.own_staff(request.actor), clock.today()),
    }
    return render(request, "organisations/overview.html", context)


@route(policy=Permission.MEMBERSHIP_MANAGE, event="unit.created")
@require_http_methods(["GET", "POST"])
def new_unit(request: ActorRequest) -> HttpResponse:
    require(request.actor, Permission.MEMBERSHIP_MANAGE, request.actor.authority_id)
    form = NewUnit(request.POST or None, actor=request.actor)
    if form.is_valid():
        with refusals_on(form):
            unit = actions.create_unit(actor=request.actor, today=clock.today(), **form.cleaned_data)
            messages.success(request, _("The unit %(name)s is made.") % {"name": unit.name})
            return redirect("organisations:overview")
    return render(request, "organisations/new_unit.html", {"form": form})


@route(policy=Permission.MEMBERSHIP_MANAGE, event="unit.declared")
@require_POST
def declare_sharing_unit(request: ActorRequest, unit_id: UUID) -> HttpResponse:
    require(request.actor, Permission.MEMBERSHIP_MANAGE, request.actor.authority_id)
    unit = get_object_or_404(queries.own_units(request.actor), pk=unit_id)
    declared = request.POST.get("declared") == "yes"
    actions.declare_sharing_unit(actor=request.actor, unit=unit, declared=declared)
    text = _("%(name)s is a sharing unit.") if declared else _("%(name)s is no sharing unit any more.")
    messages.success(request, text % {"name": unit.name})
    return redirect("organisations:overview")


@route(policy=Permission.MEMBERSHIP_MANAGE, event="staff.registered")
@require_http_methods(["GET", "POST"])
def new_staff(request: ActorRequest) -> HttpResponse:
    require(request.actor, Permission.MEMBERSHIP_MANAGE, request.actor.authority_id)
    form = NewStaff(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            staff = actions.register_staff(actor=request.actor, **form.cleaned_data)
            return redirect("organisations:first_link", staff_id=staff.pk)
    return render(request, "organisations/new_staff.html", {"form": form})


@route(policy=Permission.MEMBERSHIP_MANAGE, event="staff.link-shown")
@never_cache
@require_safe
def first_link(request: ActorRequest, staff_id: UUID) -> HttpResponse:
    require(request.actor, Permission.MEMBERSHIP_MANAGE, request.actor.authority_id)
    staff = get_object_or_404(queries.own_staff(request.actor), pk=staff_id)
    link = presenters.first_link(request, staff)
    return render(request, "organisations/first_link.html", {"staff": staff, "link": link})


@route(policy=Permission.MEMBERSHIP_MANAGE, event="post.given")
@require_http_methods(["GET", "POST"])
def new_post(request: ActorRequest) -> HttpResponse:
    require(request.actor, Permission.MEMBERSHIP_MANAGE, request.actor.authority_id)
    first = {"starts": clock.today(), "staff": request.GET.get("staff")}
    form = NewPost(request.POST or None, actor=request.actor, initial=first)
    if form.is_valid():
        with refusals_on(form):
            post = actions.appoint(actor=request.actor, today=clock.today(), **form.cleaned_data)
            messages.success(request, _("%(name)s has the post.") % {"name": post.staff.name})
            return redirect("organisations:overview")
    return render(request, "organisations/new_post.html", {"form": form})


@route(policy=Permission.MEMBERSHIP_MANAGE, event="post.ended")
@require_http_methods(["GET", "POST"])
def end_post(request: ActorRequest, membership_id: UUID) -> HttpResponse:
    require(request.actor, Permission.MEMBERSHIP_MANAGE, request.actor.authority_id)
    post = get_object_or_404(queries.own_posts(request.actor), pk=membership_id)
    today = clock.today()
    form = EndPost(request.POST or None, initial={"on": max(today, post.starts)})
    if form.is_valid():
        with refusals_on(form):
            actions.end_membership(actor=request.actor, membership=post, today=today, **form.cleaned_data)
            messages.success(request, _("The post is ended."))
            return redirect("organisations:overview")
    row = presenters.post_row(post, today)
    return render(request, "organisations/end_post.html", {"form": form, "post": post, "row": row})


@route(policy=Gate.PUBLIC, event="first-password.chosen")
@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def first_password(request: HttpRequest, account_id: UUID, token: str) -> HttpResponse:
    account = Account.objects.filter(pk=account_id).first()
    if account is None or not accounts.link_works(account, token):
        return render(request, "organisations/link_dead.html", status=404)
    form = FirstPassword(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            chosen = form.cleaned_data["password"]
            accounts.choose_first_password(account=account, token=token, password=chosen)
            messages.success(request, _("Your password is saved. Log in with it."))
            return redirect("account_login")
    return render(request, "organisations/first_password.html", {"form": form, "account": account})
