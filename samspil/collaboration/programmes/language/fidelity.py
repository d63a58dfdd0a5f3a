"""How it is seen whether a model is followed: criteria derived from facts, or answered."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from samspil.collaboration.programmes.language.when import Duration, Pattern
from samspil.collaboration.programmes.language.words import Key, Provenance, Text, later
from samspil.foundation.kernel.definitions import Definition

Share = Annotated[float, Field(ge=0, le=1)]


class InState(Definition):
    """The share of a step's decided occurrences that are in a state: done, or done late too (`held`)."""

    of: Key | tuple[Key, ...]
    state: Literal["done", "held"] = "done"
    at_least: Share = 1.0
    partly: Share | None = None


class Having(Definition):
    """The share of facts of one kind that have all of these attributes (a goal with lead sector and date).

    `has_any`: one of these is enough. `least`: the attribute is at least so much. `weigh`: facts count by
    this attribute (minutes), not one each. `when`: judged only where there is such a fact (the family has
    asked for evenings). A list under `where` means one of these.
    """

    fact: str
    where: dict[str, str | bool | int | tuple[str, ...]] = {}
    has: tuple[str, ...] = ()
    has_any: tuple[str, ...] = later(())
    least: dict[str, int] = later({})
    weigh: str | None = later(None)
    when: Pattern | None = later(None)
    at_least: Share = 1.0
    partly: Share | None = None

    @model_validator(mode="after")
    def _asks(self) -> "Having":
        if not (self.has or self.has_any or self.least):
            raise ValueError("`having` asks for `has`, `has_any` or `least`")
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """Every attribute it reads, besides those of `where`."""
        return (*self.has, *self.has_any, *self.least, *((self.weigh,) if self.weigh else ()))


class Exists(Definition):
    """At least so many such facts, judged from the day the fact `once` is noted."""

    fact: str
    where: dict[str, str | bool | int] = {}
    count: Annotated[int, Field(ge=1)] = 1
    once: Pattern


class Covered(Definition):
    """The share of facts on whose day a matching permission was in force.

    Given by `given`, ended by `ended` or by the date in `until`; matched on the attributes `by`.
    """

    each: Pattern
    given: str
    ended: str
    by: tuple[str, ...]
    until: str | None = None
    at_least: Share = 1.0
    partly: Share | None = None


class Few(Definition):
    """The share of facts that the few busiest values of an attribute carry (two professionals)."""

    fact: str
    where: dict[str, str | bool | int] = {}
    by: str
    most: Annotated[int, Field(ge=1)]
    at_least: Share
    partly: Share | None = None


class Limit(Definition):
    """At most so many such facts within a time from the first fact `once`; judged when that time is over.

    One too many is seen at once.
    """

    fact: str
    where: dict[str, str | bool | int] = {}
    most: Annotated[int, Field(ge=0)] = 0
    once: Pattern
    within: Duration


class Measured(Definition):
    """The rule of an automatic criterion: exactly one."""

    share: InState | None = None
    having: Having | None = None
    exists: Exists | None = None
    covered: Covered | None = None
    few: Few | None = later(None)
    limit: Limit | None = later(None)

    @model_validator(mode="after")
    def _one(self) -> "Measured":
        rules = (self.share, self.having, self.exists, self.covered, self.few, self.limit)
        if sum(rule is not None for rule in rules) != 1:
            raise ValueError(
                "a rule is exactly one of `share`, `having`, `exists`, `covered`, `few` and `limit`"
            )
        return self


class Criterion(Definition):
    """One fidelity criterion of a core element: from facts (`criterion`), a checklist or a survey."""

    key: Key
    core_element: Key
    text: Text
    source: Literal["auto", "checklist", "survey"] = "auto"
    criterion: Measured | None = None
    level: Literal["course", "team", "site"] = "course"
    provenance: Provenance

    @model_validator(mode="after")
    def _rule(self) -> "Criterion":
        if (self.source == "auto") != (self.criterion is not None):
            raise ValueError("an automatic criterion has a rule under `criterion`, the others have none")
        return self
