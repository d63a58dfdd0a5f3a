"""Who a programme is for: a tree of criteria with three answers, each of which explains itself."""

from typing import Literal

from pydantic import Field, model_validator

from samspil.collaboration.programmes.language.when import Duration
from samspil.collaboration.programmes.language.words import Key, Provenance, Text
from samspil.foundation.kernel.definitions import Definition


class AgeRange(Definition):
    """Outside these ages the target group warns; it never refuses."""

    of: Key = "child"
    warn_outside: tuple[int, int]
    provenance: Provenance


class Recent(Definition):
    """Yes where it goes on, or ended not longer ago than `within`; no end date known is not known."""

    fact: str
    ongoing: str = "ongoing"
    ended: str = "ended_on"
    within: Duration


class Node(Definition):
    """A group (`all`, `any`, `not`) or one criterion.

    `include` must be yes, `exclude` must be no; `fit` and `warn` are shown and refuse nobody. `about` is the
    role of those an answer tells something of, and `category` what it tells: who sees it follows from both.
    """

    all: tuple["Node", ...] = ()
    any: tuple["Node", ...] = ()
    not_: "Node | None" = Field(default=None, alias="not")
    key: Key | None = None
    title: Text | None = None
    ask: Text | None = None
    kind: Literal["include", "exclude", "fit", "warn"] = "include"
    provenance: Provenance | None = None
    role_present: Key | None = None
    recent: Recent | None = None
    then: Key | None = None
    about: Key | None = None
    category: Literal["everyday", "school", "social", "health", "substance", "employment"] = "social"

    @model_validator(mode="after")
    def _one(self) -> "Node":
        if sum((bool(self.all), bool(self.any), self.not_ is not None, self.key is not None)) != 1:
            raise ValueError("a node is exactly one of `all`, `any`, `not` and a criterion with a `key`")
        if self.key is not None and (self.ask is None or self.provenance is None):
            raise ValueError("a criterion needs `ask` and `provenance`")
        return self

    def criteria(self) -> "tuple[Node, ...]":
        """All criteria in and below this node, in the order written."""
        if self.key is not None:
            return (self,)
        inner = (*self.all, *self.any, *((self.not_,) if self.not_ else ()))
        return tuple(leaf for node in inner for leaf in node.criteria())


class TargetGroup(Definition):
    """The target group: who, at which age, by which criteria."""

    summary: Text
    age: AgeRange | None = None
    criteria: Node
