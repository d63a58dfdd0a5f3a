"""Through which initiatives a model is offered: who knows initiatives says so when it starts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from samspil.collaboration.programmes.language.words import Text


@dataclass(frozen=True, slots=True)
class Offer:
    """What one initiative offers: these versions, of which an authority takes one or any.

    `models` are pairs of key and version.
    """

    initiative: str
    title: Text
    choose: Literal["one", "any"]
    reason: Literal["required", "optional"]
    models: tuple[tuple[str, str], ...]

    @property
    def keys(self) -> frozenset[str]:
        """The models, whatever their version."""
        return frozenset(key for key, _version in self.models)


Teller = Callable[[], Iterable[Offer]]
_TELLERS: list[Teller] = []


def add(teller: Teller) -> None:
    """Called from an app's `ready`. The same teller twice tells once."""
    if teller not in _TELLERS:
        _TELLERS.append(teller)


def offers() -> list[Offer]:
    """Every offer of every initiative."""
    return [offer for teller in _TELLERS for offer in teller()]


def offers_of(key: str, version: str) -> list[Offer]:
    """The offers that hold this version."""
    return [one for one in offers() if (key, version) in one.models]
