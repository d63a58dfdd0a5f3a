"""One transaction around the whole request, rendering included, with somebody (or nobody) before the wall."""

import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import urlencode

from django.conf import settings
from django.db import Error, OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from samspil.foundation.access import cookies, routes, sight, wall
from samspil.foundation.access.collector import Notes, collecting
from samspil.foundation.audit import log
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.routes import Gate
from samspil.foundation.web.errors import forbidden, unavailable

Answer = Callable[[HttpRequest], HttpResponse]

READS = frozenset({"GET", "HEAD", "OPTIONS"})
FAILED = "_samspil_failed"

logger = logging.getLogger("django.request")


class SwallowedError(RuntimeError):
    """The database refused something, and the page would have said that all went well."""


class Streams(RuntimeError):  # noqa: N818 - says what it does
    """A streamed answer is read after the transaction has ended and the log is written."""


class Wall:
    """Stands behind authentication; the log-in's session and the cookies are written outside it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        _introduce(request, None)
        secret = request.COOKIES.get(cookies.name(), "")
        try:
            response = self._behind_the_wall(request, secret)
        except log.LogUnavailable:
            logger.exception("The log could not be written: %s", request.path)
            response = unavailable()
        if secret and not request.user.is_authenticated:
            wall.revoke(secret)
            cookies.forget(response)
        return response

    def _behind_the_wall(self, request: HttpRequest, secret: str) -> HttpResponse:
        """The outer transaction has context and log; the inner one the page, and is undone if it fails."""
        collector = log.Collector(route="", act="")
        written, is_all = False, not connection.in_atomic_block
        try:
            with transaction.atomic(), ExitStack() as stack:
                try:
                    stack.enter_context(_standing(request, secret, to_the_end=is_all))
                except OperationalError:
                    return self.get_response(request)  # no database: the page itself says so
                notes = stack.enter_context(collecting())
                stack.enter_context(log.collecting(collector))
                response = self._page(request)
                self._write_log(request, response, collector, notes)
                written = True
        except Error:
            if written:
                log.flush_undone(collector)
            raise
        return response

    def _page(self, request: HttpRequest) -> HttpResponse:
        reading = settings.SAMSPIL_GUARD_READS and request.method in READS
        with transaction.atomic(), wall.reading_only(when=reading):
            response = self.get_response(request)
            if response.streaming:
                raise Streams(request.path)
            if _has_failed(request, response):
                transaction.set_rollback(True)
            elif connection.needs_rollback:
                raise SwallowedError(request.path)
        return response

    @staticmethod
    def _write_log(
        request: HttpRequest, response: HttpResponse, collector: log.Collector, notes: Notes
    ) -> None:
        """Every visit of somebody leaves a row; who is anonymous and was shown nobody leaves none."""
        declared, match = routes.of(request), request.resolver_match
        collector.actor = _actor(request)
        collector.route = match.view_name if match else ""
        collector.act = declared.event if declared else "request"
        if collector.kind == log.Kind.READ and request.method not in READS:
            collector.kind = log.Kind.CHANGE
        collector.answered(response.status_code, failed=_has_failed(request, response))
        if collector.actor or notes or collector.shown or collector.criterion:
            sight.write_log(collector, notes)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *_arguments: object
    ) -> HttpResponse | None:
        """Who may come in at all. A page that declares nothing is closed to whoever acts for nobody."""
        declared = routes.of(request)
        policy = declared.policy if declared else Gate.ACTOR
        actor = _actor(request)
        if policy in {Gate.PUBLIC, Gate.ACCOUNT} or not request.user.is_authenticated:
            return None  # the log-in itself is asked for by Django's own middleware
        if actor is None:
            return HttpResponseRedirect(f"{reverse('access:act_for')}?{urlencode({'next': request.path})}")
        if isinstance(policy, Permission) and not actor.holds(policy):
            setattr(request, FAILED, True)
            return forbidden(request)
        return None

    def process_exception(self, request: HttpRequest, _exception: Exception) -> None:
        """Whatever page is made of it: what was written is undone."""
        setattr(request, FAILED, True)


def _has_failed(request: HttpRequest, response: HttpResponse) -> bool:
    return response.status_code >= 400 or bool(getattr(request, FAILED, False))


def _actor(request: HttpRequest) -> Actor | None:
    actor: Actor | None = getattr(request, "actor", None)
    return actor


def _introduce(request: HttpRequest, actor: Actor | None) -> None:
    """Say on the request who acts, and what the header shows of them."""
    who = wall.entered()
    request.actor = actor  # type: ignore[attr-defined]
    request.actor_name, request.acting_for = who.name, who.acting_for  # type: ignore[attr-defined]
    request.has_several_posts = who.posts > 1  # type: ignore[attr-defined]


@contextmanager
def _standing(request: HttpRequest, secret: str, *, to_the_end: bool) -> Iterator[None]:
    """First of all the session's actor enters, if it is the one who has logged in; else nobody does."""
    with ExitStack() as stack:
        actor = None
        if secret and request.user.is_authenticated:
            actor = _enters(stack, secret, to_the_end=to_the_end)
        if actor is None or actor.account_id != request.user.pk:
            stack.enter_context(wall.entering("", to_the_end=to_the_end))
            actor = None
        _introduce(request, actor)
        yield


def _enters(stack: ExitStack, secret: str, *, to_the_end: bool) -> Actor | None:
    try:
        return stack.enter_context(wall.entering(secret, to_the_end=to_the_end))
    except wall.NoSession:
        return None
