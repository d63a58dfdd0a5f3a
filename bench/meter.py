"""Reading /proc: CPU time and memory of processes with all their children; figures of several runs."""

import os
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
REST = 0.3


@dataclass(frozen=True, slots=True)
class Figure:
    """What one operation costs: milliseconds of CPU, on the clock (median, 95 %), spread of the runs' CPU."""

    cpu: float
    p50: float
    p95: float
    spread: float
    count: int

    def as_dict(self) -> dict[str, float]:
        return asdict(self)


def cpu(roots: Iterable[int]) -> float:
    """Seconds of CPU that these processes and their children have used, also those that have ended."""
    parents = _parents()
    return sum(_used(pid, pid in set(roots)) for pid in _family(list(roots), parents))


def memory(root: int) -> float:
    """Megabytes of a process and its children; what they share counts once."""
    total = 0
    for pid in _family([root], _parents()):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return total / 1024


def _parents() -> dict[int, int]:
    found = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                found[int(folder.name)] = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except (FileNotFoundError, ProcessLookupError):
                continue
    return found


def _family(roots: list[int], parents: dict[int, int]) -> list[int]:
    found = list(roots)
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid and child not in found]
    return found


def _used(pid: int, is_root: bool) -> float:  # noqa: FBT001
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return sum(map(int, fields[11 : 15 if is_root else 13])) / TICK


def measured(
    operation: Callable[[int], object],
    roots: Sequence[int],
    *,
    runs: int,
    seconds: float,
    most: int = 1_000_000,
    warm: int = 20,
) -> Figure:
    """Do something again and again, each time with another number; at most so often a run."""
    turn = warm
    for number in range(warm):
        operation(number)
    costs: list[float] = []
    clocks: list[float] = []
    for _run in range(runs):
        time.sleep(REST)
        before, start, done = cpu(roots), time.perf_counter(), 0
        while done < most and time.perf_counter() - start < seconds:
            began = time.perf_counter()
            operation(turn)
            clocks.append(time.perf_counter() - began)
            turn, done = turn + 1, done + 1
        costs.append((cpu(roots) - before) / done)
    middle = statistics.median(costs)
    spread = (max(costs) - min(costs)) / middle / 2 if middle else 0.0
    clocks.sort()
    return Figure(
        middle * 1000,
        clocks[len(clocks) // 2] * 1000,
        clocks[int(len(clocks) * 0.95)] * 1000,
        spread,
        len(clocks),
    )
