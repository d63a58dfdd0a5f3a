"""Every page says who may come in and what its visit is called. A page that says nothing is closed."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from samspil.foundation.kernel.permissions import Permission

View = TypeVar("View", bound=Callable[..., Any])


class Gate(StrEnum):
    """Who comes in at all. What is shown inside goes by the wall."""

    PUBLIC = "public"
    """Anybody, without log-in. Shows nothing about anybody."""
    ACCOUNT = "account"
    """Somebody who has logged in, also before choosing whom to act for."""
    ACTOR = "actor"
    """Somebody who acts for a unit, or a citizen: there is a context behind the request."""


@dataclass(frozen=True, slots=True)
class Route:
    """The declaration of one page: its gate (or the permission it asks for) and the name of its visit."""

    policy: Gate | Permission
    event: str


def route(*, policy: Gate | Permission, event: str) -> Callable[[View], View]:
    """Declare a view: `@route(policy=Gate.ACTOR, event="course.viewed")`. Stands outermost."""

    def declare(view: View) -> View:
        view.route = Route(policy, event)  # type: ignore[attr-defined]
        return view

    return declare


def declared(view: Callable[..., Any]) -> Route | None:
    """What a view says of itself, None where it says nothing."""
    found = getattr(view, "route", None)
    return found if isinstance(found, Route) else None
