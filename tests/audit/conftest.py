"""Fixtures of the log's tests."""

import random
from pathlib import Path
from typing import Any

import pytest

from tests import database as own_database
from tests.audit.writing import SealedLog, write_and_seal
from tests.database import Database


@pytest.fixture(scope="module")
def sealed_log(
    fresh_database: Database, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> SealedLog:
    """160 rows of four chains under a dozen seals or more."""
    anchor: Path = tmp_path_factory.mktemp("anchor")
    with (
        django_db_blocker.unblock(),
        own_database.pointing_at(fresh_database),
        pytest.MonkeyPatch.context() as p,
    ):
        from django.conf import settings

        p.setattr(settings, "SAMSPIL_LOG_ALIAS", "door")
        write_and_seal(anchor, random.Random(5), batches=8, rows=20)
    return SealedLog(fresh_database, anchor)
