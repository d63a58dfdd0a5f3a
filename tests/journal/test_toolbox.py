"""Tools as data: they load, name what there is, and a child's version is written for a child."""

import re
import shutil
from pathlib import Path

import pytest
from django.urls import NoReverseMatch, get_resolver

from samspil.collaboration.courses import acts
from samspil.collaboration.journal.toolbox import Audience, Edition, Type, checked, json_schema, library
from samspil.collaboration.programmes import loading
from samspil.foundation.kernel.definitions import DefinitionError
from samspil.foundation.kernel.sharing import Category

TOOLS = library().tools
EDITIONS = [(tool, edition) for tool in TOOLS for edition in tool.editions]
CHILDREN = [edition for _tool, edition in EDITIONS if edition.audience is Audience.CHILD]
MOST_LIX = 25
PLAN = "tools/safety-plan/1.0.yaml"


def lix(text: str) -> float:
    """Words in a sentence, plus the share of words of more than six letters, in percent."""
    words = re.findall(r"\w+", text)
    sentences = max(len(re.findall(r"[.!?:]+", text)), 1)
    return len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words)


def said_to_a_child(edition: Edition) -> list[str]:
    """Everything of a version that stands on the child's own paper."""
    found = [edition.title.da, *(one.da for one in edition.first)]
    for section in edition.sections:
        found.append(section.title.da)
        found += [field.heading.da for field in section.fields if field.heading]
    for number in edition.numbers:
        found += [number.name.da, *([number.text.da] if number.text else [])]
    return [text if text[-1] in ".!?" else f"{text}." for text in found]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    root = tmp_path / "definitions"
    shutil.copytree(loading.ROOT, root)
    return root


def test_everything_loads_and_the_schema_is_fresh() -> None:
    assert {tool.key for tool in checked().tools} >= {"safety-plan", "network-map", "transition-note"}
    published = (loading.ROOT / "schema" / "tool.schema.json").read_text(encoding="utf-8")
    assert published == json_schema(), "run `samspil definitions --write-schema`"


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ("category: helth", "category: health", "category"),
        ("made_for: [parent_il]", "made_for: [parent_ill]", "did you mean 'parent_ill'"),
        ("facts: [tool.complete]", "facts: [tool.completed]", "tool.complete"),
        ("facts: [meeting.held]", "facts: [tool.completed]", "does not point to a document"),
        ("provenance: F999", "provenance: F14\n        fields:\n          - key: signs", "sources.yaml"),
        ("- key: on\n            label", "- key: helps\n            label", "every form"),
        ("type: rwos", "type: rows", "type"),
        ("lable: ", "lead:", "unknown key 'lable'; did you mean 'label'"),
    ],
)  # fmt: skip
def test_an_error_names_file_line_and_field(copy: Path, wrong: str, right: str, said: str) -> None:
    path = copy / PLAN
    text = path.read_text(encoding="utf-8")
    assert right in text
    if "F999" in wrong:
        wrong = right.replace("F14", "F999")
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"1\.0\.yaml:\d+: ") as found:
        checked(copy)
    assert said in str(found.value)


def test_the_folder_is_the_key_and_the_file_the_version(copy: Path) -> None:
    (copy / PLAN).rename(copy / "tools/safety-plan/1.1.yaml")
    with pytest.raises(DefinitionError, match=r"the file is safety-plan/1\.1\.yaml"):
        library(copy)


def test_the_newest_version_is_offered_and_the_old_one_is_still_read(copy: Path) -> None:
    text = (copy / PLAN).read_text(encoding="utf-8").replace('version: "1.0"', 'version: "1.10"')
    (copy / "tools/safety-plan/1.10.yaml").write_text(text, encoding="utf-8")
    found = library(copy)
    newest, old = found.newest("safety-plan"), found.version("safety-plan", "1.0")
    assert newest is not None
    assert old is not None
    assert (newest.version, old.version) == ("1.10", "1.0")
    assert newest.content_hash != old.content_hash


def test_no_tool_is_both_planned_and_there_and_each_model_finds_its_own() -> None:
    known = loading.library()
    assert not {tool.key for tool in TOOLS} & set(known.planned.tools)
    for programme in known.programmes:
        assert {tool.key for tool in programme.tools} <= {*known.planned.tools, *(tool.key for tool in TOOLS)}


def test_a_page_elsewhere_is_there() -> None:
    names = {
        f"{app}:{name}"
        for app, (_prefix, resolver) in get_resolver().namespace_dict.items()
        for name in resolver.reverse_dict
        if isinstance(name, str)
    }
    pages = [tool.page for tool in TOOLS if tool.page]
    assert pages
    assert set(pages) <= names, NoReverseMatch


def test_what_has_a_page_is_not_said_to_come() -> None:
    pages = {tool.key for tool in TOOLS if tool.page}
    assert {"eligibility-check", "shared-plan", "effort-overview", "meeting-checklist"} <= pages


def test_every_tool_has_a_page_on_which_its_step_is_done() -> None:
    offered = {(act.kind, act.where.get("tool")) for act in acts.ACTS}
    for tool in TOOLS:
        if tool.editions:
            assert {("tool.completed", tool.key), ("tool.shared", tool.key)} <= offered


@pytest.mark.parametrize("edition", CHILDREN, ids=lambda one: one.title.en)
def test_a_childs_version_is_easy_to_read(edition: Edition) -> None:
    text = " ".join(said_to_a_child(edition))
    assert lix(text) <= MOST_LIX, f"{lix(text):.0f}: {text}"


def test_the_measure_of_reading_sees_what_is_hard() -> None:
    assert lix("Det er ikke min skyld.") < MOST_LIX
    assert lix("Forældremyndighedsindehaverens samtykkeerklæring videregives rutinemæssigt.") > MOST_LIX


@pytest.mark.parametrize("edition", CHILDREN, ids=lambda one: one.title.en)
def test_a_childs_version_takes_blame_away_and_holds_no_health(edition: Edition) -> None:
    assert "skyld" in edition.first[0].da
    assert "voksnes opgave" in edition.first[1].da
    assert {one.phone for one in edition.numbers} >= {"112", "116 111"}
    matters = {category for category, _about in edition.parts()}
    assert not matters & {Category.HEALTH, Category.SUBSTANCE, Category.CONFIDENTIAL_YOUTH}
    assert not edition.facts, "the child's version alone does not make the parent's plan done"


def test_an_ill_parents_signs_are_about_the_parent_alone() -> None:
    tool = library().newest("safety-plan")
    assert tool is not None
    adult = tool.edition("adult")
    assert adult is not None
    health = {about for category, about in adult.parts() if category == Category.HEALTH}
    assert health == {("person",)}
    assert "child" not in adult.shared_with


def test_every_text_stands_in_both_languages_and_every_list_has_columns() -> None:
    for _tool, edition in EDITIONS:
        for field in edition.fields:
            assert field.label.da != field.label.en
            assert bool(field.columns) == (field.type is Type.ROWS)
