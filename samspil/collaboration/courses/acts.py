"""Which page shows a step done: the floors that hold those pages say so when they start."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import quote_plus as quote
from uuid import UUID

from django_stubs_ext import StrPromise

from samspil.collaboration.programmes import engine
from samspil.collaboration.programmes.engine.plan import Rule
from samspil.foundation.web.navigation import addresses


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
    from samspil.collaboration.courses.queries.facts import ON_PAPER, WITH_A_FORM

    if act not in ACTS:
        ACTS.append(act)
    if act.kind == ON_PAPER and "tool" in act.where:
        WITH_A_FORM.add(act.where["tool"])


def offer(
    one: engine.Occurrence,
    space: UUID,
    *,
    for_another: bool = False,
    page: Callable[[str], Callable[[UUID], str]] = addresses,
) -> Offer | None:
    """The act by which an occurrence is done; None where no page does it, or only another can.

    A list hands in `page`, which knows the addresses that the list has asked for before.
    """
    act = _narrowest(one.rule, one.responsible, for_another, len(ACTS))
    if act is None:
        return None
    person = f"&person={one.person}" if one.person else ""
    return Offer(str(act.text), f"{page(act.url_name)(space)}?step={quote(one.step)}&n={one.n}{person}")


@lru_cache(maxsize=4096)
def _narrowest(rule: Rule, responsible: str, for_another: bool, _known: int) -> Act | None:  # noqa: FBT001
    """The act for a step, found once: models and acts do not change while the process lives."""
    fitting = [
        (len(act.where), -place, act)
        for place, match in enumerate(rule.matches)
        for act in ACTS
        if act.kind == match.kind
        and not (act.is_personal and (for_another or _is_anothers(responsible, dict(match.where))))
        and all(dict(match.where).get(key) == word for key, word in act.where.items())
    ]
    return max(fitting, key=lambda found: found[:2])[2] if fitting else None


def _is_anothers(responsible: str, where: Mapping[str, object]) -> bool:
    """Does the step wait for the yes of another role than the one that answers for the step?"""
    return where.get("role", responsible) != responsible
