"""A leaflet on paper: an accessible PDF of two sides at most."""

from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy, override

from samspil.collaboration.catalogue import presenters
from samspil.collaboration.catalogue.loading import Read
from samspil.foundation.web import pdf

SIDES = 2
NUMBERS = (
    gettext_lazy("Where the municipality takes reports"),
    gettext_lazy("The municipality's duty phone, evenings and weekends"),
    gettext_lazy("The family's caseworker or coordinator"),
    gettext_lazy("School psychology (PPR)"),
    gettext_lazy("The child's baton holder"),
    gettext_lazy("Our leader, and who knows most about children here"),
)
"""What a place writes its own names and numbers beside."""


def leaflet(one: Read) -> bytes:
    """The leaflet as PDF/UA, in Danish. Raises Refused where the machine cannot make one."""
    return _made(_html(one))


@lru_cache(maxsize=16)
def _made(html: str) -> bytes:
    """Made once: everybody gets the same sheet, and anybody may ask for it as often as they like."""
    return pdf.pdf(html)


def _html(one: Read) -> str:
    with override("da"):
        shown = {
            "page": presenters.page(one, "da"),
            "sections": presenters.sections(one, presenters.unlinked(one.text)),
            "numbers": NUMBERS,
            "language": "da-DK",
        }
        return render_to_string("catalogue/paper/leaflet.html", shown)
