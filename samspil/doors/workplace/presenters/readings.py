"""What one can read about a step, where the step stands in a course."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse

from samspil.foundation.web.further import Further, Topic, about

MOST = 2
"""So many stand at the step; all of them stand on the step's own page."""


@dataclass(frozen=True, slots=True)
class Readings:
    """The first texts about a step, and the step's own page where there are more."""

    first: Further
    rest: Sequence[Further]
    more_url: str


@lru_cache(maxsize=2048)  # the definitions never change while the site runs
def readings(key: str, version: str, step: str, language: str) -> Readings | None:
    """What the catalogue holds about a step of a version; None where it holds nothing."""
    found = about(Topic.READING, f"{key}/{step}", language)
    if not found:
        return None
    more_url = reverse("programmes:step", args=[key, version, step]) if len(found) > MOST else ""
    return Readings(found[0], tuple(found[1:MOST]), more_url)
