"""How a tool is described: for whom, in which sections and fields, and who each field is about."""

import json
from collections.abc import Iterator
from enum import StrEnum
from hashlib import sha256
from typing import Annotated, Literal, Self

from pydantic import Field as Described
from pydantic import StringConstraints, model_validator

from samspil.collaboration.programmes.language import Text
from samspil.collaboration.programmes.language.words import Key, Provenance
from samspil.foundation.kernel.definitions import Definition
from samspil.foundation.kernel.sharing import Category

PERSON, FOCUS = "person", "focus"
"""Whom a part is about beside roles of a model: the one it is made for, and those the course is about."""

CategoryWord = Literal[
    "identity", "everyday", "school", "social", "health", "substance", "employment", "confidential-youth"
]
About = Annotated[tuple[Key, ...], Described(min_length=1)]
Phone = Annotated[str, StringConstraints(pattern=r"^[+0-9][0-9 ]{2,19}$")]


class Audience(StrEnum):
    """For whom an edition is written."""

    ADULT = "adult"
    CHILD = "child"


class Type(StrEnum):
    """What a field holds. `rows` holds a list, with columns of the other types."""

    TEXT = "text"
    LONG_TEXT = "long-text"
    CHOICE = "choice"
    PERSON = "person"
    PHONE = "phone"
    DATE = "date"
    ROWS = "rows"


class Option(Definition):
    """One answer of a choice."""

    key: Key
    text: Text


class Column(Definition):
    """One thing that is asked: in a field of its own, or in each row of a list."""

    key: Key
    label: Text
    type: Type
    required: bool = False
    options: tuple[Option, ...] = ()

    @model_validator(mode="after")
    def _choices_have_options(self) -> Self:
        if (self.type is Type.CHOICE) != bool(self.options):
            raise ValueError("a choice has options, and nothing else has")
        return self

    def option(self, key: str) -> Option | None:
        """The answer with this key."""
        return next((one for one in self.options if one.key == key), None)


class Field(Column):
    """A field of a form. `heading` stands over the answer when it is read; without one, the label does."""

    help: Text | None = None
    heading: Text | None = None
    shown_as: Literal["words", "quote", "steps", "calls", "table"] = "words"
    columns: tuple[Column, ...] = ()
    begins_with: Annotated[int, Described(ge=1, le=10)] = 1
    most: Annotated[int, Described(ge=1, le=40)] = 15
    category: CategoryWord | None = None
    about: About | None = None

    @model_validator(mode="after")
    def _rows_have_columns(self) -> Self:
        if (self.type is Type.ROWS) != bool(self.columns):
            raise ValueError("a list of rows has columns, and nothing else has")
        if any(column.type is Type.ROWS for column in self.columns):
            raise ValueError("a row holds no rows")
        _once([column.key for column in self.columns], "column")
        return self


class Section(Definition):
    """Fields that belong together. What is sensitive stands in a section with a category of its own."""

    key: Key
    title: Text
    intro: Text | None = None
    category: CategoryWord | None = None
    about: About | None = None
    fields: Annotated[tuple[Field, ...], Described(min_length=1)]
    provenance: Provenance


class Number(Definition):
    """A number that stands in every copy."""

    name: Text
    phone: Phone
    text: Text | None = None


class Edition(Definition):
    """A tool as it is made for one audience.

    `made_for` are the roles of the model whose people it may be made for (none: the family as a whole, that
    is, those in focus). `facts` are noted when it is completed; `shared_with` are those it may be given to.
    """

    audience: Audience
    title: Text
    lead: Text
    made_for: tuple[Key, ...] = ()
    category: CategoryWord
    about: About
    facts: tuple[str, ...] = ()
    shared_with: tuple[Key, ...] = ()
    first: tuple[Text, ...] = ()
    sections: Annotated[tuple[Section, ...], Described(min_length=1)]
    numbers: tuple[Number, ...] = ()
    drawing: Literal["network"] | None = None

    @model_validator(mode="after")
    def _fields_once(self) -> Self:
        _once([one.key for one in self.sections], "section")
        _once([field.key for field in self.fields], "field")
        if taken := {"on", "based_on"} & {field.key for field in self.fields}:
            raise ValueError(f"the field {sorted(taken)[0]!r} is there in every form")
        return self

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every field, in order."""
        return tuple(field for section in self.sections for field in section.fields)

    def parts(self) -> dict[tuple[Category, tuple[str, ...]], tuple[Field, ...]]:
        """The fields by what they are about: each part is an item of its own. The edition's own is the first.

        A field says it for itself, else its section does, else the edition.
        """
        found: dict[tuple[Category, tuple[str, ...]], list[Field]] = {self.own: []}
        for section, field in self._placed():
            category = category_of(field.category or section.category or self.category)
            about = tuple(field.about or section.about or self.about)
            found.setdefault((category, about), []).append(field)
        return {key: tuple(fields) for key, fields in found.items()}

    @property
    def own(self) -> tuple[Category, tuple[str, ...]]:
        """What the document itself is about; who may not see this does not see that it is there."""
        return category_of(self.category), tuple(self.about)

    def _placed(self) -> Iterator[tuple[Section, Field]]:
        return ((section, field) for section in self.sections for field in section.fields)


class Tool(Definition):
    """A tool in one version: filled in by editions, or kept on a `page` of its own somewhere else."""

    key: Key
    version: Annotated[str, StringConstraints(pattern=r"^\d+\.\d+$")]
    title: Text
    purpose: Text
    provenance: Provenance
    page: Annotated[str, StringConstraints(pattern=r"^[a-z_]+:[a-z_]+$")] | None = None
    editions: tuple[Edition, ...] = ()

    @model_validator(mode="after")
    def _filled_in_or_elsewhere(self) -> Self:
        if bool(self.page) == bool(self.editions):
            raise ValueError("a tool has editions, or a page elsewhere")
        _once([one.audience for one in self.editions], "edition")
        return self

    def edition(self, audience: str) -> Edition | None:
        """The edition for an audience."""
        return next((one for one in self.editions if one.audience == audience), None)

    @property
    def content_hash(self) -> str:
        """SHA-256 of what it says: a document remembers by which form it was filled in."""
        said = json.dumps(self.model_dump(mode="json"), sort_keys=True)
        return sha256(said.encode()).hexdigest()


def category_of(word: str) -> Category:
    """A category by its word in a definition."""
    return Category[word.upper().replace("-", "_")]


def _once(keys: list[str], what: str) -> None:
    for index, key in enumerate(keys):
        if key in keys[:index]:
            raise ValueError(f"the {what} {key!r} stands twice")
