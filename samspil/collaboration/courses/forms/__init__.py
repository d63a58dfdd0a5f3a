"""The shape of what is written down about a course."""

from collections.abc import Sequence

from samspil.foundation.kernel.decisions import Text

Choices = Sequence[tuple[str, Text]]
