"""The figures as tables in Markdown. Milliseconds belong to a machine; ratios are what counts."""

import os
import platform
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bench import targets

Found = Mapping[int, Mapping[str, Any]]
FLOORS = {
    "overview": "F2",
    "course page": "F2",
    "person page": "F2",
    "family page": "F2",
    "person search": "F2",
    "worklist query": "F2",
    "name search query": "F3 bare trigram search",
    "note with audit": "F4 bare insert and commit",
    "fact noted, about 20 facts": "F4 bare insert and commit",
    "fact noted, about 2,000 facts": "F4 bare insert and commit",
}


def written(found: Found, engine: str, *, runs: int, seconds: float) -> str:
    """The whole report."""
    parts = [
        f"# Measured on {datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        (
            f"{os.cpu_count()} cores, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f} "
            f"at the end. Median of {runs} runs of {seconds:g} s; ± is half the distance between the "
            "cheapest and the dearest run. CPU is that of server and PostgreSQL together. Opdigtede tal."
        ),
        targets.table(found),
        _costs(found),
        _growth(found),
        _rest(found),
    ]
    if engine:
        parts.append(f"## The definitions, and the engine alone\n\n```\n{engine.rstrip()}\n```")
    return "\n\n".join(parts) + "\n"


def _costs(found: Found) -> str:
    lines = [
        "## What it costs",
        "",
        "| courses | operation | CPU ms | ± | p50 ms | p95 ms | of its floor | statements |",
    ]
    lines.append("|---:|---|---:|---:|---:|---:|---:|---:|")
    for size, figures in found.items():
        rows = {**figures["pages"], **_figures(figures["acts"])}
        for name, one in rows.items():
            floor = rows.get(FLOORS.get(name, ""))
            of = (
                f"{one['cpu'] / floor['cpu']:.1f} × {FLOORS[name].split()[0]}"
                if floor and floor["cpu"]
                else ""
            )
            fewest, most = figures["statements"].get(name, ("", ""))
            count = f"{fewest}–{most}" if fewest != most else f"{fewest}"
            lines.append(
                f"| {size:,} | {name} | {one['cpu']:.2f} | {one['spread']:.0%} | {one['p50']:.1f} "
                f"| {one['p95']:.1f} | {of} | {count} |"
            )
    return "\n".join(lines)


def _figures(acts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: one for name, one in acts.items() if isinstance(one, dict)}


def _growth(found: Found) -> str:
    sizes = list(found)
    if len(sizes) < 2:
        return ""
    first, last = sizes[0], sizes[-1]
    lines = [
        f"## Growth of CPU from {first:,} to {last:,} courses",
        "",
        "| operation | times |",
        "|---|---:|",
    ]
    for part in ("pages", "acts"):
        for name, one in _figures(found[first][part]).items():
            other = found[last][part][name]
            if one["cpu"]:
                lines.append(f"| {name} | {other['cpu'] / one['cpu']:.2f} |")
    return "\n".join(lines)


def _rest(found: Found) -> str:
    lines = ["## The rest", "", "| courses | what | figure |", "|---:|---|---|"]
    for size, figures in found.items():
        for what, figure in _of_size(figures, size):
            lines.append(f"| {size:,} | {what} | {figure} |")
    return "\n".join(lines)


def _of_size(figures: Mapping[str, Any], size: int) -> list[tuple[str, str]]:
    seconds = figures["generated"]["seconds"]
    parts = ", ".join(f"{name} {spent:.0f} s" for name, spent in seconds.items())
    rate, count = size / sum(seconds.values()), figures["generated"]["rows"]
    made = f"{rate:,.0f} courses a second, {count:,} rows; {parts}"
    lengths, shown = figures["acts"]["worklist rows"], figures["rows"].items()
    floor, page = figures["crowd"]["F2"], figures["crowd"]["overview"]
    share = f"{page['a_second'] / floor['a_second']:.0%}, p95 {page['p95'] / floor['p95']:.1f} ×"
    rows = [
        ("generated", made),
        ("rows", ", ".join(f"{table} {count:,}" for table, count in figures["counts"].items())),
        ("rows of the measured worklists", f"{min(lengths)}–{max(lengths)}"),
        *((f"rows on {name}", f"{low}–{high}, usually {usual}") for name, (low, usual, high) in shown),
        ("16 clients, notes", _crowd(figures["crowd"]["notes"])),
        ("16 clients, overview", _crowd(page)),
        ("16 clients, F2", _crowd(floor)),
        ("16 clients, overview of F2", share),
        ("memory of the server after load", f"{figures['memory']:.0f} MB"),
        ("every course reckoned anew", _rebuilt(figures["rebuild"])),
        ("cold start to the log-in page", f"{figures['cold start']:.1f} s"),
    ]
    for name, bare in figures["without wall"].items():
        rows.append(
            (f"row level security, {name}", f"{figures['pages'][name]['cpu'] / bare['cpu']:.2f} × without")
        )
    return rows


def _rebuilt(figures: Mapping[str, Any]) -> str:
    return (
        f"{figures['cpu']:.2f} ms of CPU a course, {figures['seconds']:.0f} s in two processes, "
        f"{figures['memory']:.0f} MB the largest"
    )


def _crowd(figures: Mapping[str, Any]) -> str:
    return f"{figures['a_second']:.0f} a second, p95 {figures['p95']:.0f} ms, {figures['errors']} errors"
