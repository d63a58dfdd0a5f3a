"""`samspil front-end`: collect the few front-end parts the pages need out of `node_modules`."""

import argparse
import re
import shutil
import sys
from pathlib import Path

import samspil

ROOT = Path(samspil.__file__).resolve().parents[1]
PACKAGE = ROOT / "node_modules" / "dkfds"
TARGET = ROOT / "samspil" / "foundation" / "web" / "static" / "vendor" / "dkfds"

FONTS = ("Regular", "Italic", "Medium", "SemiBold", "Bold")
STYLE_ICONS = (
    "check-white",
    "chevron-down",
    "chevron-right",
    "chevron-up",
    "error",
    "minus-white",
    "summary",
)
"""Icons the design system's own style sheet draws for the parts we use."""
PAGE_ICONS = (
    "arrow-forward", "calendar-month", "chat", "check", "chevron-down", "chevron-left", "chevron-right",
    "close", "document", "download", "edit", "error", "headset", "help", "info", "language", "location",
    "lock", "menu", "more-horiz", "open-in-new", "person", "persons", "plus", "print", "search", "send",
    "smartphone", "success", "visibility", "visibility-off", "warning",
)  # fmt: skip
"""Icons that pages may ask `<c-icon>` for; they become one file of symbols."""

URL = re.compile(r"url\((?P<quote>[\"']?)(?P<path>[^)\"']+)(?P=quote)\)")
FACE = re.compile(r"@font-face\{[^}]*\}")
WOFF2 = re.compile(r"url\([^)]*?/IBMPlexSans-(?P<name>\w+)\.woff2\) format\(\"woff2\"\)")


def arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments: there is one set of parts."""


def run(_options: argparse.Namespace) -> int:
    """Collect; 2 where `npm ci` has not been run."""
    if not (PACKAGE / "dist" / "css" / "dkfds.min.css").is_file():
        print(
            f"{PACKAGE} is missing. Run `npm ci --ignore-scripts` first (`make setup` does).", file=sys.stderr
        )
        return 2
    collect(PACKAGE, TARGET)
    print(f"Front-end parts collected in {TARGET.relative_to(ROOT)}")
    return 0


def collect(package: Path, target: Path) -> None:
    """Fill `target` anew with style, script, fonts, icons and their licence."""
    shutil.rmtree(target, ignore_errors=True)
    dist = package / "dist"
    fonts, icons = "fonts/IBMPlexSans/complete/woff2", "img/svg-icons"
    for folder in ("css", "js", fonts, icons):
        (target / folder).mkdir(parents=True)
    for name in FONTS:
        shutil.copyfile(*(place / fonts / f"IBMPlexSans-{name}.woff2" for place in (dist, target)))
    for name in STYLE_ICONS:
        shutil.copyfile(_icon(dist, name), target / icons / f"{name}.svg")
    shutil.copyfile(package / "LICENSE.md", target / "LICENSE.md")
    script = (dist / "js" / "dkfds.min.js").read_text(encoding="utf-8")
    (target / "js" / "dkfds.min.js").write_text(_without_map(script), encoding="utf-8")
    style = (dist / "css" / "dkfds.min.css").read_text(encoding="utf-8")
    (target / "css" / "dkfds.min.css").write_text(trimmed(style), encoding="utf-8")
    symbols = "".join(_symbol(name, _icon(dist, name)) for name in PAGE_ICONS)
    sheet = f'<svg xmlns="http://www.w3.org/2000/svg">{symbols}</svg>\n'
    (target / "icons.svg").write_text(sheet, encoding="utf-8")


def trimmed(style: str) -> str:
    """The style sheet in its own cascade layer, naming only files that are collected.

    The layer lets our own plain rules win over it whatever their specificity. A collector of static
    files that checks addresses stops at one that leads nowhere, so the rest of them go.
    """
    style = _without_map(style).removeprefix("\ufeff").removeprefix('@charset "UTF-8";')
    style = FACE.sub(lambda face: _face(face.group()), style)
    return f"@layer dkfds{{{URL.sub(_kept_url, style)}}}\n"


def _face(face: str) -> str:
    """A font face with its woff2 alone, or nothing where we do not carry that cut."""
    found = WOFF2.search(face)
    if not found or found["name"] not in FONTS:
        return ""
    return re.sub(r"src:[^;}]*(;src:[^;}]*)*", f"src:{found.group()}", face)


def _kept_url(found: re.Match[str]) -> str:
    path = found["path"]
    name = path.rsplit("/", 1)[-1].removesuffix(".svg")
    if path.startswith("data:") or path.endswith(".woff2") or name in STYLE_ICONS:
        return found.group()
    return "none"


def _without_map(text: str) -> str:
    return re.sub(r"(/\*# sourceMappingURL=.*?\*/|//# sourceMappingURL=\S*)\s*$", "", text)


def _icon(dist: Path, name: str) -> Path:
    return dist / "img" / "svg-icons" / f"{name}.svg"


def _symbol(name: str, file: Path) -> str:
    """One icon file as a symbol with its own viewBox."""
    text = file.read_text(encoding="utf-8")
    return re.sub(
        r"<svg[^>]*?(viewBox=\"[^\"]+\")[^>]*>(.*)</svg>\s*", rf'<symbol id="{name}" \1>\2</symbol>', text
    )
