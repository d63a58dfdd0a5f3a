"""Which account may log in, and how long a session lives."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from samspil.foundation.accounts.models import Account
from samspil.foundation.kernel.decisions import YES, Decision, no

BEGAN, SEEN = "samspil_began", "samspil_seen"
ROUNDING = timedelta(seconds=60)
"""How seldom a session writes down that it is used: one write a minute instead of one a page."""


def may_log_in(account: Account, *, demo_allowed: bool) -> Decision:
    """May this account be used here at all?"""
    if not account.is_active:
        return no(_("This account is closed."))
    if account.is_demo and not demo_allowed:
        return no(_("This account was made to try the system, and cannot be used here."))
    return YES


def may_choose_first_password(account: Account) -> bool:
    """A link for the first password works once: not after a password, a log-in or the account's end."""
    return account.is_active and not account.has_usable_password() and account.last_login is None


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a session may stand unused, and how long it may last at all."""

    idle: timedelta
    longest: timedelta


def still_open(session: Mapping[str, float], now: datetime, limits: Limits) -> bool:
    """Is the session neither left alone nor too old? One without times has just begun."""
    began = session.get(BEGAN, now.timestamp())
    seen = session.get(SEEN, now.timestamp())
    idle, age = now.timestamp() - seen, now.timestamp() - began
    return idle <= (limits.idle - ROUNDING).total_seconds() and age <= limits.longest.total_seconds()


def used_at(session: Mapping[str, float], now: datetime) -> dict[str, float]:
    """What to write into the session because it is used now: nothing, if that was done a moment ago."""
    moment = now.timestamp()
    changes = {} if BEGAN in session else {BEGAN: moment}
    if moment - session.get(SEEN, 0) >= ROUNDING.total_seconds():
        changes[SEEN] = moment
    return changes
