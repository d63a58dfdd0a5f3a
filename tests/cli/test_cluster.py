"""The server of one's own: made, started, stopped, found again."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


def test_tests_speak_as_the_application():
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user, current_user, current_setting('statement_timeout')")
        assert cursor.fetchall() == [("samspil_test", "samspil_app", "5s")]
