"""How much a server thinks for strangers: so many seconds of its processor, refilled as time passes."""

from dataclasses import dataclass


@dataclass(slots=True)
class Allowance:
    """A purse of seconds. It asks nobody who they are: it bounds what all of them together may cost.

    `most` is what it holds when it is full, `rate` what it gains a second.
    """

    most: float
    rate: float
    left: float
    at: float = 0.0

    def may(self, now: float) -> bool:
        """Is anything left? Time that has passed has filled it up."""
        self.left = min(self.most, self.left + max(0.0, now - self.at) * self.rate)
        self.at = now
        return self.left > 0

    def spend(self, seconds: float) -> None:
        """What an answer has cost."""
        self.left -= seconds
