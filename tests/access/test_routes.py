"""Every page declares who may come in and what its visit is called."""

import pytest

from samspil.foundation.access import routes
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.routes import Gate

SHOWS_NOTHING_OF_ANYBODY = {
    "web:language",
    "web:design",
    "workplace:health",
    "account_login",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "account_inactive",
    "account_logout",
    "organisations:first_password",
    "catalogue:catalogue",
    "catalogue:entry",
    "catalogue:leaflet",
    "law:provision",
    "law:provisions",
    "programmes:choose",
    "programmes:models",
    "programmes:compare",
    "programmes:model",
    "programmes:picture",
    "programmes:step",
    "programmes:try",
    "programmes:try_add",
    "rollout:initiatives",
    "rollout:initiative",
}


@pytest.mark.parametrize("urlconf", ["config.urls"])
def test_every_route_has_declared_its_policy_and_its_event(urlconf: str) -> None:
    found = list(routes.every_route(urlconf))
    assert len(found) > 20
    assert [name for name, _path, route in found if route is None] == []
    assert all(route and route.event for _name, _path, route in found)


def test_public_pages_are_these_and_no_others() -> None:
    public = {
        name
        for name, _path, route in routes.every_route("config.urls")
        if route and route.policy == Gate.PUBLIC
    }

    assert public <= SHOWS_NOTHING_OF_ANYBODY


def test_an_undeclared_page_is_found() -> None:
    missing = [
        name for name, _path, route in routes.every_route("tests.access.example.site") if route is None
    ]

    assert missing == ["undeclared"]


def test_a_policy_is_a_gate_or_a_permission() -> None:
    for _name, _path, route in routes.every_route("config.urls"):
        assert route is None or isinstance(route.policy, Gate | Permission)
