"""A second factor: an app with codes, recovery codes, and where one is demanded."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.urls import reverse

from tests.accounts.test_login import log_in
from tests.factories.accounts import PASSWORD, an_account
from tests.factories.owner import as_owner

pytestmark = pytest.mark.django_db


def code_of(secret, *, steps=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def confirm(client, password=PASSWORD):
    """Show once more that it is you, as every change of log-in asks."""
    return client.post(reverse("account_reauthenticate"), {"password": password})


@pytest.fixture
def app(client, anne):
    """Anne is logged in and has set up an app; its secret and the recovery codes she was shown."""
    log_in(client)
    confirm(client)
    page = client.get(reverse("mfa_activate_totp"))
    secret = re.search(r'id="authenticator_secret">([A-Z2-7]+)<', page.content.decode()).group(1)
    response = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)}, follow=True)
    codes = re.findall(r"<li><code>(\d+)</code>", response.content.decode())
    return secret, codes


class TestAnApp:
    def test_is_set_up_only_by_one_who_shows_again_that_it_is_you(self, client, anne):
        log_in(client)
        assert client.get(reverse("mfa_activate_totp")).url.startswith(reverse("account_reauthenticate"))

        confirm(client, "forkert")
        assert client.get(reverse("mfa_activate_totp")).status_code == 302

        confirm(client)
        assert client.get(reverse("mfa_activate_totp")).status_code == 200

    def test_is_asked_for_at_the_next_log_in(self, client, app):
        client.logout()

        response = log_in(client)

        assert response.url == reverse("mfa_authenticate")
        assert "_auth_user_id" not in client.session
        assert client.get(reverse("mfa_index")).status_code == 302

        client.post(reverse("mfa_authenticate"), {"code": "000000"})
        assert "_auth_user_id" not in client.session

        client.post(reverse("mfa_authenticate"), {"code": code_of(app[0], steps=1)})
        assert "_auth_user_id" in client.session

    def test_who_has_no_passkey_is_offered_none(self, client, app):
        client.logout()
        page = client.get(log_in(client).url).content.decode()
        assert "passkey_use" not in page
        assert 'name="code"' in page

    def test_keeps_its_secret_sealed_in_the_database(self, app):
        [row] = Authenticator.objects.filter(type="totp")
        assert app[0] not in str(row.data)

    def test_is_removed_by_its_owner_where_none_is_demanded(self, client, app):
        client.post(reverse("mfa_deactivate_totp"))
        assert not Authenticator.objects.filter(type="totp").exists()


class TestRecoveryCodes:
    def test_each_opens_once(self, client, app):
        _secret, codes = app
        assert len(codes) == 10

        for try_, is_open in [(1, True), (2, False)]:
            client.logout()
            log_in(client)
            client.post(reverse("mfa_authenticate"), {"code": codes[0]})
            assert ("_auth_user_id" in client.session) == is_open, try_


class TestWhereOneIsDemanded:
    @pytest.fixture(autouse=True)
    def demanded(self, settings):
        settings.SAMSPIL_DEMANDS_SECOND_FACTOR = True

    def test_staff_without_one_reach_only_the_pages_to_set_one_up(self, client, anne):
        log_in(client)
        confirm(client)

        assert client.get(reverse("account_change_password")).url == reverse("mfa_index")
        assert client.get(reverse("organisations:overview")).url == reverse("mfa_index")
        for name in ("mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_logout"):
            assert client.get(reverse(name)).status_code == 200, name

    def test_staff_with_one_go_on(self, client, app):
        assert client.get(reverse("account_change_password")).status_code == 200

    def test_the_last_one_cannot_be_taken_away(self, client, app):
        client.post(reverse("mfa_deactivate_totp"))
        assert Authenticator.objects.filter(type="totp").exists()

    def test_the_last_passkey_stays_too(self, client, anne):
        log_in(client)
        confirm(client)
        key = Authenticator.objects.create(user=anne, type="webauthn", data={"name": "Nøgle"})

        response = client.post(reverse("mfa_remove_webauthn", kwargs={"pk": key.pk}))

        assert response.url == reverse("mfa_list_webauthn")
        assert Authenticator.objects.filter(pk=key.pk).exists()

    def test_citizens_are_not_asked(self, client):
        with as_owner():
            an_account("borger", is_citizen=True)
        log_in(client, "borger")

        assert client.get(reverse("account_change_password")).status_code == 200
