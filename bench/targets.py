"""What was promised, what was measured, and whether it is kept: the table that the report begins with."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Figures = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Target:
    """One promise: at most (or at least) so much of something that one size measures."""

    operation: str
    text: str
    most: float
    measure: Callable[[Figures], float]
    shown: str = "{:.1f} ×"
    is_least: bool = False

    def kept(self, measured: float) -> bool:
        return measured >= self.most if self.is_least else measured <= self.most


def of_floor(part: str, name: str, floor: str) -> Callable[[Figures], float]:
    """The CPU of an operation, in those of its floor."""
    return lambda found: found[part][name]["cpu"] / found[part][floor]["cpu"]


def _most(name: str) -> Callable[[Figures], float]:
    return lambda found: found["statements"][name][1]


def _wall(name: str) -> Callable[[Figures], float]:
    return lambda found: found["pages"][name]["cpu"] / found["without wall"][name]["cpu"]


def _crowd(key: str) -> Callable[[Figures], float]:
    return lambda found: found["crowd"]["overview"][key] / found["crowd"]["F2"][key]


def _act(name: str, key: str = "cpu") -> Callable[[Figures], float]:
    return lambda found: found["acts"][name][key]


SMALL, LARGE, F3 = "fact noted, about 20 facts", "fact noted, about 2,000 facts", "F3 bare trigram search"
TARGETS = (
    Target("worklist with reasons", "CPU ≤ 2.5 × F2", 2.5, of_floor("pages", "overview", "F2")),
    Target("worklist", "≤ 10 statements", 10, _most("overview"), "{:.0f}"),
    Target("course page", "CPU ≤ 4 × F2", 4, of_floor("pages", "course page", "F2")),
    Target("course page", "≤ 25 statements", 25, _most("course page"), "{:.0f}"),
    Target("family page, first view", "CPU ≤ 3 × F2", 3, of_floor("pages", "family page", "F2")),
    Target("name search, in sight", "p50 ≤ 10 ms", 10, _act("name search query", "p50"), "{:.1f} ms"),
    Target("name search, in sight", "CPU ≤ 8 × F3", 8, of_floor("acts", "name search query", F3)),
    Target("note with audit", "CPU ≤ 20 ms", 20, _act("note with audit"), "{:.1f} ms"),
    Target("note with audit", "≤ 12 statements", 12, _most("note with audit"), "{:.0f}"),
    Target(
        "notes by 16 clients",
        "≥ 100 a second",
        100,
        lambda found: found["crowd"]["notes"]["a_second"],
        "{:.0f}",
        is_least=True,
    ),
    Target("fact noted with its due rewrite", "CPU ≤ 25 ms", 25, _act(SMALL), "{:.1f} ms"),
    Target("fact noted, 2,000 facts against 20", "≤ 2 ×", 2, of_floor("acts", LARGE, SMALL)),
    Target("worklist at 16 clients", "≥ 40 % of F2", 0.4, _crowd("a_second"), "{:.0%}", is_least=True),
    Target("worklist at 16 clients", "p95 ≤ 2.5 × F2", 2.5, _crowd("p95")),
    Target(
        "worklist at 16 clients", "no errors", 0, lambda found: found["crowd"]["overview"]["errors"], "{:.0f}"
    ),
    Target("memory after load", "≤ 180 MB", 180, lambda found: found["memory"], "{:.0f} MB"),
    Target("cold start to the first page", "≤ 1.5 s", 1.5, lambda found: found["cold start"], "{:.1f} s"),
    Target("row level security, worklist", "≤ 1.2 ×", 1.2, _wall("overview"), "{:.2f} ×"),
    Target("row level security, course page", "≤ 1.5 ×", 1.5, _wall("course page"), "{:.2f} ×"),
)
PAGES_GROW, SEARCH_GROWS = 1.15, 1.5


def table(found: Mapping[int, Figures]) -> str:
    """Each promise against the largest size, and growth against the smallest."""
    sizes = list(found)
    first, last = found[sizes[0]], found[sizes[-1]]
    lines = [
        f"## Targets, at {sizes[-1]:,} courses",
        "",
        "| operation | target | measured | |",
        "|---|---|---:|---|",
    ]
    for one in TARGETS:
        measured = one.measure(last)
        lines.append(_line(one.operation, one.text, one.shown.format(measured), is_met=one.kept(measured)))
    if len(sizes) > 1:
        lines += _growth(first, last, f"{sizes[0]:,} → {sizes[-1]:,}")
    return "\n".join(lines)


def _growth(first: Figures, last: Figures, between: str) -> Iterable[str]:
    pages = {name: one for name, one in last["pages"].items() if not name.startswith("F")}
    for name, one in pages.items():
        most = SEARCH_GROWS if "search" in name else PAGES_GROW
        times = one["cpu"] / first["pages"][name]["cpu"]
        yield _line(f"growth {between}, {name}", f"≤ {most} ×", f"{times:.2f} ×", is_met=times <= most)


def _line(operation: str, target: str, measured: str, *, is_met: bool) -> str:
    return f"| {operation} | {target} | {measured} | {'met' if is_met else '**not met**'} |"
