"""The whole drawing, put together."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from samspil.collaboration.families.models import TieKind
from samspil.collaboration.families.presenters.drawing.homes import homes_of
from samspil.collaboration.families.presenters.drawing.lines import legend_of, lines_of
from samspil.collaboration.families.presenters.drawing.places import generations, places_of
from samspil.collaboration.families.presenters.drawing.shapes import (
    BOX_HEIGHT,
    BOX_WIDTH,
    MARGIN,
    Drawing,
    Portrait,
    box_of,
    frame_of,
)
from samspil.collaboration.families.presenters.drawing.words import description_of, sentences_of
from samspil.collaboration.families.rules.ties import Bond


def drawn(
    title: str, people: Sequence[Portrait], bonds: Sequence[Bond], ended: Sequence[Bond] = ()
) -> Drawing:
    """Draw people, in the order they come, with the ties in force and those that have ended."""
    known = {person.id: person for person in people}
    bonds = [bond for bond in bonds if bond.pair <= known.keys()]
    ended = [bond for bond in ended if bond.pair <= known.keys() and bond.kind != TieKind.LIVES_WITH]
    told = [bond for bond in bonds if not _tells_where(bond, known)]
    homes = homes_of(people, told)
    rows = generations(people, [*bonds, *ended])
    places = places_of(people, homes, rows)
    boxes = {person.id: box_of(person, *places[person.id]) for person in people}
    shapes = [*lines_of(told, boxes), *lines_of(ended, boxes, are_over=True)]
    frames = tuple(frame_of(number, members, boxes) for number, members in enumerate(homes, start=1))
    upper = [home.y for home in frames] + [box.y for box in boxes.values()]
    top = min(upper, default=MARGIN) - MARGIN // 2
    return Drawing(
        top=top,
        width=max((box.x + BOX_WIDTH for box in boxes.values()), default=0) + MARGIN,
        height=max((box.y + BOX_HEIGHT for box in boxes.values()), default=top) + MARGIN - top,
        title=title,
        description=description_of(people, homes),
        boxes=tuple(boxes.values()),
        homes=frames,
        lines=tuple(shapes),
        legend=legend_of(told, ended),
        sentences=tuple(sentences_of(told, ended, homes, known)),
    )


def _tells_where(bond: Bond, known: Mapping[UUID, Portrait]) -> bool:
    return bond.kind == TieKind.LIVES_WITH and any(known[end].is_protected for end in bond.pair)
