"""Who is asking, as the database is told."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from samspil.foundation.kernel.actor import Actor
from tests.factories import access

Acting = Callable[[Actor], object]


@pytest.fixture
def acting(db: None) -> Iterator[Acting]:
    """Let this actor stand before the wall for the rest of the test."""
    with ExitStack() as stack:
        yield lambda actor: stack.enter_context(access.acting(actor))
