"""Rows behind the facts of one course: what each fact of a plan or a meeting points to."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from samspil.doors.demo.generate.country import Colleague
from samspil.doors.demo.generate.items import item
from samspil.doors.demo.generate.rows import Rows
from samspil.doors.demo.generate.story import Story
from samspil.foundation.kernel.sharing import Category


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes rows of content into a course; remembers the versions that others follow on."""

    story: Story
    rows: Rows
    goals: dict[str, list[str]] = field(default_factory=dict)
    """The versions of each goal, by its first."""
    wishes: dict[str, str] = field(default_factory=dict)
    plans: list[str] = field(default_factory=list)
    guests: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """Who is invited to each meeting: the invitation, and whom it is about ("" for all)."""

    @property
    def focus(self) -> list[str]:
        """The children it is all about."""
        return [child.subject for child in self.story.children]

    def add(
        self,
        table: str,
        kind: str,
        author: Colleague,
        written: str,
        *values: str | None,
        subjects: Sequence[str] = (),
        category: Category = Category.EVERYDAY,
        made: str = "",
        is_released: bool = True,
    ) -> str:
        """A row and its item, about the children where nobody else is named. Answers its key."""
        key = item(
            self.rows, self.story.keys, kind, category.value, author, subjects or self.focus, written,
            self.story.space, made=made, is_released=is_released,
        )  # fmt: skip
        self.rows.add(table, key, self.story.space, *values)
        return key
