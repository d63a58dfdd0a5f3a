"""For whom do you act? The page after every log-in, and the switch afterwards."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from samspil.foundation.access import cookies, queries, wall
from samspil.foundation.access.forms import ActFor
from samspil.foundation.accounts.models import Account
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.routes import Gate, route


@route(policy=Gate.ACCOUNT, event="act-for.chosen")
@require_http_methods(["GET", "POST"])
def act_for(request: HttpRequest) -> HttpResponse:
    """Choose a post and open the wall's session for it. With one post, or as a citizen, it opens at once."""
    account = _account(request)
    posts = queries.posts(account.pk, clock.today())
    if account.is_citizen:
        return _opened(request, None)
    if len(posts) == 1:
        return _opened(request, posts[0].membership_id)
    form = ActFor(request.POST or None, posts=posts)
    if form.is_valid():
        return _opened(request, UUID(form.cleaned_data["membership"]))
    return render(request, "access/act_for.html", {"form": form, "posts": posts})


def _opened(request: HttpRequest, membership: UUID | None) -> HttpResponse:
    """A new session for this post; the former one, if any, is over."""
    former = request.COOKIES.get(cookies.name(), "")
    secret = wall.open_session(_account(request).pk, membership)
    wall.revoke(former)
    response = redirect(_next(request))
    cookies.remember(response, secret)
    return response


def _account(request: HttpRequest) -> Account:
    """The log-in of this request; the page is closed to the anonymous."""
    if not isinstance(request.user, Account):
        raise PermissionDenied
    return request.user


def _next(request: HttpRequest) -> str:
    target = request.POST.get("next") or request.GET.get("next") or "/"
    return target if url_has_allowed_host_and_scheme(target, {request.get_host()}) else "/"
