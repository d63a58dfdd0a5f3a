"""What the definitions hold, in figures: elements, where they are from, and how plain the texts are."""

import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from samspil.collaboration.catalogue import loading as catalogue
from samspil.collaboration.catalogue import rules
from samspil.collaboration.catalogue.language import Kind
from samspil.collaboration.programmes import loading
from samspil.collaboration.programmes.guides import guide
from samspil.collaboration.programmes.language import Mark, Programme

MARKS = (Mark.SEED, Mark.FOUND, Mark.LAW, Mark.PROPOSAL)


def lines(programmes: Sequence[Programme] | None = None) -> Iterator[str]:
    """One line a figure; nothing here depends on the machine."""
    found = loading.library().programmes if programmes is None else programmes
    marks = Counter(mark for one in found for mark in one.marks)
    elements = marks.total()
    yield f"definitions {len(found)}, elements {elements:,}, steps {sum(len(one.steps) for one in found)}"
    yield "provenance of elements: " + ", ".join(
        f"{mark.value} {marks[mark]} ({marks[mark] / elements:.0%})" for mark in MARKS
    )
    criteria = [one for each in found for one in each.fidelity]
    automatic = sum(one.source == "auto" for one in criteria)
    least = min(found, key=_automatic)
    yield (
        f"fidelity criteria {len(criteria)}, from facts {automatic} ({automatic / len(criteria):.0%}); "
        f"fewest in {least.key} {least.version} ({_automatic(least):.0%})"
    )
    entries = catalogue.catalogue()
    yield _plain("leaflets", (one.text for one in entries if one.entry.kind is Kind.LEAFLET))
    yield _plain(
        "other texts of the catalogue", (one.text for one in entries if one.entry.kind is not Kind.LEAFLET)
    )
    guides = (guide(one.key, one.version, step.key) for one in found for step in one.steps)
    yield _plain("guides of steps", (text for text in guides if text))


def _automatic(programme: Programme) -> float:
    """The share of fidelity criteria that follow from facts."""
    criteria = programme.fidelity
    return sum(one.source == "auto" for one in criteria) / len(criteria) if criteria else 0.0


def _plain(name: str, texts: Iterable[str]) -> str:
    """How hard a kind of text is to read: the easiest, the middle one, the hardest."""
    found = [rules.lix(text) for text in texts]
    middle = statistics.median(found)
    return (
        f"LIX of {len(found)} {name}: {min(found):.0f} / {middle:.0f} / {max(found):.0f} (min / median / max)"
    )


if __name__ == "__main__":
    print("\n".join(lines()))
