"""A session that is left alone, or that is too old, is over."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from samspil.foundation.accounts import rules
from samspil.foundation.kernel import clock
from tests.accounts.test_login import log_in

BEGIN = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
LIMITS = rules.Limits(idle=timedelta(minutes=15), longest=timedelta(hours=10))


@given(st.lists(st.integers(1, 2000), max_size=60))
def test_no_session_outlives_its_limits(pauses):
    """However it is used: nothing opens 15 minutes after the last use, or 10 hours after log-in."""
    session: dict[str, float] = {}
    session |= rules.used_at(session, BEGIN)
    now = last = BEGIN
    for seconds in pauses:
        now += timedelta(seconds=seconds)
        is_open = rules.still_open(session, now, LIMITS)
        if now - last > LIMITS.idle or now - BEGIN > LIMITS.longest:
            assert not is_open
        if now - last < LIMITS.idle - 2 * rules.ROUNDING and now - BEGIN <= LIMITS.longest:
            assert is_open
        if not is_open:
            return
        session |= rules.used_at(session, now)
        last = now


@pytest.mark.django_db
class TestASession:
    @pytest.fixture
    def at(self, client, anne, monkeypatch):
        """Log in at `BEGIN`; afterwards ask for a page at another time: is it still open?"""

        def ask(moment):
            monkeypatch.setattr(clock, "now", lambda: moment)
            return client.get(reverse("mfa_index")).status_code == 200

        monkeypatch.setattr(clock, "now", lambda: BEGIN)
        log_in(client)
        return ask

    def test_lives_while_it_is_used(self, at):
        assert all(at(BEGIN + timedelta(minutes=10 * n)) for n in range(1, 60))

    def test_ends_after_fifteen_minutes_alone(self, at):
        assert not at(BEGIN + timedelta(minutes=15, seconds=1))
        assert not at(BEGIN + timedelta(minutes=15, seconds=2))

    def test_ends_after_ten_hours_in_use(self, at):
        for n in range(1, 60):
            at(BEGIN + timedelta(minutes=10 * n))
        assert not at(BEGIN + timedelta(hours=10, seconds=1))


def test_its_cookie_is_for_this_site_this_browser_and_no_script(settings):
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"
    assert settings.SESSION_EXPIRE_AT_BROWSER_CLOSE
