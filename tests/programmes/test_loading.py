"""What does not hang together does not load, and the error names file, line, field and the right word."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from samspil.collaboration.programmes import loading
from samspil.foundation.kernel.definitions import DefinitionError

PROGRAMME = Path("programmes/via-family/2.0-draft/programme.yaml")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    root = tmp_path / "definitions"
    shutil.copytree(loading.ROOT, root)
    return root


def test_everything_loads_and_the_schema_is_fresh() -> None:
    library = loading.library()
    assert [(one.key, one.version) for one in library.programmes] == [
        ("bti", "2012-adapted-2024"),
        ("en-familie-en-indgang", "2021-finansiering"),
        ("en-familie-en-indgang", "2022-beslutningskompetence"),
        ("sammen-om-familien", "2021"),
        ("styrket-familiebehandling", "2020"),
        ("styrket-familiebehandling", "2023"),
        ("unge-overgang", "2015"),
        ("via-family", "2.0-draft"),
    ]
    published = (loading.ROOT / "schema" / "programme.schema.json").read_text(encoding="utf-8")
    assert published == loading.json_schema(), "run `samspil definitions --write-schema`"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("susi_phase: modning", "susi_fase: modning", "unknown key 'susi_fase'; did you mean 'susi_phase'?"),
        ("susi_phase: modning", "susi_phase: moden", "susi_phase"),
        ("responsible: leader_region", "responsible: leader_regoin", "did you mean 'leader_region'?"),
        (
            "{fact: need.stated}",
            "{fact: need.statd}",
            "unknown fact kind 'need.statd'; did you mean 'need.stated'?",
        ),
        (
            "where: {kind: kickoff}}, within: P14D",
            "where: {kid: kickoff}}, within: P14D",
            "no attribute 'kid'",
        ),
        ("tool: network-map\n", "tool: network-mop\n", "did you mean 'network-map'?"),
        ("provenance: F18", "provenance: F999", "'F999' is not in sources.yaml"),
        ("provenance: F18", "provenance: someone", "provenance 'someone' is unknown"),
        (
            "due: {clock: childs-plan-3m}",
            "due: {clock: child-plan-3m}",
            "no law has the clock 'child-plan-3m'",
        ),
        ("instrument: sam-s", "instrument: sam-x", "neither exists nor stands in planned.yaml"),
        ("window: P10D", "window: P21D", "the windows of two repeats overlap"),
        ("within: P21D", "within: 21 days", "within"),
        ("- key: needs-overview", "- key: check-target-group", "stands twice"),
        (
            "due: {clock: childs-plan-3m}",
            "due: {after: {each: effort.decided, where: {sector: municipality, plan: true}}, within: P4M}",
            "looser than the law",
        ),
        (
            "due: {clock: childs-plan-3m}",
            "due: {after: course.opened, within: P1M}",
            "starts from effort.decided",
        ),
    ],
)
def test_a_wrong_programme_does_not_load(copy: Path, old: str, new: str, message: str) -> None:
    path = copy / PROGRAMME
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DefinitionError) as error:
        loading.library(copy)
    assert message in str(error.value)
    assert str(error.value).startswith(f"{path}:")


def test_a_stricter_rhythm_than_the_law_loads(copy: Path) -> None:
    path = copy / PROGRAMME
    stricter = "due: {after: {each: effort.decided, where: {sector: municipality, plan: true}}, within: P60D}"
    text = path.read_text(encoding="utf-8").replace("due: {clock: childs-plan-3m}", stricter)
    path.write_text(text, encoding="utf-8")
    one, other = (
        library.programme("via-family", "2.0-draft") for library in (loading.library(copy), loading.library())
    )
    assert one.content_hash != other.content_hash


def test_a_line_is_named(copy: Path) -> None:
    path = copy / PROGRAMME
    text = path.read_text(encoding="utf-8").replace("adoption: whole", "adoption: hole")
    path.write_text(text, encoding="utf-8")
    line = text[: text.index("adoption:")].count("\n") + 1
    with pytest.raises(DefinitionError, match=f":{line}: adoption"):
        loading.library(copy)


@pytest.mark.parametrize(
    "break_it",
    [
        lambda root: (root / "programmes/via-family/2.0-draft/guides/safety-plan.md").unlink(),
        lambda root: (root / PROGRAMME).write_text("key: [", encoding="utf-8"),
        lambda root: (root / PROGRAMME).write_text("key: a\nkey: b\n", encoding="utf-8"),
        lambda root: (root / "sources.yaml").unlink(),
    ],
)
def test_a_broken_folder_does_not_load(copy: Path, break_it: Callable[[Path], object]) -> None:
    break_it(copy)
    with pytest.raises(DefinitionError):
        loading.library(copy)


def test_no_key_is_both_planned_and_there() -> None:
    planned = loading.library().planned
    there_is = loading.existing(loading.ROOT)
    assert set(there_is) == {"instruments", "tools", "catalogue"}
    for room, there in there_is.items():
        assert not there & set(getattr(planned, room)), f"planned.yaml still names {room}"


def test_what_the_language_got_later_stays_out_of_versions_that_do_not_use_it() -> None:
    """Else the hash of every published version would change with the language."""
    library = loading.library()
    old = json.dumps(library.programme("via-family", "2.0-draft").model_dump(mode="json"))
    new = json.dumps(library.programme("unge-overgang", "2015").model_dump(mode="json"))
    for name in ("only_ahead", "starts_below", "conditions", "has_any", "least"):
        assert f'"{name}"' not in old
        assert f'"{name}"' in new


BTI = Path("programmes/bti/2012-adapted-2024/programme.yaml")
SOF = Path("programmes/sammen-om-familien/2021/programme.yaml")
YOUTH = Path("programmes/unge-overgang/2015/programme.yaml")
TREATMENT = Path("programmes/styrket-familiebehandling/2023/programme.yaml")


@pytest.mark.parametrize(
    ("path", "old", "new", "message"),
    [
        (BTI, "{episode: level.set, where: {level: 0}}",
         "{episode: level.st, where: {level: 0}}",
         "'level.set'"),
        (BTI, "{episode: level.set, where: {level: 0}}", "{episode: level.set}", "told by `where`"),
        (BTI, "where: {level: 0}}, within: P14D", "where: {level: low}}, within: P14D", "whole number"),
        (SOF, "where: {kind: follow-up}, every: 2}", "where: {kind: follow-up}, every: 0}", "every"),
        (SOF, "{programme: unge-overgang, how: starts}",
         "{programme: unge-overgng, how: starts}",
         "'unge-overgang'"),
        (SOF, "where: {track: six-weeks}, weight: 1.5",
         "where: {trak: six-weeks}, weight: 1.5",
         "no attribute 'trak'"),
        (SOF, "where: {kind: staff}, most: 0", "where: {kind: stuff}, most: 0", "must be one of"),
        (TREATMENT, 'supersedes: "2020"', 'supersedes: "2021"', "no other version '2021'"),
        (TREATMENT, "by: professional, most: 2", "by: profession, most: 2", "did you mean 'professional'?"),
        (TREATMENT, "weigh: duration", "weigh: minutes", "no attribute 'minutes'"),
        (YOUTH, "least: {filled: 80}", "least: {fild: 80}", "did you mean 'filled'?"),
        (YOUTH, "has: [role]", "has: [rolle]", "did you mean 'role'?"),
        (YOUTH, "    for_each: youth\n    provenance: seed-003/proposal\ndo_not",
         "    for_each: yuth\n    provenance: seed-003/proposal\ndo_not",
         "'youth'"),
        (YOUTH, "due: {clock: youth-plan-decided-3m}",
         "due: {after: {each: decision.made, where: {kind: youth-plan, outcome: made}}, within: P4M}",
         "looser than the law"),
    ],
)  # fmt: skip
def test_a_wrong_construct_does_not_load(copy: Path, path: Path, old: str, new: str, message: str) -> None:
    text = (copy / path).read_text(encoding="utf-8")
    assert old in text
    (copy / path).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DefinitionError) as error:
        loading.library(copy)
    assert message in str(error.value)
    assert str(error.value).startswith(f"{copy / path}:")
