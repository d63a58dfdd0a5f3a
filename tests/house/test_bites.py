"""Every test of the house is shown a planted offence, and a sound piece of work beside it."""

import ast
import socket
from pathlib import PurePath

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import YES, Decision
from samspil.foundation.kernel.gate import POLICIES, policy
from samspil.foundation.kernel.permissions import Permission
from tests.house import inspection
from tests.house.inspection import Floors
from tests.network import NetworkClosedError

FLOORS = Floors.of(
    [
        {"id": "wings", "layers": ["doors", "(collaboration)", "foundation"]},
        {"id": "doors", "layers": ["(cli)", "(workplace) | (portal)"]},
        {"id": "collaboration", "layers": ["(plans) | (measures)", "(courses)"]},
        {"id": "foundation", "layers": ["(organisations)", "(accounts) | (audit)", "kernel"]},
    ]
)
PLANS, MEASURES = "samspil.collaboration.plans", "samspil.collaboration.measures"
COURSES, ACCOUNTS = "samspil.collaboration.courses", "samspil.foundation.accounts"


def test_a_second_policy_is_refused(monkeypatch: pytest.MonkeyPatch):
    def anybody(actor: Actor, thing: object) -> Decision:
        return YES

    monkeypatch.setitem(POLICIES, Permission.LOG_VIEW, anybody)
    with pytest.raises(ValueError, match="two policies"):
        policy(Permission.LOG_VIEW)(anybody)


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("from django.http import HttpResponse", True),
        ("import django.shortcuts", True),
        ("def f():\n    from django.template.loader import render_to_string", True),
        ("from django.db import models", False),
    ],
)
def test_http_below_the_views(code: str, found: bool):
    assert bool(inspection.http_below_the_views(ast.parse(code))) is found


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("date.today()", True),
        ("timezone.now()", True),
        ("today()", True),
        ("Plan.objects.filter(x=1)", True),
        ("def f(today): return today > plan.agreed_on", False),
    ],
)
def test_impure_rules(code: str, found: bool):
    assert bool(inspection.impurities(ast.parse(code))) is found


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("plan.save()", True),
        ("form.save(commit=False)", True),
        ("Plan.objects.create(title='x')", True),
        ("Plan.objects.filter(pk=1).exclude(x=2).update(title='x')", True),
        ("plan.goals.all()", False),
        ("words.update(more)", False),
    ],
)
def test_writing_outside_the_actions(code: str, found: bool):
    assert bool(inspection.writes(ast.parse(code))) is found


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("samspil/collaboration/plans/actions.py", "actions"),
        ("samspil/collaboration/plans/actions/agree.py", "actions"),
        ("samspil/collaboration/plans/views.py", "views"),
    ],
)
def test_rooms_are_told_apart(file: str, name: str):
    assert inspection.room(PurePath(file)) == name


@pytest.mark.parametrize(
    ("source", "target", "down"),
    [
        (PLANS, COURSES, True),
        (PLANS, PLANS, True),
        (PLANS, ACCOUNTS, True),
        (COURSES, PLANS, False),
        (PLANS, MEASURES, False),
        (ACCOUNTS, COURSES, False),
    ],
)
def test_leaning_up(source: str, target: str, down: bool):
    assert bool(inspection.leaning_up(FLOORS, [(source, target)])) is not down


def test_other_peoples_apps_may_lean_on_ours():
    assert not inspection.leaning_up(FLOORS, [("allauth.account", ACCOUNTS), (PLANS, "django.contrib.auth")])


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ('<p style="color: red">', True),
        ("<script>alert(1)</script>", True),
        ('<a onclick="go()">', True),
        ("{{ text|safe }}", True),
        ('<script src="{% static "x.js" %}" defer></script>', False),
        ('<script type="application/json" id="data">{}</script>', False),
        ("{% comment %} style= stands in words here {% endcomment %}<p>", False),
        ('<c-card title="x" :person="y">', False),
    ],
)
def test_inline_parts(template: str, found: bool):
    assert bool(inspection.inline_parts(template)) is found


def test_a_component_without_a_contract():
    assert inspection.states_its_contract("{% comment %}\nA card.\n{% endcomment %}")
    assert not inspection.states_its_contract("<c-vars title />")


def _unrendered(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<p><c-card /></p>")


_unrendered.login_required = False  # type: ignore[attr-defined]  # what login_not_required does
urlpatterns = [path("unrendered", _unrendered)]


@pytest.mark.urls(__name__)
@pytest.mark.django_db
def test_an_unrendered_component_fails_the_test_that_meets_it(client: Client):
    with pytest.raises(AssertionError, match="component"):
        client.get("/unrendered")


@pytest.mark.parametrize(
    "file",
    [
        "uv.lock",
        "a/node_modules/x.js",
        "samspil/web/static/vendor/dkfds.css",
        "x/htmx.min.js",
        "x/plex.woff2",
    ],
)
def test_foreign_files(file: str):
    assert inspection.foreign_files([file, "samspil/a.py"]) == [file]


def test_addresses_in_locks():
    assert inspection.addresses('"resolved": "https://registry.example/x.tgz"')
    assert not inspection.addresses("django==5.2.19 \\\n    --hash=sha256:00")


def test_links_of_a_page():
    text = "[a](docs/a.md) [b](https://example.org) [c](#here) [d](b.md#part)"
    assert inspection.links(text) == ["docs/a.md", "b.md"]


def test_another_machine_is_out_of_reach():
    with socket.socket() as other, pytest.raises(NetworkClosedError):
        other.connect(("192.0.2.1", 80))
