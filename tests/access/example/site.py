"""Pages of the example, each a way for a request to go well or wrong."""

from contextlib import suppress
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.template import engines
from django.template.response import TemplateResponse
from django.urls import include, path

from samspil.foundation.access import actions, sight
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.routes import Gate, route
from samspil.foundation.kernel.sharing import Category
from tests.access.example.models import Note

LATE = "{% for note in notes %}{{ note.text }};{% endfor %}"


@route(policy=Gate.ACTOR, event="note.listed")
def notes(request: HttpRequest, space_id: UUID) -> HttpResponse:
    """Rendered late: the query runs when the view has long returned."""
    found = sight.visible(Note.objects.filter(item__space=space_id))
    response = TemplateResponse(request, "unused", {"notes": found})
    response.resolve_template = lambda _names: engines["django"].from_string(LATE)  # type: ignore[method-assign]
    return response


@route(policy=Gate.ACTOR, event="note.viewed")
def note(request: HttpRequest, note_id: UUID) -> HttpResponse:
    return HttpResponse(get_object_or_404(sight.visible(Note.objects.all()), pk=note_id).text)


@route(policy=Gate.ACTOR, event="note.written")
def write(request: HttpRequest, space_id: UUID, subject_id: UUID) -> HttpResponse:
    """Writes a note, and then does what `then` says."""
    actor = request.actor  # type: ignore[attr-defined]
    item = actions.new_item(
        actor=actor, kind="note", category=Category.EVERYDAY, subjects=[subject_id], space=space_id
    )
    row = Note.objects.create(item_id=item, authority_id=actor.authority_id, subject_id=subject_id, text="ny")
    then = request.GET.get("then", "")
    if then == "403":
        raise PermissionDenied
    if then == "404":
        raise Http404
    if then == "500":
        raise RuntimeError("on purpose")
    if then == "409":
        return HttpResponse(status=409)
    if then == "integrity":
        with transaction.atomic():
            Note.objects.create(item_id=row.pk, authority_id=actor.authority_id, subject_id=subject_id)
    if then == "swallowed":
        with suppress(IntegrityError):
            Note.objects.create(item_id=row.pk, authority_id=actor.authority_id, subject_id=subject_id)
    return HttpResponse("written")


write.is_keyless = True  # type: ignore[attr-defined]  # the wall is tried here, not the keys of forms


@route(policy=Gate.ACTOR, event="note.streamed")
def stream(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(iter(["secret"]))


@route(policy=Permission.BLOCK_SET, event="block.set")
def block(request: HttpRequest) -> HttpResponse:
    return HttpResponse("block")


def undeclared(request: HttpRequest) -> HttpResponse:
    return HttpResponse("open")


urlpatterns = [
    path("notes/<uuid:space_id>/", notes, name="notes"),
    path("note/<uuid:note_id>/", note, name="note"),
    path("write/<uuid:space_id>/<uuid:subject_id>/", write, name="write"),
    path("stream/", stream, name="stream"),
    path("block/", block, name="block"),
    path("undeclared/", undeclared, name="undeclared"),
    path("", include("samspil.foundation.web.urls")),
    path("", include("samspil.foundation.accounts.urls")),
    path("", include("samspil.foundation.access.urls")),
]
handler403 = "samspil.foundation.web.errors.forbidden"
handler404 = "samspil.foundation.web.errors.not_found"
handler500 = "samspil.foundation.web.errors.broken"
