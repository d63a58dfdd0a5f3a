"""Mail: with the act or not at all, and never a word of what it is about."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from smtplib import SMTPException
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.utils.translation import override

from samspil.foundation.accounts.models import Account
from samspil.foundation.desk import actions
from samspil.foundation.desk.mail import news_mail
from samspil.foundation.desk.models import News
from samspil.foundation.organisations.models import Authority, Staff, Unit
from tests.desk.conftest import Desk
from tests.desk.test_races import together
from tests.factories.access import acting
from tests.factories.owner import as_owner

NOON = datetime(2026, 11, 19, 12, tzinfo=UTC)
TEMPLATES = Path("samspil/foundation/desk/templates/desk/mail")


class Down(EmailBackend):
    """A mail server that takes nothing."""

    def send_messages(self, messages: Any) -> int:
        raise SMTPException("550 mailbox of Noah does not exist")


def tell(me: Desk, colleague: Desk, about: UUID | None = None) -> None:
    with acting(me.actor) as actor:
        actions.announce(actor=actor, to=[colleague.actor.account_id], about=about or uuid4(), now=NOON)


def news() -> News:
    with as_owner():
        return News.objects.get()


class TestWords:
    @pytest.mark.parametrize("language", ["da", "en"])
    def test_hold_nothing_of_anybody_whatever_is_in_the_database(
        self, me: Desk, colleague: Desk, language: str
    ) -> None:
        canaries = [f"KANARIE{language}{number}" for number in range(6)]
        about = uuid4()
        with as_owner():
            Authority.objects.update(name=canaries[0])
            Unit.objects.update(name=canaries[1])
            Staff.objects.update(name=canaries[2], title=canaries[3], phone=canaries[4])
            Account.objects.filter(pk=me.actor.account_id).update(login=canaries[5].lower())
        tell(me, colleague, about)

        with override(language):
            assert actions.send_outbox(now=NOON) == actions.Post(sent=1)

        whole = mail.outbox[0].message().as_bytes().decode()
        for canary in [
            *canaries,
            str(about),
            about.hex,
            str(me.actor.account_id),
            str(colleague.actor.account_id),
        ]:
            assert canary.lower() not in whole.lower()
        assert "http" not in mail.outbox[0].body

    def test_are_these(self) -> None:
        letter = news_mail(uuid4(), "ABCD-2345", "k@eksempel.dk", EmailBackend())

        assert letter.subject == "Der er nyt til dig i Samspil"
        assert "Reference: ABCD-2345" in letter.body
        assert "kladde" not in letter.body

    def test_templates_can_say_nothing_but_the_reference(self) -> None:
        for template in TEMPLATES.iterdir():
            assert set(re.findall(r"\{\{\s*([^}]*?)\s*\}\}", template.read_text())) <= {"reference"}, template

    def test_the_reference_means_nothing_and_is_never_twice_the_same(self) -> None:
        references = {actions.outbox.new_reference() for _ in range(1000)}

        assert len(references) == 1000
        assert all(re.fullmatch(r"[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}", one) for one in references)


class TestSending:
    def test_once_with_the_act(self, me: Desk, colleague: Desk) -> None:
        tell(me, colleague)

        assert actions.send_outbox(now=NOON) == actions.Post(sent=1)
        assert actions.send_outbox(now=NOON + timedelta(days=1)) == actions.Post()
        assert mail.outbox[0].to == [_address(colleague)]
        assert news().sent_at == NOON

    def test_not_at_all_when_the_act_came_to_nothing(self, me: Desk, colleague: Desk) -> None:
        with acting(me.actor) as actor:
            actions.announce(actor=actor, to=[colleague.actor.account_id], about=uuid4(), now=NOON)
            transaction.set_rollback(True)

        assert actions.send_outbox(now=NOON) == actions.Post()

    def test_never_to_oneself_and_once_to_each(self, me: Desk, colleague: Desk) -> None:
        them = [colleague.actor.account_id, me.actor.account_id, colleague.actor.account_id]
        with acting(me.actor) as actor:
            actions.announce(actor=actor, to=them, about=uuid4(), now=NOON)

        assert actions.send_outbox(now=NOON) == actions.Post(sent=1)

    def test_again_later_when_the_server_is_down_and_given_up_at_last(
        self, me: Desk, colleague: Desk, settings: Any, caplog: pytest.LogCaptureFixture
    ) -> None:
        tell(me, colleague)
        settings.EMAIL_BACKEND = f"{__name__}.Down"
        now, posts = NOON, []
        while not (letter := news()).given_up_at:
            now = max(now, letter.next_try_at)
            posts.append(actions.send_outbox(now=now))

        assert posts == [actions.Post(failed=1)] * 7 + [actions.Post(given_up=1)]
        assert now - NOON > timedelta(days=2)
        assert "Noah" not in caplog.text
        assert "eksempel.dk" not in caplog.text

    def test_succeeds_when_the_server_is_back(self, me: Desk, colleague: Desk, settings: Any) -> None:
        tell(me, colleague)
        working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.Down"
        actions.send_outbox(now=NOON)
        settings.EMAIL_BACKEND = working

        assert actions.send_outbox(now=NOON + timedelta(seconds=59)) == actions.Post()
        assert actions.send_outbox(now=NOON + timedelta(seconds=60)) == actions.Post(sent=1)

    def test_who_has_no_address_is_given_up_and_holds_up_nobody(self, me: Desk, colleague: Desk) -> None:
        tell(me, colleague)
        with as_owner():
            Account.objects.filter(pk=colleague.actor.account_id).update(email="")

        assert actions.send_outbox(now=NOON) == actions.Post(given_up=1)

    def test_two_workers_at_once_send_each_mail_once(self, me: Desk, colleague: Desk) -> None:
        for number in range(20):
            tell(me, colleague)
            posts = together(*[lambda: actions.send_outbox(now=NOON)] * 2)

            assert sum(post.sent for post in posts) == 1, number

        assert len({letter.extra_headers["Message-ID"] for letter in mail.outbox}) == 20


def _address(desk: Desk) -> str:
    with as_owner():
        return Account.objects.get(pk=desk.actor.account_id).email
