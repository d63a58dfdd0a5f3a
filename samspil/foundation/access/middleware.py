"""One transaction around the whole request, rendering included, with somebody (or nobody) before the wall."""

import logging
from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from samspil.foundation.access import cookies, routes, sight, wall
from samspil.foundation.access.collector import Notes, collecting
from samspil.foundation.audit import log
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.gate import NotAllowed
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
    """Stands behind authentication; session and cookies are written outside it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        secret = request.COOKIES.get(cookies.name(), "")
        try:
            response = self._answer(request, secret)
        except log.LogUnavailable:
            logger.exception("The log could not be written: %s", request.path)
            response = unavailable()
        self._keep_cookie(request, response, secret)
        return response

    def _answer(self, request: HttpRequest, secret: str) -> HttpResponseBase:
        """Everything inside one transaction. The log is the last to be written, and undoes it if it cannot."""
        reading = wall.reading_only(when=settings.SAMSPIL_GUARD_READS and request.method in READS)
        collector = log.Collector(route="", act="")
        failed_after: HttpResponseBase | None = None
        with collecting() as notes, log.collecting(collector), transaction.atomic():
            with _somebody(request, secret), reading:
                collector.actor = getattr(request, "actor", None)
                response = self.get_response(request)
                failed = response.status_code >= 400 or bool(getattr(request, FAILED, False))
                self._check(request, response, failed=failed)
                collector.answered(response.status_code, failed=failed)
                if failed:
                    transaction.set_rollback(True)
                self._write_log(request, collector, notes)
                failed_after = response
        return failed_after

    @staticmethod
    def _check(request: HttpRequest, response: HttpResponseBase, *, failed: bool) -> None:
        if response.streaming:
            raise Streams(request.path)
        if not failed and connection.needs_rollback:
            raise SwallowedError(request.path)

    @staticmethod
    def _write_log(request: HttpRequest, collector: log.Collector, notes: Notes) -> None:
        """Who was anonymous and was shown nobody leaves no row; every other visit does."""
        if not connection.needs_rollback:
            sight.report(notes)
        else:
            sight.report({item: about for item, about in notes.items() if about})
        match = request.resolver_match
        collector.route = match.view_name if match else ""
        declared = routes.of(request)
        collector.act = declared.event if declared else "request"
        if collector.actor or collector.shown or collector.criterion:
            log.flush(collector)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """Who may come in at all. A page that declares nothing is closed to whoever acts for nobody."""
        declared = routes.of(request)
        policy = declared.policy if declared else Gate.ACTOR
        if policy in {Gate.PUBLIC, Gate.ACCOUNT}:
            return None
        actor: Actor | None = getattr(request, "actor", None)
        if actor is None:
            if not request.user.is_authenticated:
                return None  # Django's own middleware sends to the log-in
            return HttpResponseRedirect(f"{reverse('access:act_for')}?{urlencode({'next': request.path})}")
        if isinstance(policy, Permission) and not actor.holds(policy):
            return forbidden(request, NotAllowed(""))
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Whatever page is made of it: what was written is undone."""
        setattr(request, FAILED, True)

    @staticmethod
    def _keep_cookie(request: HttpRequest, response: HttpResponseBase, secret: str) -> None:
        """Who has logged out acts for nobody any more, in this browser and with a copy of the secret."""
        if secret and not request.user.is_authenticated:
            wall.revoke(secret)
            cookies.forget(response)


class _somebody:  # noqa: N801 - reads as a phrase
    """`enter` as the first statement of the transaction: the session's actor, else nobody."""

    def __init__(self, request: HttpRequest, secret: str) -> None:
        self.request, self.secret = request, secret

    def __enter__(self) -> None:
        self.entered = wall.entering("")
        self.entered.__enter__()
        self.request.actor = None  # type: ignore[attr-defined]
        if not self.secret:
            return
        try:
            deeper = wall.entering(self.secret)
            actor = deeper.__enter__()
        except wall.NoSession:
            return
        user = self.request.user
        if actor is None or not user.is_authenticated or user.pk != actor.account_id:
            deeper.__exit__(None, None, None)
            return
        self.deeper = deeper
        self.request.actor = actor  # type: ignore[attr-defined]
