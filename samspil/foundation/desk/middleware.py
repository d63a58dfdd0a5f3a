"""Two rings round every page: outside the wall, nothing typed is lost; inside it, a form acts once."""

import logging
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.translation import gettext as _

from samspil.foundation.access.middleware import FAILED
from samspil.foundation.access.wall import NoSession, reading_only
from samspil.foundation.desk import actions, keys, rules
from samspil.foundation.desk.pages import ended_page, not_kept_page, reused_page
from samspil.foundation.desk.sent import Sent, again, is_keyless, place_after, sent_in, succeeded
from samspil.foundation.desk.sessions import entered_again, token_of
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.web import errors

log = logging.getLogger(__name__)

View = Callable[[HttpRequest], HttpResponse]
UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
HELD_COOKIE = "samspil_held"


class KeepsText:
    """Outside the wall: whatever became of a POST, if it did not succeed its text is kept."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method != "POST" or getattr(request, "is_form_done", False):
            return response
        sent = _readable(request)
        if sent is None or not sent.form or not rules.is_written(sent.text):
            return response
        actor = getattr(request, "actor", None)
        if actor is None or not request.user.is_authenticated:
            return _hold(request, response, sent)
        kept = _keep(request, actor, sent, response)
        return reused_page(sent.page, kept=kept) if getattr(response, "is_key_reused", False) else response


class ActsOnce:
    """Inside the wall's transaction: a form is claimed by its key before the view, and settled after it."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        actor = getattr(request, "actor", None)
        claimed = actor is not None and _claim_held(request, actor)
        response = self.get_response(request)
        if claimed and response.status_code < 400:
            response.delete_cookie(HELD_COOKIE)
        submission = getattr(request, "submission", None)
        failed = response.status_code >= 400 or getattr(request, FAILED, False)
        if actor is None or submission is None or failed or connection.needs_rollback:
            return response  # nothing was done: the wall rolls the claim back with the act
        if not succeeded(response):
            actions.release_submission(actor=actor, submission=submission)
            return response
        request.is_form_done = True  # type: ignore[attr-defined]
        location = place_after(response)
        actions.settle_submission(actor=actor, submission=submission, location=location)
        sent = sent_in(request)
        if sent is not None and sent.form:
            actions.discard_draft(actor=actor, form=sent.form, thing=sent.thing)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Answer without the view where the form was sent before, or asks for nothing but to be kept."""
        actor = getattr(request, "actor", None)
        if actor is None or request.method not in UNSAFE:
            return None
        if is_keyless(view):
            request.is_form_done = True  # type: ignore[attr-defined]
            return None
        sent = _readable(request)
        if sent is None or not sent.key:
            return errors.page(
                400,
                _("The page had grown too old to be sent."),
                _("Go back, load the page again, and send it once more."),
            )
        if sent.form and sent.wants_discarding:
            actions.discard_draft(actor=actor, form=sent.form, thing=sent.thing)
            request.is_form_done = True  # type: ignore[attr-defined]
            return HttpResponseRedirect(sent.page)
        if sent.form and sent.wants_keeping:
            return _keep_as_asked(request, actor, sent)
        return _claim(request, actor, sent)


def _claim(request: HttpRequest, actor: Actor, sent: Sent) -> HttpResponse | None:
    try:
        submission, is_ours = actions.claim_submission(
            actor=actor, key=sent.key, digest=sent.digest, now=clock.now()
        )
    except actions.KeyReused as reused:
        response = errors.page(409, reused.reason, _("Load the page again to go on from how it stands now."))
        response.is_key_reused = True  # type: ignore[attr-defined]
        return response
    except actions.Busy as busy:
        return errors.page(409, busy.reason, _("Go back and look before you send it again."))
    if not is_ours:
        request.is_form_done = True  # type: ignore[attr-defined]
        return again(request, submission.location or sent.page)
    request.submission = submission  # type: ignore[attr-defined]
    return None


def _keep_as_asked(request: HttpRequest, actor: Actor, sent: Sent) -> HttpResponse:
    request.is_form_done = True  # type: ignore[attr-defined]
    try:
        kept = actions.keep_draft(
            actor=actor,
            form=sent.form,
            thing=sent.thing,
            text=sent.text,
            version=sent.version,
            page=sent.page,
            now=clock.now(),
            unless_sent=sent.key,
        )
    except Refused as refused:
        return not_kept_page(refused.reason)
    said = _("Your draft is saved. Only you can see it.") if kept else _("This form has been sent already.")
    messages.success(request, said)
    return HttpResponseRedirect(sent.page)


def _keep(request: HttpRequest, actor: Actor, sent: Sent, response: HttpResponse) -> bool:
    """In a transaction of its own: the one of the act is gone. A failure here must not hide the answer."""
    try:
        with entered_again(request):
            return actions.keep_draft(
                actor=actor,
                form=sent.form,
                thing=sent.thing,
                text=sent.text,
                version=sent.version,
                page=sent.page,
                now=clock.now(),
                unless_sent="" if getattr(response, "is_key_reused", False) else sent.key,
            )
    except Refused:
        return False
    except (DatabaseError, NoSession):
        log.exception("A text that was not sent could not be kept as a draft either")
        return False


def _hold(request: HttpRequest, response: HttpResponse, sent: Sent) -> HttpResponse:
    """The session has ended: hold the text for the same account, if the form was made in that session."""
    session = token_of(request)
    if not keys.is_of_session(sent.key, session) or not _csrf_agrees(request):
        return response
    try:
        claim = actions.hold_text(
            session=session,
            form=sent.form,
            thing=sent.thing,
            text=sent.text,
            version=sent.version,
            page=sent.page,
        )
    except Refused as refused:
        return ended_page(request, sent.page, reason=refused.reason)
    except DatabaseError:
        log.exception("A text that was sent after its session had ended could not be held")
        return response
    if not claim:
        return response
    answer = ended_page(request, sent.page)
    answer.set_cookie(
        HELD_COOKIE,
        claim,
        max_age=int(rules.HELD_LIVES.total_seconds()),
        httponly=True,
        secure=request.is_secure(),
        samesite="Lax",
    )
    return answer


def _claim_held(request: HttpRequest, actor: Actor) -> bool:
    """After log-in: the text that was held becomes a draft of the same account, or is deleted unseen."""
    claim = request.COOKIES.get(HELD_COOKIE, "")
    if not claim or request.method != "GET" or request.headers.get("HX-Request"):
        return False
    with reading_only(when=False):  # the page only reads; this comes before it
        found = actions.claim_held_text(actor=actor, claim=claim, now=clock.now())
    if found:
        messages.info(
            request,
            _("You were logged out while writing. Your text waits as a draft on the page you wrote on."),
        )
    return True


def _readable(request: HttpRequest) -> Sent | None:
    """What was sent; None where it is too big, or broken off."""
    try:
        return sent_in(request)
    except SuspiciousOperation:
        return None


def _csrf_agrees(request: HttpRequest) -> bool:
    """Whether the secret in the form is the one in the cookie, also where the log-in page came first."""
    if getattr(request, "csrf_processing_done", False):
        return True
    check = CsrfViewMiddleware(_nothing)
    check.process_request(request)
    return check.process_view(request, _nothing, (), {}) is None


def _nothing(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()
