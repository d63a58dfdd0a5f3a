"""Questions about what professionals have answered. The rows hold no person."""

from collections import Counter

from samspil.insight.experience.models import Experience
from samspil.insight.experience.rules import Tally, Told, tallies

MOST = 2000
"""The newest answers that are shown for one version."""


def answered() -> Counter[tuple[str, str]]:
    """How many answers each version has. One query."""
    return Counter(Experience.objects.values_list("key", "version"))


def of_version(key: str, version: str) -> dict[str, Tally]:
    """The answers of one version by step, the newest first. One query."""
    rows = Experience.objects.filter(key=key, version=version).order_by("-told_on", "-id")[:MOST]
    given = [Told(one.step, one.answer, one.text, one.role, one.organisation) for one in rows]
    return tallies(given)
