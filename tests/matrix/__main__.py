"""`make matrix N=… [SEED=…]`: the access matrix on a cluster of its own, spread over the cores."""

import argparse
import os
import sys
import time


def main() -> int:
    """Print what is wrong, then the one line of figures. Exit code 1 where anything is."""
    options = _options()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    from tests import database

    database.choose_folder()
    import django

    django.setup()
    database.point_django()
    try:
        return _report(options.n, options.seed)
    finally:
        database.close()
        database.remove_folder()


def _report(number: int, seed: int) -> int:
    from tests.matrix import harness
    from tests.matrix.runner import LEAST_LAWFUL

    began = time.monotonic()
    tally = harness.ask_in_parallel(number, seed, os.cpu_count() or 1)
    gaps = tally.uncovered()
    share = tally.lawful / max(tally.requests, 1)
    if share < LEAST_LAWFUL:
        gaps.append(f"only {share:.0%} of the requests were lawful ones that must succeed")
    for line in (
        *(f"WRONGLY ALLOWED {line}" for line in tally.allowed[:50]),
        *(f"WRONGLY DENIED {line}" for line in tally.denied[:50]),
        *gaps,
    ):
        print(line)
    print(f"{share:.0%} lawful, {len(tally.methods)} methods, {time.monotonic() - began:.0f} s")
    print(
        f"matrix: {tally.requests} requests, {len(tally.routes)} routes, {len(tally.kinds)} actor kinds, "
        f"{len(tally.allowed)} wrongly allowed, {len(tally.denied)} wrongly denied, seed {seed}"
    )
    return int(bool(tally.allowed or tally.denied or gaps))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="matrix", description=__doc__)
    parser.add_argument("--n", type=int, default=20_000, help="how many requests")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
