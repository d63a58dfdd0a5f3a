"""Two members of staff with their sessions, and a small site whose forms go through the desk."""

import itertools
import re
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from samspil.foundation.access import cookies, wall
from samspil.foundation.accounts.models import Account
from samspil.foundation.desk.models import News
from samspil.foundation.kernel.actor import Actor
from tests.desk import pages
from tests.factories.access import an_actor
from tests.factories.owner import as_owner

NUMBERS = itertools.count(1)


def a_colleague() -> Actor:
    """A member of staff of an authority of their own, with an address for mail."""
    actor = an_actor()
    with as_owner():
        Account.objects.filter(pk=actor.account_id).update(email=f"kollega{next(NUMBERS)}@eksempel.dk")
    return actor


@dataclass
class Desk:
    """One person at a browser."""

    actor: Actor
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def log_in(self) -> "Desk":
        with as_owner():
            account = Account.objects.get(pk=self.actor.account_id)
        self.client.force_login(account)
        self.client.cookies[cookies.name()] = wall.open_session(
            self.actor.account_id, self.actor.membership_id
        )
        return self

    def open(self, path: str) -> dict[str, str]:
        """The fields of the form on a page, as a browser would send them untouched."""
        return fields_of(self.client.get(path).content.decode())

    def news(self) -> int:
        """How often a form has acted."""
        with as_owner():
            return News.objects.count()


def fields_of(page: str) -> dict[str, str]:
    """Hidden fields and texts of the one form on a page."""
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    texts = re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\n?([^<]*)</textarea>', page)
    return {name: unescape(value) for name, value in hidden + texts}


@pytest.fixture
def site(real_roles: Any, settings: Any) -> None:
    """The small site over real roles: commits are real."""
    settings.ROOT_URLCONF = "tests.desk.pages"
    settings.TEMPLATES = [
        {**settings.TEMPLATES[0], "DIRS": [Path(__file__).parent / "templates"]},
    ]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS desk_test_page (id int PRIMARY KEY, text text, place text)"
        )
        cursor.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON desk_test_page TO samspil_app")
        for table in ("news", "draft", "held", "submission", "test_page"):
            cursor.execute(f"DELETE FROM desk_{table}")
        cursor.execute("INSERT INTO desk_test_page VALUES (1, 'Fælles tekst', 'home')")
    pages.RECEIVER[:] = [a_colleague().account_id]


@pytest.fixture
def me(site: None) -> Desk:
    return Desk(a_colleague()).log_in()


@pytest.fixture
def colleague(site: None) -> Desk:
    return Desk(a_colleague()).log_in()
