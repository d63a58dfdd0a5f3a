"""A leaflet on paper: an accessible PDF of two sides at most."""

from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.translation import override

from samspil.collaboration.catalogue import presenters
from samspil.collaboration.catalogue.loading import Read
from samspil.foundation.web import pdf
from samspil.foundation.web.markdown import rendered

SIDES = 2


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
            "text": rendered(presenters.unlinked(one.text), top=1),
            "language": "da-DK",
        }
        return render_to_string("catalogue/paper/leaflet.html", shown)
