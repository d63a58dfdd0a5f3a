"""The SQL of the journal, read from its files."""

from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "sql"


def text_of(name: str) -> str:
    """One file of `journal/sql`."""
    return (FOLDER / name).read_text(encoding="utf-8")
