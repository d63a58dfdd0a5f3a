"""Guides are for professionals with ten minutes: short, plain, alike, and without words we do not use."""

import re
from pathlib import Path

import pytest

from samspil.collaboration.programmes import loading
from samspil.collaboration.programmes.language import Programme

PROGRAMMES = loading.library().programmes
MOST_LIX, MOST_WORDS = 38, 130
AVOIDED = re.compile(r"\b(klient|misbrug|sindslid|borgeren|iværksæt|foranstaltning)", re.IGNORECASE)


def lix(text: str) -> float:
    """Words in a sentence, plus the share of words of more than six letters, in percent."""
    words = re.findall(r"\w+", text)
    sentences = max(len(re.findall(r"[.!?:]+", text)), 1)
    return len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words)


def guides(programme: Programme) -> dict[str, Path]:
    folder = loading.ROOT / "programmes" / programme.key / programme.version / "guides"
    return {path.stem: path for path in sorted(folder.glob("*.md"))}


@pytest.mark.parametrize("programme", PROGRAMMES, ids=lambda one: f"{one.key}-{one.version}")
def test_guides_are_short_and_plain(programme: Programme) -> None:
    found = guides(programme)
    assert set(found) == {step.key for step in programme.steps}
    for key, path in found.items():
        text = path.read_text(encoding="utf-8")
        assert re.match(r"# .+\n\n.+\n\n## Sådan gør du\n\n1\. ", text), key
        assert "\n## Vær opmærksom på\n\n" in text, key
        plain = re.sub(r"(?m)^#+ (.*)$", r"\1.", re.sub(r"(?m)^\d+\. ", "", text))
        assert lix(plain) <= MOST_LIX, f"{key}: {lix(plain):.0f}"
        assert len(plain.split()) <= MOST_WORDS, key
        assert not AVOIDED.search(text), f"{key}: {AVOIDED.search(text)}"


@pytest.mark.parametrize("programme", PROGRAMMES, ids=lambda one: f"{one.key}-{one.version}")
def test_texts_of_steps_are_plain(programme: Programme) -> None:
    for step in programme.steps:
        assert not AVOIDED.search(step.summary.da), step.key
    whole = " ".join(step.summary.da for step in programme.steps)
    assert lix(whole) <= MOST_LIX
