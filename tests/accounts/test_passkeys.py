"""Passkeys in a real browser, with Chromium's virtual authenticator instead of a finger."""

import pytest
from playwright.sync_api import expect

from tests.database import pointing_at
from tests.factories.accounts import PASSWORD

pytestmark = [pytest.mark.browser]

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def anne(fresh_database, django_db_blocker):
    """An account in the database that the server stands in front of."""
    from django.db import transaction

    with django_db_blocker.unblock(), pointing_at(fresh_database):
        account = an_account_in("owner")
        yield account
        with transaction.atomic(using="owner"):
            account.authenticator_set.using("owner").all().delete()
            account.delete(using="owner")


def an_account_in(alias):
    from samspil.foundation.accounts.models import Account

    account = Account(login="anne.holm")
    account.set_password(PASSWORD)
    account.save(using=alias)
    return account


@pytest.fixture
def finger(page):
    """A device in the browser that says yes by itself; gives back how to make it say no."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    added = session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})

    def is_verified(value):
        words = {"authenticatorId": added["authenticatorId"], "isUserVerified": value}
        session.send("WebAuthn.setUserVerified", words)

    return is_verified


def log_in_with_password(page, server):
    page.goto(server.url("/login/?next=/account/"))
    page.get_by_label("Brugernavn").fill("anne.holm")
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.get_by_role("button", name="Log ind", exact=True).click()


def add_passkey(page, server):
    log_in_with_password(page, server)
    page.get_by_role("link", name="Tilføj en adgangsnøgle").click()
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.get_by_role("button", name="Bekræft").click()
    page.get_by_label("Navn").fill("Min bærbare")
    page.get_by_role("button", name="Tilføj adgangsnøglen").click()
    page.get_by_role("link", name="Jeg har gemt dem").click()


def log_in_with_passkey(page, server):
    page.goto(server.url("/login/?next=/account/"))
    page.get_by_role("button", name="Log ind med en adgangsnøgle").click()


def test_a_passkey_is_added_and_opens_alone(page, live_server_process, anne, finger):
    add_passkey(page, live_server_process)
    expect(page.get_by_text("Du har 1 adgangsnøgle")).to_be_visible()
    page.context.clear_cookies()

    log_in_with_passkey(page, live_server_process)

    expect(page.get_by_role("heading", name="Dit login")).to_be_visible()


def test_a_password_alone_opens_no_longer(page, live_server_process, anne, finger):
    add_passkey(page, live_server_process)
    page.context.clear_cookies()

    log_in_with_password(page, live_server_process)
    expect(page.get_by_role("heading", name="Andet trin")).to_be_visible()
    page.goto(live_server_process.url("/account/"))
    expect(page.get_by_role("heading", name="Dit login")).not_to_be_visible()

    page.goto(live_server_process.url("/login/second-factor/"))
    page.get_by_role("button", name="Brug din adgangsnøgle").click()
    expect(page.get_by_role("heading", name="Dit login")).to_be_visible()


def test_a_stranger_at_the_device_does_not_come_in(page, live_server_process, anne, finger):
    add_passkey(page, live_server_process)
    page.context.clear_cookies()
    finger(False)

    log_in_with_passkey(page, live_server_process)
    page.wait_for_timeout(500)

    page.goto(live_server_process.url("/account/"))
    expect(page.get_by_role("heading", name="Log ind", exact=True)).to_be_visible()
