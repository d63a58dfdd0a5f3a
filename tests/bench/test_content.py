"""What the definitions hold is counted as the command counts it."""

from bench import content
from samspil.collaboration.programmes import loading
from samspil.collaboration.programmes.language import Mark


def test_elements_and_their_origin_add_up() -> None:
    found = loading.library().programmes
    counted, origin, *_rest = content.lines()
    elements = sum(len(one.marks) for one in found)
    assert f"definitions {len(found)}, elements {elements:,}" in counted
    proposals = sum(mark is Mark.PROPOSAL for one in found for mark in one.marks)
    assert f"proposal {proposals} (" in origin


def test_one_definition_alone_has_its_own_share() -> None:
    one = loading.library().programme("via-family", "2.0-draft")
    criteria = next(line for line in content.lines([one]) if line.startswith("fidelity"))
    automatic = sum(each.source == "auto" for each in one.fidelity)
    assert f"fidelity criteria {len(one.fidelity)}, from facts {automatic}" in criteria


def test_all_guides_and_the_five_leaflets_are_read() -> None:
    steps = sum(len(one.steps) for one in loading.library().programmes)
    said = " ".join(content.lines())
    assert f"LIX of {steps} guides" in said
    assert "LIX of 5 leaflets" in said
