"""How a course is shown: shaping between what the queries answer and what the components take."""

from samspil.collaboration.courses.presenters.head import Head, course_name, head_of, names_of

__all__ = ["Head", "course_name", "head_of", "names_of"]
