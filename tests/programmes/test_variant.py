"""What an authority may change, what is locked, and how the difference reads."""

import pytest

from samspil.collaboration.programmes.language import Programme, Text, Variant
from samspil.collaboration.programmes.language.variant import (
    Added,
    LeftOut,
    VariantError,
    differences,
    effective,
)
from tests.programmes.courses import VIA

REASON = Text(da="Vi har det i forvejen.", en="We have it already.")


def _variant(**more: object) -> Variant:
    return Variant(programme="via-family", version="2.0-draft", authority="Ny Kommune", **more)  # type: ignore[arg-type]


def _published() -> Programme:
    """VIA as it would be had its owner published the safety plan as a core element."""
    elements = tuple(
        one.model_copy(update={"provenance": "F14"}) if one.key == "safety-plan" else one
        for one in VIA.core_elements
    )
    return VIA.model_copy(update={"core_elements": elements})


def test_options_parts_and_own_steps() -> None:
    own = VIA.steps[2].model_copy(update={"key": "school-contact", "provenance": "own", "tracks": ()})
    variant = _variant(
        choices={"rhythm": "four-weeks"},
        leaves_out=(LeftOut(part="core_element", key="safety-plan", reason=REASON),),
        adds=(Added(phase="connect", step=own),),
    )
    changed = effective(VIA, variant)
    keys = {step.key for step in changed.steps}
    assert "school-contact" in keys
    assert "safety-plan-child" not in keys
    contact = next(step for step in changed.steps if step.key == "coordination-contact")
    assert contact.repeats is not None
    assert contact.repeats.every == "P4W"
    assert "safety-plan-shared" not in {one.key for one in changed.fidelity}
    assert changed.content_hash != VIA.content_hash
    assert [one.text.da for one in differences(VIA, variant)] == [
        "Hvor tit koordinatorer taler: Hver 4. uge",
        "Fravalgt: Tryghedsplan, som barnet kender",
        f"Tilføjet: {own.title.da}",
    ]


def test_nothing_changed_is_the_same() -> None:
    assert effective(VIA, _variant()).content_hash == VIA.content_hash
    assert differences(VIA, _variant()) == ()


@pytest.mark.parametrize(
    ("part", "key", "adoption", "locked"),
    [
        ("core_element", "safety-plan", "whole", True),
        ("step", "safety-plan-child", "whole", True),
        ("core_element", "safety-plan", "parts", False),
        ("core_element", "one-plan", "whole", False),  # a proposal is never locked
        ("step", "first-follow-up", "parts", True),  # the law is
    ],
)
def test_what_is_locked(part: str, key: str, adoption: str, locked: bool) -> None:
    programme = _published().model_copy(update={"adoption": adoption})
    variant = _variant(leaves_out=(LeftOut(part=part, key=key, reason=REASON),))  # type: ignore[arg-type]
    if not locked:
        effective(programme, variant)
        return
    with pytest.raises(VariantError, match="locked"):
        effective(programme, variant)


def test_what_is_not_there_is_named() -> None:
    with pytest.raises(VariantError, match="did you mean 'rhythm'"):
        effective(VIA, _variant(choices={"rythm": "four-weeks"}))
