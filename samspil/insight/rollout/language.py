"""An initiative as data: why it was begun, for whom, with whom, with which money, and what came of it."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from samspil.collaboration.programmes.language.words import Key, Provenance, Text
from samspil.foundation.kernel.definitions import Definition

Moment = Annotated[str, StringConstraints(pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")]
"""A day, a month or a year, as exact as the source has it: `2019-01-01`, `2006-09`, `2022`."""


class Phase(StrEnum):
    """The four phases of the agency's strategy SUSI, and what was begun before there was a strategy."""

    SCREENING = "screening"
    MATURATION = "modning"
    TRIAL = "afproevning"
    DISSEMINATION = "udbredelse"
    BEFORE = "foer-susi"


class Part(StrEnum):
    """What a partner does in an initiative."""

    OWNER = "owner"
    DEVELOPER = "developer"
    RESEARCHER = "researcher"
    EVALUATOR = "evaluator"
    SUPPLIER = "supplier"
    MUNICIPALITY = "municipality"
    REGION = "region"
    ORGANISATION = "organisation"


class Statement(Definition):
    """One thing that a source says, in our own words."""

    text: Text
    provenance: Provenance


class Period(Definition):
    """From when until when, as exact as the source has it."""

    starts: Moment
    ends: Moment | None
    provenance: Provenance

    @model_validator(mode="after")
    def _in_order(self) -> "Period":
        if self.ends and self.ends[:4] < self.starts[:4]:
            raise ValueError(f"it ends ({self.ends}) before it starts ({self.starts})")
        return self


class TargetGroup(Definition):
    """Whom it is for in the end, and whom it works with directly."""

    direct: tuple[Statement, ...]
    indirect: tuple[Statement, ...] = ()


FigureKey = Annotated[str, StringConstraints(pattern=r"^[a-z]+\.[a-z]+(_[a-z]+)*$")]
"""The name of a figure: `via.budget_dkk`."""


class Figure(Definition):
    """One number or date from a source, with its unit; between two numbers where the source gives a span."""

    key: FigureKey
    label: Text
    value: int | float | None = None
    least: int | None = None
    most: int | None = None
    on: Moment | None = None
    unit: Literal["dkk", "percent", "count", "months", "date"]
    provenance: Provenance

    @model_validator(mode="after")
    def _one_thing(self) -> "Figure":
        span = (self.least is None, self.most is None)
        given = [self.value is not None, span == (False, False), self.on is not None and self.unit == "date"]
        if span not in {(True, True), (False, False)} or sum(given) != 1:
            raise ValueError("say either `value`, or `least` and `most`, or (of a date) `on`")
        return self


class Partner(Definition):
    """Who takes part, and as what."""

    name: Annotated[str, StringConstraints(min_length=1)]
    part: Part
    provenance: Provenance


class Pool(Definition):
    """Money that authorities apply for."""

    amount_dkk: Annotated[int, Field(gt=0)]
    announced: str
    provenance: Provenance


class Grant(Definition):
    """Money from one source; the amount is null where no source says it."""

    by: Text
    amount_dkk: Annotated[int, Field(gt=0)] | None
    provenance: Provenance


class Funding(Definition):
    """What it costs and who pays; the total is null where no source says it."""

    total_dkk: Annotated[int, Field(gt=0)] | None
    grants: tuple[Grant, ...]
    pool: Pool | None = None
    provenance: Provenance


class Waves(Definition):
    """How many authorities are to take part, in how many waves (»rul«), and which ones did."""

    count: Annotated[int, Field(ge=1)] = 1
    least: Annotated[int, Field(ge=0)] | None = None
    most: Annotated[int, Field(ge=0)] | None = None
    took_part: tuple[str, ...] = ()
    provenance: Provenance


class Model(Definition):
    """One version of a model that stands in the definitions."""

    key: Key
    version: str


class Offer(Definition):
    """Which models a site may choose: `one` of them with a reason, or `any`."""

    choose: Literal["one", "any"]
    reason: Literal["required", "optional"]
    models: tuple[Model, ...]
    provenance: Provenance

    @model_validator(mode="after")
    def _has_models(self) -> "Offer":
        if not self.models:
            raise ValueError("an offer names at least one model")
        return self


class Product(Definition):
    """Something that was published or given to the sites."""

    title: Text
    on: Moment | None = None
    provenance: Provenance


class Result(Definition):
    """What was seen, with the reservations that belong to it; an observed change is not an effect."""

    about: Literal["children-and-families", "professionals", "organisation", "implementation"]
    text: Text
    reservations: Text
    provenance: Provenance


class Initiative(Definition):
    """One initiative, as its project description and later sources have it."""

    key: Key
    title: Text
    summary: Text
    seed: str
    follows: Key | None = None
    period: Period
    phase: Phase
    phase_provenance: Provenance
    target_group: TargetGroup
    background: tuple[Statement, ...]
    purpose: tuple[Statement, ...]
    outcomes: tuple[Statement, ...]
    documentation: tuple[Statement, ...]
    partners: tuple[Partner, ...]
    funding: Funding
    waves: Waves | None = None
    offers: tuple[Offer, ...]
    products: tuple[Product, ...]
    results: tuple[Result, ...]
    figures: tuple[Figure, ...]
    sources: tuple[str, ...]
