"""What must happen, written from the policy and not from the code: which request of whom succeeds."""

from tests.matrix.cases import Case
from tests.matrix.policy.closing import CLOSING, CLOSING_SEERS
from tests.matrix.policy.courses import COURSES
from tests.matrix.policy.house import HOUSE
from tests.matrix.policy.insight import INSIGHT
from tests.matrix.policy.journal import JOURNAL, JOURNAL_SEERS
from tests.matrix.policy.log import LOG
from tests.matrix.policy.meetings import MEETING_SEERS, MEETINGS
from tests.matrix.policy.people import PEOPLE
from tests.matrix.policy.people import SEERS as PEOPLE_SEERS
from tests.matrix.policy.plans import PLAN_SEERS, PLANS
from tests.matrix.policy.referrals import REFERRAL_SEERS, REFERRALS
from tests.matrix.policy.sharing import SHARING

POLICY: dict[str, list[Case]] = {
    **HOUSE,
    **PEOPLE,
    **SHARING,
    **LOG,
    **COURSES,
    **PLANS,
    **JOURNAL,
    **MEETINGS,
    **CLOSING,
    **REFERRALS,
    **INSIGHT,
}
"""Route → its cases. A route of the url configuration that stands not here makes the matrix red."""

SEERS = {
    **PEOPLE_SEERS,
    **PLAN_SEERS,
    **JOURNAL_SEERS,
    **MEETING_SEERS,
    **CLOSING_SEERS,
    **REFERRAL_SEERS,
}
"""Canary → who may have it in an answer."""

__all__ = ["POLICY", "SEERS"]
