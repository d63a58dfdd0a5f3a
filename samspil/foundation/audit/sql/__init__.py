"""The log's SQL, each file one part; migrations run them."""

from importlib.resources import files


def text(name: str) -> str:
    """One part, for a migration."""
    return files(__name__).joinpath(f"{name}.sql").read_text(encoding="utf-8")
