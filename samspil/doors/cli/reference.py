"""`samspil reference`: writes docs/reference from the code, or says which page is stale."""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from samspil.doors.cli import site
from samspil.doors.cli.programme_pages import definitions_page, facts_page, table

HEADER = "<!-- Written by `make reference`. Do not edit. -->\n\n"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words after `samspil reference`."""
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when a page is stale")


def run(options: argparse.Namespace) -> int:
    """Write every page, or compare it with what stands there."""
    site.load_django()
    folder = site.ROOT / "docs" / "reference"
    if not options.check:
        folder.mkdir(parents=True, exist_ok=True)
        for name, page in PAGES.items():
            (folder / name).write_text(HEADER + page())
        return 0
    stale = [name for name, page in PAGES.items() if _text(folder / name) != HEADER + page()]
    if stale:
        print(f"Stale pages in docs/reference: {', '.join(stale)}. Run `make reference`.", file=sys.stderr)
    return 1 if stale else 0


def _text(path: Path) -> str:
    return path.read_text() if path.exists() else ""


# --- permissions -------------------------------------------------------------------------------------


def permissions_page() -> str:
    """The grid, and under it what each permission asks beyond the role."""
    from samspil.foundation.kernel.gate import POLICIES
    from samspil.foundation.kernel.permissions import Permission
    from samspil.foundation.kernel.roles import ROLES

    roles = list(ROLES.values())
    lines = ["# Who may do what", "", "Rows are roles, columns permissions; ● means the role holds it.", ""]
    lines += table(
        ["role", *Permission],
        [[f"`{role.key}`", *("●" if p in role.permissions else "" for p in Permission)] for role in roles],
    )
    lines += ["", "## What a permission asks beyond the role", ""]
    lines += table(["permission", "what is asked"], [[f"`{p}`", _asked(POLICIES.get(p))] for p in Permission])
    return "\n".join(lines) + "\n"


def _asked(policy: Callable[..., object] | None) -> str:
    return " ".join((policy.__doc__ or "").split()) if policy else "not yet"


# --- routes ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Route:
    """One address of the site."""

    address: str
    name: str
    view: str
    is_public: bool


def routes(patterns: Any = None, before: str = "", space: str = "") -> Iterator[Route]:
    """Every address below the given patterns, in the order in which they are tried."""
    from django.urls import URLPattern, get_resolver

    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        address = before + str(pattern.pattern).removeprefix("^").removesuffix("$").removesuffix(r"\Z")
        if isinstance(pattern, URLPattern):
            view = pattern.callback
            yield Route(
                f"/{address}",
                f"{space}{pattern.name or ''}",
                f"{view.__module__}.{getattr(view, '__qualname__', type(view).__qualname__)}",
                not getattr(view, "login_required", True),
            )
        else:
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from routes(pattern.url_patterns, address, inner)


def routes_page() -> str:
    """Every address with its name, its view and whether a stranger may ask for it."""
    rows = [[f"`{r.address}`", r.name, f"`{r.view}`", "yes" if r.is_public else ""] for r in routes()]
    return "\n".join(["# Addresses", "", *table(["address", "name", "view", "public"], rows)]) + "\n"


# --- pages -------------------------------------------------------------------------------------------


PAGES: Mapping[str, Callable[[], str]] = {
    "definitions.md": definitions_page,
    "facts.md": facts_page,
    "permissions.md": permissions_page,
    "routes.md": routes_page,
}
