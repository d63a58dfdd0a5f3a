"""What one process publishes, every other knows at its next request, and none asks more for it."""

import os
import subprocess
import sys
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samspil.collaboration.programmes import actions, queries
from samspil.foundation.access import wall
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.roles import RoleKey
from tests.database import Database
from tests.factories.access import acting, an_actor
from tests.factories.models import TODAY, a_variant, adopted, an_administrator, an_adviser, own_step
from tests.factories.owner import as_owner
from tests.server import ROOT

OLD, NEW = ("styrket-familiebehandling", "2020"), ("styrket-familiebehandling", "2023")
PUBLISH = """
import sys, django
django.setup()
from uuid import UUID
from samspil.collaboration.programmes import actions
from samspil.foundation.access import wall
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.roles import RoleKey
ids = [UUID(one) for one in sys.argv[1:]]
with wall.acting_as(Actor(*ids[:4], RoleKey.IMPLEMENTATION_ADVISER), "besluttet") as actor:
    actions.publish_version(actor=actor, version=ids[4], words="Besluttet.")
"""


def published_elsewhere(adviser: Actor, version: UUID, database: Database) -> None:
    """Another process of the house publishes a version."""
    who = (adviser.account_id, adviser.membership_id, adviser.unit_id, adviser.authority_id, version)
    subprocess.run(
        [sys.executable, "-c", PUBLISH, *(str(one) for one in who)],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test", **database.environment()},
        check=True,
    )


def is_draft(reader: Actor, version: UUID) -> bool:
    """What a request of this process says of a version."""
    with acting(reader):
        return queries.definition(version).draft_notice is not None


def stored(name: tuple[str, str]) -> UUID:
    """A version as its owner wrote it, with all the others in place."""
    with as_owner():
        actions.load_programmes(using="default")
    found = queries.version_of(*name)
    assert found is not None
    return found.pk


class TestInEveryProcess:
    def test_a_publication(self, real_roles):
        version, adviser, reader = stored(NEW), an_adviser(), an_actor(RoleKey.CASEWORKER)
        poul = an_administrator()
        row = adopted(poul, version, variant=a_variant(version, adds=(own_step(version),)))
        assert is_draft(reader, version)
        assert is_draft(reader, row.runs_id)
        with acting(reader):
            local = queries.local_version(row.runs_id)
        assert local is not None
        assert local.written.draft_notice is not None

        published_elsewhere(adviser, version, real_roles)

        assert not is_draft(reader, version)
        assert not is_draft(reader, row.runs_id)
        with acting(reader), CaptureQueriesContext(connection) as asked:
            local = queries.local_version(row.runs_id)
            assert local is not None
            assert local.written.draft_notice is None
            known = len(asked)
            queries.local_version(row.runs_id)
            queries.definition(version)
            assert len(asked) == known, "asked once, then remembered again"
        with wall.entering(""):
            assert queries.definition(version).draft_notice is None

    def test_a_process_that_does_not_look_says_draft_for_ever(self, real_roles, monkeypatch):
        """The broken twin: without the number the page would stay wrong until the process starts again."""
        version, adviser, reader = stored(OLD), an_adviser(), an_actor(RoleKey.CASEWORKER)
        monkeypatch.setattr(queries, "PUBLISHED", "nothing.rides")
        assert is_draft(reader, version)
        published_elsewhere(adviser, version, real_roles)
        assert is_draft(reader, version)

    def test_an_adoption(self, real_roles):
        """It is asked for anew each time, so nothing has to be told."""
        version, poul = stored(("bti", "2012-adapted-2024")), an_administrator()
        assert queries.version_to_run(poul.authority_id, version, TODAY) == version
        row = adopted(poul, version, variant=a_variant(version, adds=(own_step(version),)))
        assert queries.version_to_run(poul.authority_id, version, TODAY) == row.runs_id


@pytest.mark.django_db
def test_the_number_rides_along_and_costs_no_statement():
    with CaptureQueriesContext(connection) as asked, wall.entering(""):
        assert wall.ridden(queries.PUBLISHED) == 0
    assert not asked.captured_queries
    assert wall.ridden(queries.PUBLISHED) is None
