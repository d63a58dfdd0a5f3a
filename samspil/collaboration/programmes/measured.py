"""What a measure is called, and who answers it."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from samspil.collaboration.programmes import loading
from samspil.collaboration.programmes.language.programme import Measure
from samspil.foundation.kernel.decisions import Text

INFORMANTS: Mapping[str, Text] = {
    "parent": _("parents answer"),
    "child": _("the child answers"),
    "youth": _("the young person answers"),
    "professional": _("professionals answer"),
    "adviser": _("advisers answer"),
    "teacher": _("the teacher answers"),
    "guide": _("the guide answers"),
    "research": _("for research"),
}


def measure_title(measure: Measure, language: str) -> str:
    """»SDQ, styrker og vanskeligheder (forældre svarer)«."""
    planned = loading.library().planned.instruments.get(measure.instrument)
    title = planned.said(language) if planned else measure.instrument.upper()
    return f"{title} ({INFORMANTS.get(measure.informant, measure.informant)})"
