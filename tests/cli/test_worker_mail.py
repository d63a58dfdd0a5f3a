"""The worker as a process: mail that waits is sent once."""

import os
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

from samspil.foundation.accounts.models import Account
from samspil.foundation.desk import actions
from samspil.foundation.kernel import clock
from tests.database import Database
from tests.factories.access import acting, an_actor
from tests.factories.owner import as_owner


def one_round(database: Database, var: Path) -> "subprocess.CompletedProcess[str]":
    environment = database.environment() | {
        "SAMSPIL_ANCHOR": str(var / "anchor"),
        "SAMSPIL_VAR": str(var),
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
    }
    command = [sys.executable, "-m", "samspil.doors.cli.main", "worker", "--once"]
    return subprocess.run(command, capture_output=True, check=False, env=os.environ | environment, text=True)


def test_one_round_sends_the_mail_that_waits_and_the_next_one_none(
    real_roles: Database, tmp_path: Path
) -> None:
    writer, colleague = an_actor(), an_actor()
    with as_owner():
        Account.objects.filter(pk=colleague.account_id).update(email="kollega@eksempel.dk")
    with acting(writer):
        actions.announce(actor=writer, to=[colleague.account_id], about=uuid4(), now=clock.now())

    done = one_round(real_roles, tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    [letter] = (tmp_path / "mail").iterdir()
    assert "To: kollega@eksempel.dk" in letter.read_text()
    assert one_round(real_roles, tmp_path).returncode == 0
    assert len(list((tmp_path / "mail").iterdir())) == 1
