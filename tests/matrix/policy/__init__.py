"""What must happen, written from the policy and not from the code: which request of whom succeeds."""

from tests.matrix.cases import Case
from tests.matrix.policy.house import HOUSE
from tests.matrix.policy.log import LOG
from tests.matrix.policy.people import PEOPLE, SEERS
from tests.matrix.policy.sharing import SHARING

POLICY: dict[str, list[Case]] = {**HOUSE, **PEOPLE, **SHARING, **LOG}
"""Route → its cases. A route of the url configuration that stands not here makes the matrix red."""

__all__ = ["POLICY", "SEERS"]
