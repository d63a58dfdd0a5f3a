"""The verdict on one request: must it succeed, may it, or must it be refused; and whose words may show."""

from collections.abc import Collection
from enum import StrEnum

from tests.matrix.cases import Case, no_values
from tests.matrix.kinds import KINDS, Kind
from tests.matrix.policy import POLICY, SEERS

__all__ = ["POLICY", "Case", "Verdict", "canaries", "cases", "no_values", "verdict"]


def canaries() -> dict[str, frozenset[str]]:
    """Each canary, with the kinds in whose answers it may stand."""
    return {canary: frozenset(name for name in KINDS if sees(KINDS[name])) for canary, sees in SEERS.items()}


class Verdict(StrEnum):
    """What the policy says of one request."""

    MUST = "must succeed"
    MAY = "may succeed: it concerns nobody but the asker"
    REFUSED = "must be refused"


def verdict(case: Case, method: str, kind: Kind) -> Verdict:
    """What must happen. HEAD may be answered where GET is; an unknown method is refused to everybody."""
    if method == "HEAD":
        return Verdict.REFUSED if verdict(case, "GET", kind) == Verdict.REFUSED else Verdict.MAY
    if method in case.methods and case.lawful(kind):
        return Verdict.MUST
    if case.may(kind):
        return Verdict.MAY
    return Verdict.REFUSED


def cases(name: str) -> Collection[Case]:
    """The cases of a route; none where the policy forgot it."""
    return POLICY.get(name, [])
