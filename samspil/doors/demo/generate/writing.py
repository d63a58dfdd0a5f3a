"""Which rows belong to a course: one writer for each area of the house, in order. New areas add theirs."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random
from uuid import UUID

from samspil.collaboration.programmes.language import Programme
from samspil.doors.demo.generate import meetings, plans
from samspil.doors.demo.generate.behind import Writer
from samspil.doors.demo.generate.cast import cast
from samspil.doors.demo.generate.country import Country
from samspil.doors.demo.generate.courses import write_bases, write_course
from samspil.doors.demo.generate.facts import noted_at, write_due, write_facts
from samspil.doors.demo.generate.happenings import Happening, happenings
from samspil.doors.demo.generate.marks import Shape
from samspil.doors.demo.generate.notes import write_notes
from samspil.doors.demo.generate.people import write_people
from samspil.doors.demo.generate.rows import Rows
from samspil.doors.demo.generate.story import MOST_SHAPES, Story, told

ALIKE, FEWEST_SHAPES = 16, 64
"""Courses of one shape, until there are as many shapes as there may be; and shapes of few courses."""
AT_ONCE = 100
BEHIND: dict[str, Callable[[Writer, Happening, str], None]] = {
    "goal.set": plans.write_goal,
    "goal.rated": plans.write_rating,
    "plan.agreed": plans.write_plan,
    "plan.revised": plans.write_plan,
    "agreement.made": plans.write_agreement,
    "agreement.kept": plans.write_end,
    "agreement.broken": plans.write_end,
    "meeting.planned": meetings.write_meeting,
    "meeting.held": meetings.write_held,
    "minutes.shared": meetings.write_minutes,
    "child_view.recorded": meetings.write_child_view,
}
"""What is written beside a fact of this kind."""


@dataclass(slots=True)
class Batch:
    """Some courses: how many, how many rows, and what COPY takes, by table."""

    courses: int = 0
    rows: int = 0
    blocks: dict[str, list[bytes]] = field(default_factory=lambda: defaultdict(list))


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: the country, the model and its stored version, the seed, the day, and how much."""

    country: Country
    programme: Programme
    version: UUID
    seed: int
    today: date
    courses: int

    @property
    def country_chance(self) -> Random:
        """What is left to chance in the rows of the country itself."""
        return Random(f"{self.seed}:rows")

    @property
    def shapes(self) -> int:
        """How many stories are told for all the courses."""
        return min(self.courses, max(FEWEST_SHAPES, min(self.courses // ALIKE, MOST_SHAPES)))

    def numbers(self, shape: int) -> range:
        """The courses of a shape: they lie together, as those do that began at the same time."""
        return range(shape * self.courses // self.shapes, (shape + 1) * self.courses // self.shapes)


def written(order: Order, shapes: Iterable[int]) -> Iterator[Batch]:
    """The courses of these shapes, some at a time."""
    batch = Batch()
    for shape in shapes:
        story = told(shape, order.shapes, seed=order.seed, today=order.today)
        rows = shaped(story, order.programme, order.version)
        for course, number in enumerate(order.numbers(shape)):
            values = cast(story, order.country, shape, course, number, order.seed)
            batch.rows += rows.fill(values, batch.blocks)
            batch.courses += 1
            if batch.courses == AT_ONCE:
                yield batch
                batch = Batch()
    if batch.courses:
        yield batch


def shaped(story: Story, programme: Programme, version: UUID) -> Shape:
    """All rows of one course, by every writer, with marks for what differs from course to course."""
    rows, happened = Rows(), happenings(story)
    write_people(story, rows)
    write_course(story, rows, str(version))
    write_bases(story, rows)
    _write_behind(Writer(story, rows), happened)
    write_due(story, rows, write_facts(story, rows, happened), programme, version)
    return Shape(rows, story.keys)


def _write_behind(writer: Writer, happened: Sequence[Happening]) -> None:
    for minute, one in enumerate(happened):
        if one.kind in BEHIND:
            BEHIND[one.kind](writer, one, noted_at(one, minute))
    write_notes(writer, (happened[-1].on - writer.story.opened).days)
