"""Log-ins of these tests."""

import pytest
from django.core.cache import cache

from tests.factories.accounts import an_account
from tests.factories.owner import as_owner


@pytest.fixture(autouse=True)
def empty_cache():
    """Rate limits count in the cache: each test begins with none used."""
    cache.clear()


@pytest.fixture(autouse=True)
def after_login(settings):
    """Where a log-in leads, without the page above these that asks for whom one works."""
    settings.LOGIN_REDIRECT_URL = "mfa_index"


@pytest.fixture
def anne(db):
    with as_owner():
        return an_account("anne.holm")
