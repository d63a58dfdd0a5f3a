"""Answers to "may this happen?": always with the reason, so a page can show it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django_stubs_ext import StrPromise

Text = str | StrPromise


class Refused(Exception):  # noqa: N818 - the house says no; it is an answer, not a fault
    """The house said no. `reason` is written for the person at the screen."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Decision:
    """Yes, or no with a reason that a person can read. Truthy when allowed."""

    allowed: bool
    text: Text = ""
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        return str(self.text) % self.values if self.values else str(self.text)

    def __bool__(self) -> bool:
        return self.allowed

    def or_refuse(self) -> None:
        """Raise Refused with the reason where the answer is no."""
        if not self.allowed:
            raise Refused(self.reason)


YES = Decision(allowed=True)


def no(reason: Text, **values: object) -> Decision:
    """A refusal; `reason` is translatable and its values are filled in when it is shown."""
    return Decision(allowed=False, text=reason, values=values)
