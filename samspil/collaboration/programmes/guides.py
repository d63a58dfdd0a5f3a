"""The guides that stand beside a definition: what to do at a step, in ten minutes' reading."""

from functools import lru_cache
from pathlib import Path

from samspil.collaboration.programmes.loading import ROOT


@lru_cache(maxsize=1024)
def guide(key: str, version: str, step: str, root: Path = ROOT) -> str:
    """The Markdown of a step's guide, or nothing: a step that an authority added has none of its own."""
    path = root / "programmes" / key / version / "guides" / f"{step}.md"
    if not path.is_file():
        return ""
    text = path.read_text(encoding="utf-8")
    return text.split("\n", 1)[1].strip() if text.startswith("# ") else text  # the page has the step's title
