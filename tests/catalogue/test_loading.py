"""The catalogue holds what was promised, and refuses what does not hang together, by file, line and field."""

import re
import shutil

import pytest

from samspil.collaboration.catalogue import loading, rules
from samspil.collaboration.catalogue.language import Grade, Kind, Profession
from samspil.collaboration.programmes import loading as programmes
from samspil.doors.cli import bindings
from samspil.foundation.kernel.definitions import DefinitionError

FORBIDDEN = re.compile(r"misbrug|sindslidelse|klient|lokalt forslag", re.IGNORECASE)


def of(kind):
    return [one for one in loading.catalogue() if one.entry.kind is kind]


def test_every_definition_has_a_guide_to_implementation():
    guides = {(one.entry.models[0], one.entry.version) for one in of(Kind.IMPLEMENTATION)}
    assert guides == {(one.key, one.version) for one in programmes.library().programmes}
    assert len(guides) == 8


def test_there_is_a_leaflet_for_each_of_the_five():
    first = {one.entry.professions[0] for one in of(Kind.LEAFLET)}
    assert first == {
        Profession.LEADER,
        Profession.DAY_CARE,
        Profession.SCHOOL,
        Profession.SUBSTANCE_TREATMENT,
        Profession.PSYCHIATRY,
    }
    assert len(of(Kind.LEAFLET)) == 5


def test_the_five_parts_are_filled():
    assert len(of(Kind.KNOWLEDGE)) >= 8
    assert {one.entry.models[0] for one in of(Kind.STRUCTURE)} == {
        one.key for one in programmes.library().programmes
    }
    assert len(of(Kind.METHOD)) + len(of(Kind.TOOL)) >= 7
    assert len(of(Kind.BEST_PRACTICE)) >= 5


def test_what_the_models_name_stands_in_the_catalogue():
    named = {key for one in programmes.library().programmes for step in one.steps for key in step.catalogue}
    assert named <= {one.entry.key for one in loading.catalogue()}
    assert programmes.library().planned.catalogue == ()


def test_only_a_trial_by_lot_is_called_one():
    trials = {one.entry.models for one in of(Kind.KNOWLEDGE) if one.entry.knowledge.grade is Grade.TRIAL}
    assert trials == {("via-family",)}


@pytest.mark.parametrize("one", loading.catalogue(), ids=lambda one: one.entry.key)
def test_texts_are_plain_and_say_what_the_house_says(one):
    assert rules.lix(one.text) <= 40
    assert not FORBIDDEN.search(one.text)
    assert one.entry.knowledge is None or one.entry.knowledge.reservations.da
    if "stafet" in one.text.lower():
        assert {"bti", "via-family"} & set(one.entry.models), "a relay holder is a word of its model"


def test_everything_that_is_named_exists():
    assert bindings.checked_catalogue()


@pytest.fixture
def root(tmp_path):
    shutil.copytree(loading.ROOT, tmp_path / "definitions")
    return tmp_path / "definitions"


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("entry.yaml", "kind: tool", "kind: tools", "kind: Input should be"),
        ("entry.yaml", "key: tool-safety-plan", "key: safety", "key: the folder is tool-safety-plan"),
        ("entry.yaml", "summary:", "sumary:", "unknown key 'sumary'; did you mean 'summary'"),
        ("entry.yaml", "checked_on: 2026-11-22", "checked_on: soon", "checked_on: Input should"),
        ("entry.yaml", "models: [via-family]", "models: [bti]", "of a model that `models` does not name"),
        ("entry.yaml", "kind: tool", "kind: implementation", "about one version of one model"),
        ("entry.yaml", "kind: tool", "kind: knowledge", "`knowledge` stands in entries"),
        ("entry.yaml", "provenance: proposal", "provenance: seed-000", "Input should be 'proposal'"),
        ("text.md", "## Brug den", "[x](catalogue:tool-gsa)", "no entry; did you mean 'tool-gas'"),
        ("text.md", "## Brug den", "[x](../tool-gas/)", "write catalogue:KEY or https"),
        ("text.md", "## Brug den", "[x](javascript:alert)", "write catalogue:KEY or https"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_an_entry_is_refused_by_name(root, file, old, new, words):
    path = root / "catalogue" / "tool-safety-plan" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DefinitionError, match=re.escape(words)) as caught:
        loading.catalogue(root)
    assert caught.value.path == path
    assert caught.value.line


def test_a_text_that_is_missing_or_empty_is_refused(root):
    path = root / "catalogue" / "tool-safety-plan" / "text.md"
    path.write_text("##\n", encoding="utf-8")
    with pytest.raises(DefinitionError, match="has no words"):
        loading.catalogue(root)
    path.unlink()
    with pytest.raises(DefinitionError, match="cannot be read"):
        loading.catalogue(root)


@pytest.mark.parametrize(
    ("entry", "old", "new", "words"),
    [
        (
            "tool-safety-plan",
            "via-family/safety-plan\n",
            "via-family/safety-plans\n",
            "steps[0]: there is no",
        ),
        ("tool-safety-plan", "[F14, F19]", "[F14, F9999]", "sources[1]: there is no 'F9999'"),
        ("tool-relay-log", "law: [barnets-lov-5]", "law: [barnets-lov-55]", "did you mean 'barnets-lov-5'"),
        ("start-bti", '"2012-adapted-2024"', '"2012"', "version: bti has no version '2012'"),
        ("knowledge-susi", "source: F34", "source: F3434", "knowledge.source: there is no 'F3434'"),
    ],
)
def test_what_an_entry_names_and_is_not_there_is_refused(root, entry, old, new, words):
    path = root / "catalogue" / entry / "entry.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    read = {one.entry.key: one for one in loading.catalogue(root)}[entry]
    problems = [
        read.document.error(message, place)
        for place, message in bindings.problems(read, programmes.library())
    ]
    assert words in str(problems[0])
    assert problems[0].line
