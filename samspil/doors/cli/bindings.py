"""Do the texts of the idea catalogue name what there is? Both sides are known only up here."""

from collections.abc import Iterator
from pathlib import Path

from samspil.collaboration.catalogue import loading as catalogue
from samspil.collaboration.catalogue.loading import Read
from samspil.collaboration.programmes import loading as programmes
from samspil.foundation.kernel.definitions import Place, nearest


def checked_catalogue(root: Path = catalogue.ROOT) -> tuple[Read, ...]:
    """Every entry. Raises DefinitionError at the first model, step, provision or source that is not there."""
    found, library = catalogue.catalogue(root), programmes.library(root)
    for one in found:
        for place, message in problems(one, library):
            raise one.document.error(message, place)
    return found


def problems(read: Read, library: programmes.Library) -> Iterator[tuple[Place, str]]:
    """Everything that an entry names and that is not there, with its place in the file."""
    entry = read.entry
    versions: dict[str, list[str]] = {}
    for programme in library.programmes:
        versions.setdefault(programme.key, []).append(programme.version)
    steps = {f"{programme.key}/{step.key}" for programme in library.programmes for step in programme.steps}
    law = {duty.key for one in library.laws for duty in one.duties}
    law |= {clock.key for one in library.laws for clock in one.clocks}
    lists: tuple[tuple[str, tuple[str, ...], set[str]], ...] = (
        ("models", entry.models, set(versions)),
        ("steps", entry.steps, steps),
        ("law", entry.law, law),
        ("sources", entry.sources, set(library.sources)),
    )
    for field, said, known in lists:
        for index, key in enumerate(said):
            if key not in known:
                yield (field, index), f"there is no {key!r}{nearest(key, known)}"
    if entry.version and entry.version not in versions.get(entry.models[0], []):
        yield ("version",), f"{entry.models[0]} has no version {entry.version!r}"
    if entry.knowledge and entry.knowledge.source not in library.sources:
        source = entry.knowledge.source
        yield ("knowledge", "source"), f"there is no {source!r}{nearest(source, library.sources)}"
