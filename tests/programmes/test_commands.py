"""`samspil definitions` and `samspil trace`: exact shapes, JSON alone on stdout, errors on stderr with 2."""

import json
from pathlib import Path

import pytest

from samspil.doors.cli.main import main

OPENED = {"kind": "course.opened", "on": "2026-08-24", "by_role": "region_case_manager"}


def _trace(tmp_path: Path, given: object, on: str = "2026-09-01") -> int:
    path = tmp_path / "facts.json"
    path.write_text(json.dumps(given), encoding="utf-8")
    return main(["trace", "via-family", "2.0-draft", "--facts", str(path), "--on", on, "--json"])


def test_definitions(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["definitions", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert len(rows) == 8
    assert all(row["fidelity_auto_share"] >= 0.7 for row in rows)
    (row,) = [one for one in rows if one["title"] == "VIA Family 2.0"]
    numbers = ("phases", "steps", "core_elements", "adaptable", "fidelity_criteria")
    assert [row[name] for name in numbers] == [5, 31, 7, 5, 9]
    assert set(row["provenance"]) == {"seed", "found", "law", "proposal"}
    assert row["provenance"]["law"] == 2


def test_trace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = {
        "people": [{"id": "a", "born": "2015-02-03", "roles": ["child"]}],
        "facts": [OPENED],
        "answers": {},
    }
    assert _trace(tmp_path, given) == 0
    answer = json.loads(capsys.readouterr().out)
    assert set(answer) == {"eligibility", "occurrences", "fidelity"}
    assert set(answer["fidelity"]) == {"course", "elements", "criteria"}
    names = {"step", "n", "person", "opens", "due", "closes", "state", "responsible", "evidence", "why"}
    assert all(set(one) == names for one in answer["occurrences"])
    by_step = {one["step"]: one for one in answer["occurrences"]}
    assert by_step["advice-talk"]["state"] == "not relevant", "without a chosen track the default holds"
    assert by_step["shared-plan"]["due"] is None
    assert by_step["kickoff-meeting"]["due"] == "2026-09-23"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"facts": [OPENED | {"kind": "course.opend"}]}, "did you mean 'course.opened'"),
        ({"facts": [OPENED | {"attributes": {"colour": "red"}}]}, "colour"),
        ({"facts": [OPENED | {"on": "2026-02-30"}]}, "2026-02-30"),
        ({"facts": [OPENED | {"attributes": []}]}, "must be an object"),
        ({"facts": [OPENED | {"kind": "step.excused", "attributes": {"step": "kickof-meeting"}}]},
         "did you mean 'kickoff-meeting'"),
        ({"facts": [OPENED | {"kind": "track.chosen", "attributes": {"track": "raad"}}]}, "no track 'raad'"),
        ({"facts": [OPENED | {"by_role": "boss"}]}, "boss"),
        ({"facts": [OPENED | {"corrects": "nothing"}]}, "nothing"),
        ({"facts": [{"kind": "report.received", "on": "2026-02-03"}]}, "instant"),
        ({"people": [{"id": "a", "born": "2015-13-01", "roles": []}]}, "2015-13-01"),
        ({"people": [{"id": "a", "roles": ["chlid"]}]}, "did you mean 'child'"),
        ({"people": [{"id": "a", "roles": []}, {"id": "a", "roles": []}]}, "'a' stands 2 times"),
        ({"people": [{"id": "a", "roles": ["child"]}],
          "facts": [{"kind": "child_view.recorded", "on": "2026-02-03", "attributes": {"person": "b"}}]},
         "'b'"),
        ({"answers": {"needs-advise": "yes"}}, "did you mean 'needs-advice'"),
        ({"answers": {"needs-advice": "maybe"}}, "maybe"),
        ({"fact": []}, "unknown field 'fact'"),
        ([], "object"),
    ],
)  # fmt: skip
def test_bad_input(tmp_path: Path, capsys: pytest.CaptureFixture[str], given: object, message: str) -> None:
    assert _trace(tmp_path, given) == 2
    out = capsys.readouterr()
    assert out.out == ""
    assert message in out.err


def test_bad_arguments(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _trace(tmp_path, {}, on="2026-02-29") == 2
    assert _trace(tmp_path, {}, on="9999-12-31") == 2
    assert "--on: '9999-12-31' lies outside" in capsys.readouterr().err
    assert main(["trace", "via-famly", "1", "--facts", str(tmp_path / "no"), "--on", "2026-01-01"]) == 2
    assert "did you mean 'via-family'" in capsys.readouterr().err


def test_definitions_say_where_they_must_be(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["definitions", "--root", str(tmp_path / "site-packages" / "definitions")]) == 2
    out = capsys.readouterr()
    assert out.out == ""
    assert "pip install -e ." in out.err
