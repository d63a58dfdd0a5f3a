"""Two doors behind the log-in: a session that was left alone is over, and staff need a second factor."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from samspil.foundation.accounts import rules
from samspil.foundation.accounts.queries import has_second_factor
from samspil.foundation.kernel import clock

Answer = Callable[[HttpRequest], HttpResponse]

PROTECTED = "samspil_second_factor"
OPEN_WITHOUT_SECOND_FACTOR = frozenset(
    {
        "account_logout",
        "account_reauthenticate",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_list_webauthn",
        "mfa_view_recovery_codes",
    }
)


class SessionLimits:
    """Ends a session that stood unused too long, or is too old. Stands right behind authentication."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.limits = rules.Limits(
            idle=settings.SAMSPIL_SESSION_IDLE, longest=settings.SAMSPIL_SESSION_LONGEST
        )

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and not rules.still_open(request.session, clock.now(), self.limits):
            logout(request)
        response = self.get_response(request)
        if request.user.is_authenticated:
            for key, moment in rules.used_at(request.session, clock.now()).items():
                request.session[key] = moment
        return response


class SecondFactor:
    """Where it is demanded, staff without a second factor reach only the pages to set one up."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        if not settings.SAMSPIL_DEMANDS_SECOND_FACTOR or not request.user.is_authenticated:
            return None
        page = request.resolver_match.view_name if request.resolver_match else ""
        if request.user.is_citizen or page in OPEN_WITHOUT_SECOND_FACTOR or self._protected(request):
            return None
        return redirect("mfa_index")

    @staticmethod
    def _protected(request: HttpRequest) -> bool:
        """Asked once a session: the last second factor cannot be taken away."""
        if not request.session.get(PROTECTED) and request.user.is_authenticated:
            request.session[PROTECTED] = has_second_factor(request.user.pk)
        return bool(request.session.get(PROTECTED))
