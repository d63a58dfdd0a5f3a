"""How the staff pages show what the queries answer."""

from samspil.doors.workplace.presenters.log import CHANGES, READINGS, LogLine, log_lines, what_was_done

__all__ = ["CHANGES", "READINGS", "LogLine", "log_lines", "what_was_done"]
