"""Pages of the staff that weave areas together."""

from samspil.doors.workplace.views.course import course, sharing, steps, timeline
from samspil.doors.workplace.views.pages import courses, health, log, logs, overview

__all__ = ["course", "courses", "health", "log", "logs", "overview", "sharing", "steps", "timeline"]
