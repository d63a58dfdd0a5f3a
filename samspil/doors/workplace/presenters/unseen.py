"""Steps of the reader's own whose state does not show, with the form on which they are noted."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from samspil.collaboration.courses.queries.head import CourseHead
from samspil.collaboration.courses.queries.unseen import unseen_steps
from samspil.foundation.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Unseen:
    """One step, and where it is noted."""

    what: str
    url: str


def unseen(actor: Actor, head: CourseHead, *, language: str) -> list[Unseen]:
    """In the order of the model."""
    address = reverse("courses:note_fact", args=[head.space])
    return [
        Unseen(rule.title.said(language), f"{address}?{urlencode({'step': rule.key, 'kind': kind})}")
        for rule, kind in unseen_steps(actor, head)
    ]
