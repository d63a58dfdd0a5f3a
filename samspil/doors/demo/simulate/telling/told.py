"""A course told, by chance or by a script."""

from collections.abc import Sequence
from datetime import date
from random import Random

from samspil.collaboration.programmes import engine
from samspil.doors.demo.simulate.asked import Asked
from samspil.doors.demo.simulate.telling.living import Life
from samspil.doors.demo.simulate.telling.reading import Reader
from samspil.doors.demo.simulate.telling.tales import Script, Tale


def tell(
    asked: Asked,
    people: Sequence[engine.Person],
    opened: date,
    until: date,
    chance: Random,
    script: Script | None = None,
) -> Tale:
    """A course from its opening to a day, or to its end. The same chance, the same course."""
    told = tuple(people), opened, until, chance
    teller = Life(asked, *told) if script is None else Reader(asked, *told, script)
    teller.live()
    return Tale(asked, teller.people, opened, until, teller.manner, tuple(teller.deeds))
