"""What somebody has added to a family: it travels in the address, packed, and is kept nowhere."""

import base64
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic import Field

from samspil.foundation.kernel.definitions import Definition

MOST_LETTERS = 2_400
"""A server reads some four thousand letters of a line; forms and names need the rest."""
MOST_BYTES = 16_000
"""What the letters may become when they are unpacked."""
MOST_FACTS, MOST_PEOPLE, MOST_WORD = 40, 6, 80


class BadState(ValueError):  # noqa: N818 - named after what it says
    """The address does not hold what it should; or more than it can."""


class Added(Definition):
    """One fact somebody added, as the engine reads facts."""

    kind: str = Field(max_length=MOST_WORD)
    on: str = Field(max_length=MOST_WORD)
    attributes: dict[str, Any] = {}

    @property
    def row(self) -> dict[str, object]:
        return {"kind": self.kind, "on": self.on, "attributes": self.attributes}


class Joined(Definition):
    """One person somebody put into the empty family: no name, only a role and perhaps a birthday."""

    role: str = Field(max_length=MOST_WORD)
    born: str | None = None


class Kept(Definition):
    """Everything somebody added to a family, took away from it, or answered."""

    facts: tuple[Added, ...] = Field((), max_length=MOST_FACTS)
    people: tuple[Joined, ...] = Field((), max_length=MOST_PEOPLE)
    out: tuple[int, ...] = Field((), max_length=200)
    answers: dict[str, str] = Field({}, max_length=MOST_FACTS)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: which family, on which day (None: the family's own), with what was added."""

    family: str = ""
    on: date | None = None
    kept: Kept = field(default_factory=Kept)


def packed(kept: Kept) -> str:
    """As it stands in the address; empty where nothing was added. Raises BadState where it is too much."""
    if kept == Kept():
        return ""
    text = json.dumps(kept.model_dump(mode="json", exclude_defaults=True), separators=(",", ":"))
    letters = base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")
    if len(letters) > MOST_LETTERS or len(text.encode()) > MOST_BYTES:
        raise BadState("too much for one address")
    return letters


def unpacked(letters: str) -> Kept:
    """What an address holds. Raises BadState; never unpacks more than so much."""
    if not letters:
        return Kept()
    if len(letters) > MOST_LETTERS:
        raise BadState("too long")
    try:
        raw = base64.b64decode(letters + "=" * (-len(letters) % 4), altchars=b"-_", validate=True)
        unzip = zlib.decompressobj()
        text = unzip.decompress(raw, MOST_BYTES)
        if unzip.unconsumed_tail or not unzip.eof:
            raise BadState("too much or cut off")
        return Kept.model_validate_json(text)
    except BadState:
        raise
    except (ValueError, zlib.error) as error:  # of base64, JSON and the model alike
        raise BadState("not what this page wrote") from error


def with_fact(kept: Kept, kind: str, on: str, attributes: Mapping[str, object]) -> Kept:
    """One more fact. Raises BadState where there are as many as there may be."""
    if len(kept.facts) >= MOST_FACTS:
        raise BadState("too many facts")
    added = Added(kind=kind, on=on, attributes=dict(attributes))
    return kept.model_copy(update={"facts": (*kept.facts, added)})


def without_fact(kept: Kept, number: int) -> Kept:
    """One of the added facts fewer; the same where there is no such."""
    rest = tuple(one for index, one in enumerate(kept.facts) if index != number)
    return kept.model_copy(update={"facts": rest})


def leaving_out(kept: Kept, number: int) -> Kept:
    """A fact of the family's own story left out, or taken back in."""
    out = {*kept.out} ^ {number}
    return kept.model_copy(update={"out": tuple(sorted(out))})


def with_person(kept: Kept, role: str, born: date | None) -> Kept:
    """One more person. Raises BadState where there are as many as there may be."""
    if len(kept.people) >= MOST_PEOPLE:
        raise BadState("too many people")
    joined = Joined(role=role, born=born.isoformat() if born else None)
    return kept.model_copy(update={"people": (*kept.people, joined)})


def with_answers(kept: Kept, answers: Mapping[str, str]) -> Kept:
    """The questions of the target group answered anew."""
    return kept.model_copy(update={"answers": dict(answers)})
