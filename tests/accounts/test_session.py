"""A session that is left alone, or that is too old, is over."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DjangosStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from samspil.foundation.accounts import rules
from samspil.foundation.accounts.sessions import SessionStore, stored
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


DJANGOS_OWN = "django.contrib.sessions.backends.db"


def opened(key: str) -> bool:
    """Does the log-in of somebody open to a browser that has this key?"""
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = key
    return thief.get(reverse("mfa_index")).status_code == 200


@pytest.mark.django_db
class TestWhoReadsTheTable:
    """With the application's role and a prompt: what stands in the table opens no browser's session."""

    def stolen(self, client: Client) -> bool:
        log_in(client)
        assert opened(client.cookies[settings.SESSION_COOKIE_NAME].value)
        return opened(Session.objects.latest("expire_date").session_key)

    def moved(self, client: Client) -> bool:
        """What is kept for Anne, written under a key of one's own."""
        log_in(client)
        anne, mine = Session.objects.latest("expire_date"), SessionStore()
        mine.create()
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE django_session SET session_data = %s WHERE session_key IN (%s, %s)",
                [anne.session_data, stored(str(mine.session_key)), mine.session_key],
            )
            assert cursor.rowcount == 1
        return opened(str(mine.session_key))

    def test_the_key_is_not_in_it(self, client, anne):
        assert not self.stolen(client)

    def test_what_is_kept_for_one_key_is_void_under_another(self, client, anne):
        assert not self.moved(client)

    def test_both_are_seen_where_the_key_stands_in_clear(self, client, anne, settings, monkeypatch):
        settings.SESSION_ENGINE = DJANGOS_OWN
        monkeypatch.setattr("tests.accounts.test_session.SessionStore", DjangosStore)
        assert self.stolen(client)
        assert self.moved(client)

    def test_log_out_removes_it(self, client, anne):
        log_in(client)
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        client.post(reverse("account_logout"))
        assert not opened(key)
        assert not Session.objects.filter(session_key=stored(key)).exists()


def test_its_cookie_is_for_this_site_this_browser_and_no_script(settings):
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"
    assert settings.SESSION_EXPIRE_AT_BROWSER_CLOSE
