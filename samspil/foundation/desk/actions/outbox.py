"""Mail leaves after the act, from a table written in its transaction. It says only that there is news."""

import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from smtplib import SMTPException
from uuid import UUID

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from samspil.foundation.access.wall import acting_as
from samspil.foundation.desk.mail import news_mail
from samspil.foundation.desk.models import News
from samspil.foundation.desk.rules import next_try
from samspil.foundation.kernel.actor import Actor

log = logging.getLogger(__name__)

OUTBOX = Actor(account_id=UUID("00000000-0000-7000-8000-000000000002"))
"""The system actor that reads to whom there is news, and nothing else."""

AT_A_TIME = 100
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Signs that nobody mistakes for each other on the phone."""


@dataclass(frozen=True, slots=True)
class Post:
    """What one round of the outbox did."""

    sent: int = 0
    failed: int = 0
    given_up: int = 0


@transaction.atomic
def announce(*, actor: Actor, to: Sequence[UUID], about: UUID, now: datetime) -> None:
    """Tell accounts that there is something new. The mail leaves when this transaction has committed.

    The actor needs no right to the receivers: they learn nothing but that they should log in.
    """
    News.objects.bulk_create(
        News(account_id=account, about=about, reference=new_reference(), made_at=now, next_try_at=now)
        for account in dict.fromkeys(to)
        if account != actor.account_id
    )


def new_reference() -> str:
    """Eight signs that mean nothing: what a person can say on the phone."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{signs[:4]}-{signs[4:]}"


def send_outbox(*, now: datetime) -> Post:
    """Send what is due, for the worker. Whatever happens on the way, nothing is lost and others go on.

    Each mail is first put off to its next try and that is committed; then it is sent; then it is noted as
    sent. A worker that is killed in between sends it once more later, under the same Message-ID.
    """
    with acting_as(OUTBOX, "outbox"):
        due = _taken(now)
    if not due:
        return Post()
    outcomes = _sent(due)
    with acting_as(OUTBOX, "outbox"):
        return _noted(due, outcomes, now)


@dataclass(frozen=True, slots=True)
class _Letter:
    pk: UUID
    reference: str
    address: str
    failures: int
    """How often it will have failed if it fails now."""


def _taken(now: datetime) -> list[_Letter]:
    """What is due, put off to its next try and thereby ours; another worker passes it by."""
    waiting = News.objects.filter(sent_at=None, given_up_at=None, next_try_at__lte=now).order_by(
        "next_try_at"
    )
    rows = waiting.select_for_update(of=("self",), skip_locked=True).values_list(
        "pk", "reference", "account__email", "account__is_active", "tries"
    )[:AT_A_TIME]
    letters = [
        _Letter(pk, reference, email if is_active else "", tries + 1)
        for pk, reference, email, is_active, tries in rows
    ]
    for letter in letters:
        again = next_try(letter.failures, now) or now
        News.objects.filter(pk=letter.pk).update(tries=letter.failures, next_try_at=again)
    return letters


def _sent(letters: Sequence[_Letter]) -> dict[UUID, bool]:
    """Each letter's fortune. No transaction is open: a slow mail server holds up nobody."""
    outcomes: dict[UUID, bool] = {}
    connection = get_connection()
    try:
        for letter in letters:
            if letter.address:
                outcomes[letter.pk] = _goes(letter, connection)
    finally:
        connection.close()
    return outcomes


def _goes(letter: _Letter, connection: BaseEmailBackend) -> bool:
    try:
        return news_mail(letter.pk, letter.reference, letter.address, connection).send() == 1
    except (SMTPException, OSError) as fault:
        log.warning("News %s did not go: %s", letter.reference, type(fault).__name__)
        return False


def _noted(letters: Sequence[_Letter], outcomes: dict[UUID, bool], now: datetime) -> Post:
    sent = [letter.pk for letter in letters if outcomes.get(letter.pk)]
    hopeless = [
        letter.pk
        for letter in letters
        if letter.pk not in outcomes or (not outcomes[letter.pk] and next_try(letter.failures, now) is None)
    ]
    News.objects.filter(pk__in=sent).update(sent_at=now)
    News.objects.filter(pk__in=hopeless).update(given_up_at=now)
    return Post(sent=len(sent), failed=len(letters) - len(sent) - len(hopeless), given_up=len(hopeless))
