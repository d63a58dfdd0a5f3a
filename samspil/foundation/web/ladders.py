"""The five steps of a goal as a picture: plain numbers for `<c-ladder>`."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, GAP, FLOOR, LOWEST, RISE = 46, 5, 72, 14, 10
STEPS = (-2, -1, 0, 1, 2)


@dataclass(frozen=True, slots=True)
class Rung:
    """One step with its place in the picture."""

    label: str
    x: int
    y: int
    height: int
    is_now: bool
    is_start: bool
    is_target: bool
    start_x: int
    now_x: int

    @property
    def middle(self) -> int:
        return self.x + WIDTH // 2

    @property
    def edge(self) -> int:
        return self.y - 1

    @property
    def dot_y(self) -> int:
        return self.y - 10


def ladder(
    *, start: int | None, now: int | None, target: int, now_word: str, target_word: str
) -> Sequence[Rung]:
    """The rungs from −2 to +2; the words stand beside the number of the step they belong to."""
    return [_rung(step, start, now, target, now_word, target_word) for step in STEPS]


def _rung(
    step: int, start: int | None, now: int | None, target: int, now_word: str, target_word: str
) -> Rung:
    number = STEPS.index(step)
    x, height = number * (WIDTH + GAP), LOWEST + RISE * number
    words = [word for word, is_here in ((now_word, step == now), (target_word, step == target)) if is_here]
    apart = 8 if start == now == step else 0
    return Rung(
        label=f"{signed(step)} {', '.join(words)}".strip(),
        x=x,
        y=FLOOR - height,
        height=height,
        is_now=step == now,
        is_start=step == start,
        is_target=step == target,
        start_x=x + WIDTH // 2 - apart,
        now_x=x + WIDTH // 2 + apart,
    )


def signed(step: int) -> str:
    """−2 with a true minus, +1 with its plus, 0 alone."""
    return f"−{-step}" if step < 0 else f"+{step}" if step else "0"
