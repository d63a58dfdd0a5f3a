"""Danish unless someone chose otherwise: the browser's own wish is not a choice, and dates follow it."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import override, pgettext_lazy

View = Callable[[HttpRequest], HttpResponse]


class LanguageByChoice:
    """Middleware: the language of the cookie that the language switch sets, else the default one."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = chosen_language(request)
        request.LANGUAGE_CODE = language
        with override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Cookie",))
        return response


def chosen_language(request: HttpRequest) -> str:
    """The language in the cookie where we speak it."""
    wish = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return wish if wish in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


SHORT_MONTHS = (
    pgettext_lazy("abbrev. month", "March"),
    pgettext_lazy("abbrev. month", "April"),
    pgettext_lazy("abbrev. month", "Sept."),
)
"""Django's own short months that Danish writes in another way than the reasons of the engine: »sep.«."""
