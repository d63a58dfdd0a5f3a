"""Tests of the house itself: what no linter we use can see. `test_bites.py` shows that each one bites."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader
from django.test import Client

from samspil.doors.cli import reference
from samspil.foundation.kernel.permissions import Permission
from tests.house import inspection
from tests.house.inspection import Floors, room

ROOT = Path(__file__).resolve().parents[2]
FILES = [path.relative_to(ROOT) for path in sorted((ROOT / "samspil").rglob("*.py"))]
ROOMS = [path for path in FILES if "migrations" not in path.parts]
TEMPLATES = sorted((ROOT / "samspil").rglob("templates/**/*.html"))
COMPONENTS = [path for path in TEMPLATES if "cotton" in path.parts]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "samspil").rglob("*.md")])
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
CONTRACTS = PYPROJECT["tool"]["importlinter"]["contracts"]
FLOORS = Floors.of(CONTRACTS)


def tree(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text())


def tracked_files() -> list[str]:
    command = ["git", "-c", "safe.directory=*", "ls-files"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


# --- rooms -------------------------------------------------------------------------------------------


def test_every_permission_has_exactly_one_policy_once_the_house_stands():
    """In a process that only starts Django: a policy that nobody loads is none."""
    code = (
        "import django; django.setup(); from samspil.foundation.kernel.gate import POLICIES; print(*POLICIES)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) == set(Permission)


@pytest.mark.parametrize("path", [p for p in ROOMS if room(p) in inspection.BELOW_HTTP], ids=str)
def test_http_stays_in_the_views(path: Path):
    assert not inspection.http_below_the_views(tree(path))


@pytest.mark.parametrize("path", [p for p in ROOMS if room(p) == "rules"], ids=str)
def test_rules_read_no_clock_and_no_database(path: Path):
    assert not inspection.impurities(tree(path))


@pytest.mark.parametrize("path", [p for p in ROOMS if room(p) not in inspection.WRITERS], ids=str)
def test_only_actions_write(path: Path):
    assert not inspection.writes(tree(path))


@pytest.mark.parametrize("path", [p for p in ROOMS if p.name != "__init__.py"], ids=str)
def test_every_module_has_a_sign_on_the_door_and_a_home(path: Path):
    assert ast.get_docstring(tree(path))
    assert not {path.stem, *path.parent.parts} & inspection.HOMELESS


# --- floors ------------------------------------------------------------------------------------------


def test_every_app_with_models_stands_under_the_storeys_contract():
    [storeys] = [contract for contract in CONTRACTS if contract["id"] == "storeys"]
    homes = {path.parent for path in ROOMS if path.name == "models.py"}
    homes |= {path.parent.parent for path in ROOMS if path.parent.name == "models"}
    assert homes
    assert set(storeys["containers"]) == {".".join(home.parts) for home in homes}


def test_foreign_keys_point_down():
    pairs = [
        (model._meta.app_config.name, field.related_model._meta.app_config.name)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model
    ]
    assert pairs
    assert not inspection.leaning_up(FLOORS, pairs)


def test_migrations_lean_on_lower_floors_only():
    names = {config.label: config.name for config in apps.get_app_configs()}
    graph = MigrationLoader(None).graph
    pairs = [
        (names[node[0]], names[parent.key[0]])
        for node in graph.nodes
        for parent in graph.node_map[node].parents
    ]
    assert pairs
    assert not inspection.leaning_up(FLOORS, pairs)


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)


def test_the_site_starts_without_heavy_libraries():
    code = "import sys, config.wsgi, config.urls; print(*{m.split('.')[0] for m in sys.modules})"
    command = [sys.executable, "-W", "error", "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "django" in done.stdout.split()
    assert not set(done.stdout.split()) & inspection.HEAVY


# --- templates ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_components_say_what_they_take(path: Path):
    assert inspection.states_its_contract(path.read_text())


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_templates_hold_no_inline_parts(path: Path):
    assert not inspection.inline_parts(path.read_text())


@pytest.mark.django_db
def test_every_page_a_stranger_can_ask_for_answers_in_whole_components(client: Client):
    """`conftest.whole_components` looks at every answer in every test; here at least these are asked."""
    addresses = {route.address for route in reference.routes()}
    assert "/health" in addresses
    for address in addresses | {"/", "/no-such-page"}:
        if not set(address) & set("<(["):
            assert client.get(address).status_code < 500


# --- files -------------------------------------------------------------------------------------------


def test_nothing_that_others_wrote_is_committed():
    files = tracked_files()
    assert "pyproject.toml" in files
    assert not inspection.foreign_files(files)


@pytest.mark.parametrize(
    "name", ["package-lock.json", *(f"requirements/{n}.txt" for n in ("runtime", "dev"))]
)
def test_locks_hold_no_addresses(name: str):
    assert not inspection.addresses((ROOT / name).read_text())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_in_the_documentation_lead_somewhere(page: Path):
    assert [link for link in inspection.links(page.read_text()) if not (page.parent / link).exists()] == []
