"""A drawn family: people in generations, their homes as frames, ties as lines, and the same in words.

Everything is a whole number or a word, so that a template writes the SVG and escapes it.
A protected person stands outside every frame: neither drawing nor words say where they are.
"""

from samspil.collaboration.families.presenters.drawing.shapes import (
    BOX_HEIGHT,
    BOX_WIDTH,
    Drawing,
    Portrait,
)
from samspil.collaboration.families.presenters.drawing.whole import drawn

__all__ = [
    "BOX_HEIGHT",
    "BOX_WIDTH",
    "Drawing",
    "Portrait",
    "drawn",
]
