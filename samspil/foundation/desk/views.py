"""The one page of the desk: what htmx sends while somebody writes."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from samspil.foundation.desk import actions, rules
from samspil.foundation.desk.sent import done, keyless, sent_in
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.routes import Gate, route
from samspil.foundation.web.requests import ActorRequest


@route(policy=Gate.ACTOR, event="draft.kept")
@require_POST
@keyless
def keep(request: ActorRequest) -> HttpResponse:
    """Keep what stands in a form now, and say so in a line. It never acts."""
    sent = sent_in(request)
    if sent is None or not sent.form or not sent.key:
        return HttpResponse(status=400)
    context: dict[str, object] = {"kept_at": clock.now()}
    try:
        is_kept = rules.is_written(sent.text) and actions.keep_draft(
            actor=request.actor,
            form=sent.form,
            thing=sent.thing,
            text=sent.text,
            version=sent.version,
            page=sent.page,
            now=clock.now(),
            unless_sent=sent.key,
        )
    except Refused as refused:
        context, is_kept = {"reason": refused.reason}, True
    return done(render(request, "desk/_kept.html", context) if is_kept else HttpResponse(status=204))
