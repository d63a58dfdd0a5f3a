"""More about a thing, told by apps that may not know each other: whoever knows says so when it starts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Topic(StrEnum):
    """What may be asked about; the key that goes with it stands behind the colon."""

    MODEL = "model"
    """The versions of a collaboration model: `via-family`."""
    STEP = "step"
    """The step itself: `via-family/safety-plan`."""
    READING = "reading"
    """What one can read about a step: `via-family/safety-plan`."""
    LEAFLET = "leaflet"
    """The leaflets for professions about a model: `via-family`."""
    ASKED = "asked"
    """What one may be asked about a step of a version: `via-family/2.0-draft/safety-plan`."""
    LAW = "law"
    """A provision: `barnets-lov-5`."""
    SOURCE = "source"
    """A source: `F23`."""
    USES = "uses"
    """What rests on a provision: `barnets-lov-5`. `on` is the day it was last checked against it."""


@dataclass(frozen=True, slots=True)
class Further:
    """One thing to read: its words and its address, what stands over and under it, its day, what is open."""

    text: str
    url: str
    label: str = ""
    note: str = ""
    on: date | None = None
    open: str = ""
    """What nobody has been able to check in it."""


Teller = Callable[[str, str], Iterable[Further]]
"""key, language → what there is; nothing where the key is not known."""

_TELLERS: dict[Topic, list[Teller]] = {topic: [] for topic in Topic}


def add(topic: Topic, teller: Teller) -> None:
    """Called from an app's `ready`. The same teller twice tells once."""
    if teller not in _TELLERS[topic]:
        _TELLERS[topic].append(teller)


def about(topic: Topic, key: str, language: str) -> list[Further]:
    """All that anybody has to tell about one thing."""
    return [found for teller in _TELLERS[topic] for found in teller(key, language)]
