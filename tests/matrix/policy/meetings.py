"""Meetings: seen by who sees everyday life of those they are about."""

from collections.abc import Callable

from tests.matrix.cases import Case
from tests.matrix.kinds import Kind
from tests.matrix.living import MINUTES, PLACE, REPLY
from tests.matrix.policy.courses import sees_daily

MEETING_SEERS: dict[str, Callable[[Kind], bool]] = dict.fromkeys((PLACE, REPLY, MINUTES), sees_daily)

MEETINGS: dict[str, list[Case]] = {}
