"""The settings of a site whose calendar can be moved (tests/moving)."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from config.settings.test import *  # noqa: F403
from samspil.foundation.kernel import clock

AHEAD = Path(os.environ["SAMSPIL_TEST_DAYS_AHEAD"])


def now() -> datetime:
    """This instant, by the moved calendar."""
    return datetime.now(UTC) + timedelta(days=int(AHEAD.read_text()))


clock.now = now
