"""`samspil catalogue`: the exact shape, and the first error on stderr with 2."""

import json
import os
import shutil
import subprocess
import sys

from samspil.collaboration.catalogue import loading
from samspil.doors.cli.main import main

FIELDS = ["key", "kind", "professions", "models", "steps", "title", "checked_on", "words"]
KINDS = {"knowledge", "structure", "method", "tool", "best-practice", "implementation", "leaflet"}


def test_the_list_has_its_shape(capsys):
    assert main(["catalogue", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [list(row) for row in rows] == [FIELDS] * len(loading.catalogue())
    assert {row["kind"] for row in rows} == KINDS
    assert all(row["words"] > 40 and row["checked_on"] == "2026-11-22" for row in rows)
    [talk] = [row for row in rows if row["key"] == "talk-with-children-about-illness"]
    assert talk["title"] == "Tal med børn om en forælders sygdom"
    assert talk["models"] == ["via-family", "bti"]
    assert "via-family/psychoeducation" in talk["steps"]


def test_it_needs_no_settings_and_no_database():
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO", "DATABASE"))}
    code = "import sys; from samspil.doors.cli.main import main; sys.exit(main(['catalogue', '--json']))"
    ran = subprocess.run([sys.executable, "-c", code], env=bare, capture_output=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert json.loads(ran.stdout)


def test_people_get_titles_and_figures(capsys):
    assert main(["catalogue"]) == 0
    assert "tool-safety-plan: Tryghedsplan (" in capsys.readouterr().out


def test_the_first_error_stands_on_stderr(tmp_path, capsys):
    root = tmp_path / "definitions"
    shutil.copytree(loading.ROOT, root)
    path = root / "catalogue" / "tool-safety-plan" / "entry.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("via-family/safety-plan\n", "via-family/nothing\n"),
        encoding="utf-8",
    )
    for command in (["catalogue", "--json"], ["definitions", "--json"]):
        assert main([*command, "--root", str(root)]) == 2
        caught = capsys.readouterr()
        assert caught.out == ""
        assert "entry.yaml:8: steps[0]: there is no 'via-family/nothing'" in caught.err
