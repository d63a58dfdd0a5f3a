"""Name and password: one way in, and nothing told to those outside."""

import re
import time

import pytest
from django.contrib.auth import hashers
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from tests.factories.accounts import PASSWORD, an_account
from tests.factories.owner import as_owner

pytestmark = pytest.mark.django_db


def log_in(client, login="anne.holm", password=PASSWORD):
    return client.post(reverse("account_login"), {"login": login, "password": password})


def text_of(response):
    """The page without what differs at every request, and without the name that was typed."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", response.content.decode())
    page = re.sub(r"hx-headers=\'[^\']*\'", "", page)
    return re.sub(r'value="[a-z.]*"', "", page)


class TestTheWayIn:
    def test_opens_with_name_and_password(self, client, anne):
        response = log_in(client)

        assert response.status_code == 302
        assert client.session["_auth_user_id"] == str(anne.pk)

    def test_does_not_mind_capital_letters_in_the_name(self, client, anne):
        assert log_in(client, "Anne.Holm").status_code == 302

    def test_leads_to_the_page_that_was_asked_for_but_to_no_other_site(self, client, anne):
        for asked, reached in [
            ("/account/password/", "/account/password/"),
            ("//evil.example/", "/account/"),
        ]:
            client.logout()
            response = client.post(
                reverse("account_login"), {"login": "anne.holm", "password": PASSWORD, "next": asked}
            )
            assert response.url == reached

    def test_gives_the_session_a_new_key(self, client, anne):
        client.get(reverse("account_login"))
        session = client.session
        session["before"] = 1
        session.save()
        client.cookies["sessionid"] = session.session_key

        log_in(client)

        assert client.session.session_key != session.session_key


class TestAClosedDoor:
    def test_says_the_same_for_a_wrong_password_and_an_unknown_name(self, client, anne):
        wrong, unknown = log_in(client, password="forkert"), log_in(client, "anna.holm")

        assert wrong.status_code == unknown.status_code == 200
        assert text_of(wrong) == text_of(unknown)
        assert dict(wrong.headers).keys() == dict(unknown.headers).keys()
        assert "_auth_user_id" not in client.session

    def test_takes_the_same_time_for_both(self, client, anne, settings, monkeypatch):
        """The slow part, the hash of the password, is worked out once either way."""
        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
        with as_owner():
            anne.set_password(PASSWORD)
            anne.save()
        work = []
        encode = hashers.PBKDF2PasswordHasher.encode

        def counted(self, password, salt, iterations=None):
            began = time.perf_counter()
            value = encode(self, password, salt, iterations)
            work.append((iterations or self.iterations, time.perf_counter() - began))
            return value

        monkeypatch.setattr(hashers.PBKDF2PasswordHasher, "encode", counted)
        log_in(client, password="forkert")
        known = [rounds for rounds, _ in work]
        work.clear()
        log_in(client, "anna.holm")

        assert known == [rounds for rounds, _ in work] == [hashers.PBKDF2PasswordHasher.iterations]

    def test_stays_closed_after_five_wrong_tries(self, client, anne):
        for _ in range(5):
            log_in(client, password="forkert")

        assert log_in(client).status_code == 200
        assert "_auth_user_id" not in client.session

    def test_is_closed_to_an_account_that_is_closed(self, client):
        with as_owner():
            an_account("gone", is_active=False)

        assert log_in(client, "gone").url == reverse("account_inactive")
        assert "_auth_user_id" not in client.session

    def test_ends_the_session_of_an_account_that_is_closed(self, client, anne):
        log_in(client)
        with as_owner():
            anne.is_active = False
            anne.save()

        assert client.get(reverse("mfa_index")).status_code == 302

    @pytest.mark.parametrize("name", ["account_signup", "account_email", "account_reset_password"])
    def test_has_no_page_to_make_an_account_or_to_send_mail(self, name):
        from django.urls import NoReverseMatch

        with pytest.raises(NoReverseMatch):
            reverse(name)


class TestLogOut:
    def test_asks_first_and_then_ends_the_session(self, client, anne):
        log_in(client)
        assert client.get(reverse("account_logout")).status_code == 200
        assert "_auth_user_id" in client.session

        client.post(reverse("account_logout"))

        assert "_auth_user_id" not in client.session


class TestChangePassword:
    def test_logs_out_and_opens_with_the_new_one(self, client, anne):
        log_in(client)
        new = "en anden lang sætning"
        response = client.post(
            reverse("account_change_password"),
            {"oldpassword": PASSWORD, "password1": new, "password2": new},
        )

        assert response.status_code == 302
        assert "_auth_user_id" not in client.session
        assert log_in(client, password=new).status_code == 302

    @pytest.mark.parametrize("bad", ["kort", "password1234", "anne.holm.anne"])
    def test_refuses_a_password_that_is_easy_to_guess(self, client, anne, bad):
        log_in(client)
        client.post(
            reverse("account_change_password"),
            {"oldpassword": PASSWORD, "password1": bad, "password2": bad},
        )

        anne.refresh_from_db()
        assert anne.check_password(PASSWORD)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO accounts_account SELECT * FROM accounts_account",
        "DELETE FROM accounts_account",
        "UPDATE accounts_account SET login = 'x'",
        "UPDATE accounts_account SET is_active = true",
        "UPDATE accounts_account SET is_demo = false",
        "UPDATE accounts_account SET is_citizen = false",
        "UPDATE accounts_account SET id = gen_random_uuid()",
    ],
)
def test_the_application_makes_and_changes_no_account(anne, statement):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)


def test_who_has_no_password_is_told_so_where_it_is_changed(client, anne):
    log_in(client)
    with as_owner():
        anne.set_unusable_password()
        anne.save()
    client.force_login(anne)

    response = client.get(reverse("account_change_password"), follow=True)

    assert response.status_code == 200
    assert "Der er ingen at skifte" in response.content.decode()
