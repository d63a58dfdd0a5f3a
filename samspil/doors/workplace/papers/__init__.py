"""What the staff pages print for a family: the copy each of them gets, and our plan on one page."""

from samspil.doors.workplace.papers.child import ChildPage, child_page, children_of
from samspil.doors.workplace.papers.copies import Copy, copy_for
from samspil.doors.workplace.papers.gathering import Gathered, gathered, open_things
from samspil.doors.workplace.papers.one_page import OnePage, one_page

__all__ = [
    "ChildPage",
    "Copy",
    "Gathered",
    "OnePage",
    "child_page",
    "children_of",
    "copy_for",
    "gathered",
    "one_page",
    "open_things",
]
