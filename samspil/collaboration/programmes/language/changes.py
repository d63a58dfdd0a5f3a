"""What a new version changes, and which observations and decisions made it so."""

from typing import Literal

from samspil.collaboration.programmes.language.words import Key, Text
from samspil.foundation.kernel.definitions import Definition


class Cause(Definition):
    """One observation or decision behind a change; `source` where it can be read."""

    kind: Literal["observation", "decision"]
    text: Text
    source: str | None = None


class Change(Definition):
    """One element that is new, changed or gone since the version before, and why.

    `element` is a key of this version or of the one it supersedes.
    """

    element: Key
    why: Text
    because_of: tuple[Cause, ...]
