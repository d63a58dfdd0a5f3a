"""Reads the initiatives of a folder; what does not hang together is refused with file, line and field."""

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from samspil.collaboration.programmes import loading as programmes
from samspil.foundation.kernel.definitions import Document, Place, nearest
from samspil.insight.rollout.language import Initiative

Problem = tuple[Place, str]


@lru_cache(maxsize=4)
def initiatives(root: Path = programmes.ROOT) -> tuple[Initiative, ...]:
    """Every initiative under `root/initiatives`, the oldest first.

    Raises DefinitionError at the first thing that is wrong.
    """
    documents = [Document(path) for path in sorted((root / "initiatives").glob("*.yaml"))]
    found = [(document, document.read(Initiative)) for document in documents]
    keys = {one.key for _document, one in found}
    for document, one in found:
        for place, message in _problems(document, one, keys, programmes.library(root)):
            raise document.error(message, place)
    return tuple(sorted((one for _document, one in found), key=lambda one: (one.period.starts, one.key)))


def json_schema() -> str:
    """The JSON Schema of an initiative, as it is published for editors."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Initiative.model_json_schema()}
    return json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def _problems(
    document: Document, one: Initiative, keys: set[str], known: programmes.Library
) -> Iterator[Problem]:
    if document.path.stem != one.key:
        yield ("key",), f"the file is {document.path.name}"
    if one.follows and one.follows not in keys:
        yield ("follows",), f"there is no initiative {one.follows!r}{nearest(one.follows, keys)}"
    if one.seed not in known.sources:
        yield ("seed",), f"the source {one.seed!r} is not in sources.yaml{nearest(one.seed, known.sources)}"
    seen: set[str] = set()
    for index, figure in enumerate(one.figures):
        if figure.key in seen:
            yield ("figures", index), f"{figure.key!r} stands twice"
        seen.add(figure.key)
    yield from programmes.source_problems(one, known.sources)
    yield from _offer_problems(one, known)


def _offer_problems(one: Initiative, known: programmes.Library) -> Iterator[Problem]:
    versions = {(programme.key, programme.version) for programme in known.programmes}
    for index, offer in enumerate(one.offers):
        for inner, model in enumerate(offer.models):
            if (model.key, model.version) not in versions:
                there = {f"{key} {version}" for key, version in versions}
                said = f"{model.key} {model.version}"
                yield ("offers", index, "models", inner), f"there is no model {said!r}{nearest(said, there)}"
