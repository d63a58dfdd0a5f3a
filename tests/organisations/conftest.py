"""Who is asking, as the database is told."""

from collections.abc import Callable

import pytest
from django.db import connection

from samspil.foundation.kernel.actor import Actor
from tests.factories.owner import as_owner

Acting = Callable[[Actor], None]

CONTEXT = """
CREATE OR REPLACE FUNCTION wall.ctx() RETURNS TABLE (
    account uuid, membership uuid, unit uuid, authority uuid, role text
) LANGUAGE sql STABLE AS $$ SELECT '{0}'::uuid, '{1}'::uuid, '{2}'::uuid, '{3}'::uuid, '{4}' $$;
"""


@pytest.fixture
def acting(db: None) -> Acting:
    """Let the database believe, in this test's transaction, that this actor asks."""

    def act(actor: Actor) -> None:
        words = (actor.account_id, actor.membership_id, actor.unit_id, actor.authority_id, actor.role_key)
        with as_owner(), connection.cursor() as cursor:
            cursor.execute(CONTEXT.format(*words))

    return act
