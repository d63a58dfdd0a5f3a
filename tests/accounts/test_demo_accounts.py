"""Invented humans: made to try the system out, and refused where real ones work."""

import os
import subprocess
import sys

import pytest
from django.urls import reverse

from samspil.foundation.accounts.actions import make_demo_account
from samspil.foundation.accounts.checks import no_demo_accounts_in_production
from samspil.foundation.kernel.decisions import Refused
from tests.accounts.test_login import log_in
from tests.factories.accounts import PASSWORD, an_account
from tests.factories.owner import as_owner


@pytest.mark.django_db
class TestInProduction:
    @pytest.fixture
    def demo(self):
        with as_owner():
            return make_demo_account(login="Demo.Anne", password=PASSWORD, using="default")

    def test_they_log_in_while_trying_out(self, client, demo):
        assert log_in(client, "demo.anne").url == reverse("mfa_index")
        assert no_demo_accounts_in_production(["default"]) == []

    def test_they_are_not_made(self, settings):
        settings.SAMSPIL_ALLOWS_DEMO_ACCOUNTS = False
        with pytest.raises(Refused):
            make_demo_account(login="x", password=PASSWORD, using="default")

    def test_they_do_not_log_in(self, client, demo, settings):
        settings.SAMSPIL_ALLOWS_DEMO_ACCOUNTS = False

        assert log_in(client, "demo.anne").url == reverse("account_inactive")
        assert "_auth_user_id" not in client.session

    def test_an_open_session_ends(self, client, demo, settings):
        log_in(client, "demo.anne")
        settings.SAMSPIL_ALLOWS_DEMO_ACCOUNTS = False

        assert client.get(reverse("mfa_index")).status_code == 302

    def test_the_system_does_not_migrate_while_one_exists(self, demo, settings):
        settings.SAMSPIL_ALLOWS_DEMO_ACCOUNTS = False
        with as_owner():
            an_account("real")

        [error] = no_demo_accounts_in_production(["default"])

        assert error.id == "accounts.E001"


SETTINGS = """
from django.conf import settings as s
print(s.SAMSPIL_DEMANDS_SECOND_FACTOR, s.SAMSPIL_ALLOWS_DEMO_ACCOUNTS)
"""


@pytest.mark.parametrize(
    ("environment", "said"), [("production", "True False"), ("development", "False True")]
)
def test_the_environment_alone_decides(environment, said):
    module = "config.settings.prod" if environment == "production" else "config.settings.dev"
    words = {
        **os.environ,
        "SAMSPIL_ENV": environment,
        "DJANGO_SETTINGS_MODULE": module,
        "SAMSPIL_SECRET_KEY": "x" * 60,
    }
    answer = subprocess.run(
        [sys.executable, "-c", SETTINGS], env=words, capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == said
