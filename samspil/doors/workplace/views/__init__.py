"""Pages of the staff that weave areas together."""

from samspil.doors.workplace.views.course import course
from samspil.doors.workplace.views.pages import health, log, logs, overview

__all__ = ["course", "health", "log", "logs", "overview"]
