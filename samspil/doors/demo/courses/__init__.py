"""The courses of the invented families: each is told once, through the same actions that the pages call."""

from samspil.doors.demo.courses.told import make

__all__ = ["make"]
