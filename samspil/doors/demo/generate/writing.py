"""Which rows belong to a course: one writer for each area of the house, in order. New areas add theirs."""

from dataclasses import dataclass
from datetime import date
from random import Random
from uuid import UUID

from samspil.collaboration.programmes.language import Programme
from samspil.doors.demo.generate.country import Country
from samspil.doors.demo.generate.courses import write_bases, write_course
from samspil.doors.demo.generate.facts import write_due, write_facts
from samspil.doors.demo.generate.people import write_people
from samspil.doors.demo.generate.rows import Rows
from samspil.doors.demo.generate.story import told


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: the country, the model and its stored version, the seed, and the day."""

    country: Country
    programme: Programme
    version: UUID
    seed: int
    today: date

    @property
    def country_chance(self) -> Random:
        """What is left to chance in the rows of the country itself."""
        return Random(f"{self.seed}:rows")


def written(order: Order, numbers: range) -> tuple[int, dict[str, bytes]]:
    """The rows of these courses, ready for COPY, and how many."""
    rows = Rows()
    for number in numbers:
        story = told(order.country, number, seed=order.seed, today=order.today)
        write_people(story, rows)
        write_course(story, rows, str(order.version))
        write_bases(story, rows)
        write_due(story, rows, write_facts(story, rows), order.programme, order.version)
    return rows.count, rows.blocks()
