"""The pages of courses."""

from samspil.collaboration.courses.views.frame import course_frame, head_or_404

__all__ = ["course_frame", "head_or_404"]
