"""Pages of the staff that belong to no area of their own."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from samspil.doors.workplace import queries
from samspil.foundation.kernel.routes import Gate, route


@route(policy=Gate.PUBLIC, event="health.asked")
@login_not_required
@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """For the machine that watches: is the site up, and is it whole?"""
    try:
        return JsonResponse(queries.health().as_dict())
    except DatabaseError:
        return JsonResponse({"status": "unavailable"}, status=503)
