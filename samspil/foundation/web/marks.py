"""The marks: shape, word and colour of every state, and of where a thing comes from. They go together."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_stubs_ext import StrPromise


@dataclass(frozen=True, slots=True)
class Mark:
    """`key` names the shape in `marks.svg`, `tone` the colour; `shape` says it in words."""

    key: str
    word: StrPromise
    tone: str
    shape: StrPromise


STATES = (
    Mark("done", pgettext_lazy("a step's state", "Done"), "done", _("filled circle, tick")),
    Mark("late", _("Late"), "late", _("filled square, exclamation mark")),
    Mark("done-late", _("Done late"), "done", _("hollow circle, tick, number of days")),
    Mark("missed", _("Did not happen"), "late", _("hollow square, cross; never removed")),
    Mark("open", _("Open now"), "open", _("ring with a dot")),
    Mark("soon", _("Due soon"), "soon", _("clock")),
    Mark("not-yet", _("Not yet"), "wait", _("thin ring")),
    Mark("excused", _("Excused, with a reason"), "quiet", _("ring with a line")),
    Mark("waiting", _("Waiting for others"), "wait", _("dashed ring, three dots")),
    Mark("quiet", _("Quiet here"), "wait", _("three dashes")),
    Mark("limited", _("Limited"), "done", _("half circle")),
    Mark("expired", _("Expired"), "soon", _("dashed clock")),
    Mark("withdrawn", _("Withdrawn"), "late", _("ring with a slash")),
    Mark("unknown", _("Not known"), "wait", _("dashed ring, question mark")),
    Mark("refused", _("Said no"), "wait", _("ring with a cross")),
    Mark("not-asked", _("Not asked"), "quiet", _("short dash")),
    Mark("statutory", _("Deadline by law"), "wait", _("square, section sign")),
    Mark("core", _("Core element, published"), "open", _("filled diamond, number; cannot be removed")),
    Mark(
        "core-recommended",
        _("Core element, recommended"),
        "open",
        _("hollow diamond, number; may be left out with a reason"),
    ),
)
PROVENANCE = (
    Mark("from-description", _("From the project description"), "ink", _("filled page")),
    Mark("from-source", _("From another source"), "wait", _("hollow page")),
    Mark("by-law", _("Follows from the law"), "wait", _("square, section sign")),
    Mark("proposal", _("Proposed by Samspil, not by the model's owner"), "wait", _("dashed page")),
    Mark("adaptation", _("Your own adaptation"), "wait", _("ring with a plus")),
)
MARKS = {mark.key: mark for mark in (*STATES, *PROVENANCE)}
SHAPES = {"by-law": "statutory"}
"""Marks that are drawn as another one."""
