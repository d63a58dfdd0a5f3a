"""Twenty years of initiatives on one line each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samspil.insight.rollout.language import Initiative, Phase
from samspil.insight.rollout.presenters import words

WIDTH, LEFT, ROW, TOP = 960, 8, 52, 34
STEP = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """One initiative: its bar and its words."""

    x: int
    y: int
    width: int
    title: str
    title_y: int
    note: str
    phase: str

    @property
    def end(self) -> int:
        """The right edge."""
        return self.x + self.width

    @property
    def is_late(self) -> bool:
        """Does it stand so far to the right that its name ends where the bar ends?"""
        return self.x > WIDTH // 2


@dataclass(frozen=True, slots=True)
class Year:
    """One year on the line of time."""

    x: int
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The drawing and what it says in words."""

    height: int
    years: list[Year]
    bars: list[Bar]
    said: str


def chart(initiatives: Sequence[Initiative], language: str) -> Chart:
    """Each initiative on a line of its own, from its first year to the end of its last."""
    first = min(_years(one)[0] for one in initiatives)
    last = max(_years(one)[1] for one in initiatives) + 1
    pixels = (WIDTH - 2 * LEFT) / (last - first)

    def x(year: int) -> int:
        return LEFT + round((year - first) * pixels)

    bars = [_bar(one, row, x, language) for row, one in enumerate(initiatives)]
    ticks = [Year(x(year), str(year)) for year in range(first + first % 2, last + 1, STEP)]
    said = "; ".join(f"{bar.title}: {bar.note}" for bar in bars)
    return Chart(
        TOP + ROW * len(bars) + 8, ticks, bars, _("Initiatives on a line of time: %(said)s") % {"said": said}
    )


def _years(one: Initiative) -> tuple[int, int]:
    starts, ends = one.period.starts, one.period.ends or one.period.starts
    return int(starts[:4]), int(ends[:4])


def _bar(one: Initiative, row: int, x: Callable[[int], int], language: str) -> Bar:
    starts, ends = _years(one)
    top = TOP + ROW * row
    return Bar(
        x=x(starts),
        y=top + 24,
        width=x(ends + 1) - x(starts),
        title=one.title.said(language),
        title_y=top + 16,
        note=f"{words.period(one.period)}, {words.PHASES[one.phase]}",
        phase="before" if one.phase is Phase.BEFORE else one.phase.value,
    )
