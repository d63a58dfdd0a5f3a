"""Collecting the front-end parts: only what is needed, nothing that leads nowhere."""

import argparse
import re
from pathlib import Path

from samspil.doors.cli import front_end

STYLE = (
    '@charset "UTF-8";@font-face{font-family:P;src:url(../f/IBMPlexSans-Bold.eot),'
    'url(../f/IBMPlexSans-Bold.woff) format("woff"),url(../f/IBMPlexSans-Bold.woff2) format("woff2")}'
    '@font-face{font-family:P;src:url(../f/IBMPlexSans-Thin.woff2) format("woff2")}'
    ".a{background-image:url(../img/svg-icons/truck.svg)}.b{background:url('../img/svg-icons/chevron-down.svg')}"
    ".c{background:url(data:image/gif;base64,AA)}\n/*# sourceMappingURL=dkfds.min.css.map */\n"
)


def test_the_style_sheet_names_only_what_is_collected():
    style = front_end.trimmed(STYLE)
    assert re.findall(r"url\(([^)]*)\)", style) == [
        "../f/IBMPlexSans-Bold.woff2",
        "'../img/svg-icons/chevron-down.svg'",
        "data:image/gif;base64,AA",
    ]
    assert ".a{background-image:none}" in style


def test_the_style_sheet_stands_in_its_own_layer_so_that_ours_wins():
    style = front_end.trimmed(STYLE)
    assert style.startswith("@layer dkfds{@font-face")
    assert style.count("{") == style.count("}")
    assert "sourceMappingURL" not in style


def test_without_the_package_it_says_what_to_do(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(front_end, "PACKAGE", tmp_path)
    assert front_end.run(argparse.Namespace()) == 2
    assert "npm ci --ignore-scripts" in capsys.readouterr().err


def test_every_address_in_the_collected_style_leads_to_a_file(tmp_path: Path):
    target = tmp_path / "dkfds"
    front_end.collect(front_end.PACKAGE, target)
    style = target / "css" / "dkfds.min.css"
    addresses = [url.strip("\"'") for url in re.findall(r"url\(([^)]*)\)", style.read_text(encoding="utf-8"))]
    assert len(addresses) > 10
    assert all((style.parent / url).is_file() for url in addresses)
    symbols = re.findall(r'<symbol id="([\w-]+)" viewBox', (target / "icons.svg").read_text(encoding="utf-8"))
    assert tuple(symbols) == tuple(front_end.PAGE_ICONS)
    assert (target / "LICENSE.md").is_file()
    assert sum(file.stat().st_size for file in target.rglob("*") if file.is_file()) < 700_000
