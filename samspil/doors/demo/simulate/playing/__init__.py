"""A told course lived through: each deed by a colleague, on its day, through the action a page would call."""

from samspil.doors.demo.simulate.playing.play import play
from samspil.doors.demo.simulate.playing.stage import Stage

__all__ = ["Stage", "play"]
