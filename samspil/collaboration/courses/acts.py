"""Which page shows a step done: the floors that hold those pages say so when they start."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django_stubs_ext import StrPromise

from samspil.collaboration.programmes import engine


@dataclass(frozen=True, slots=True)
class Act:
    """A page on which a fact of this kind comes about, and the words on the button.

    `where` narrows it to facts with these attributes; the narrowest that fits a step is chosen. The address
    takes the space; `step`, `n` and `person` stand in its query, for the page to begin with.
    """

    kind: str
    text: StrPromise
    url_name: str
    where: Mapping[str, str] = field(default_factory=dict)
    is_personal: bool = False
    """Only the one who is asked can do it: a yes is nobody else's."""


@dataclass(frozen=True, slots=True)
class Offer:
    """An act as a link."""

    text: str
    url: str


ACTS: list[Act] = []


def add(act: Act) -> None:
    """Called from an app's `ready`."""
    if act not in ACTS:
        ACTS.append(act)


def _is_anothers(one: engine.Occurrence, where: Mapping[str, object]) -> bool:
    """Does the step wait for the yes of another role than the one that answers for the step?"""
    return where.get("role", one.responsible) != one.responsible


def offer(one: engine.Occurrence, space: UUID, *, for_another: bool = False) -> Offer | None:
    """The act by which an occurrence is done; None where no page does it, or only another can."""
    fitting = [
        (len(act.where), -place, act)
        for place, match in enumerate(one.rule.matches)
        for act in ACTS
        if act.kind == match.kind
        and not (act.is_personal and (for_another or _is_anothers(one, dict(match.where))))
        and all(dict(match.where).get(key) == word for key, word in act.where.items())
    ]
    if not fitting:
        return None
    act = max(fitting, key=lambda found: found[:2])[2]
    asked = {"step": one.step, "n": one.n, **({"person": one.person} if one.person else {})}
    return Offer(str(act.text), f"{reverse(act.url_name, args=[space])}?{urlencode(asked)}")
