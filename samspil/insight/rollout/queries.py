"""Questions about initiatives. They hold no person: everybody may ask."""

from dataclasses import dataclass

from samspil.collaboration.programmes import loading as programmes
from samspil.collaboration.programmes.language import Programme
from samspil.collaboration.programmes.loading import Source
from samspil.collaboration.programmes.offers import Offer
from samspil.insight.rollout import loading
from samspil.insight.rollout.language import Initiative


@dataclass(frozen=True, slots=True)
class Card:
    """An initiative with what it names: the models it offers, its forerunner, and its sources by key."""

    initiative: Initiative
    offered: tuple[Programme, ...]
    follows: Initiative | None
    followed_by: tuple[Initiative, ...]
    sources: dict[str, Source]


def initiatives() -> tuple[Initiative, ...]:
    """All initiatives, the oldest first. No query."""
    return loading.initiatives()


def card(key: str) -> Card | None:
    """One initiative, or None where there is none of that name. No query."""
    known, everyone = programmes.library(), loading.initiatives()
    one = next((found for found in everyone if found.key == key), None)
    if one is None:
        return None
    models = [model for offer in one.offers for model in offer.models]
    return Card(
        initiative=one,
        offered=tuple(known.programme(model.key, model.version) for model in models),
        follows=next((other for other in everyone if other.key == one.follows), None),
        followed_by=tuple(other for other in everyone if other.follows == one.key),
        sources={name: known.sources[name] for name in (one.seed, *one.sources)},
    )


def offers() -> list[Offer]:
    """Which versions each initiative lets an authority choose. No query."""
    return [
        Offer(
            initiative=one.key,
            title=one.title,
            choose=offer.choose,
            reason=offer.reason,
            models=tuple((model.key, model.version) for model in offer.models),
        )
        for one in loading.initiatives()
        for offer in one.offers
    ]
