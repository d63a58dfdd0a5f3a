"""What every command that needs the site begins with: where it stands, its database, its settings."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import samspil
from samspil.doors.cli import cluster, databases
from samspil.doors.cli.cluster import Cluster
from samspil.doors.cli.roles import APP, DOOR, OWNER, RESEARCH

ROOT = Path(samspil.__file__).resolve().parents[1]
DATABASE = "samspil"
ADDRESSES = {
    "DATABASE_URL": APP,
    "DATABASE_DOOR_URL": DOOR,
    "DATABASE_OWNER_URL": OWNER,
    "DATABASE_RESEARCH_URL": RESEARCH,
}


def var() -> Path:
    """The folder of everything that is made at run time."""
    return Path(os.environ.get("SAMSPIL_VAR", ROOT / "var")).resolve()


def own_cluster() -> Cluster:
    """The database server of this clone."""
    return cluster.of_clone(var(), binaries_wanted=os.environ.get("SAMSPIL_POSTGRES", ""))


@contextmanager
def database() -> Iterator[None]:
    """Inside the block a database answers at DATABASE_URL: the one named there, or this clone's own."""
    if "DATABASE_URL" in os.environ:
        yield
        return
    with cluster.running(own_cluster()) as own:
        databases.make_roles(own)
        databases.make_database(own, DATABASE)
        before = dict(os.environ)
        os.environ.update({name: own.url(role, DATABASE) for name, role in ADDRESSES.items()})
        try:
            yield
        finally:
            for name in ADDRESSES.keys() - before.keys():
                del os.environ[name]


def load_django() -> None:
    """Load the settings and the apps. The addresses of the database stand in the environment by now."""
    import django

    production = os.environ.get("SAMSPIL_ENV") == "production"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"config.settings.{'prod' if production else 'dev'}")
    os.environ.setdefault("SAMSPIL_VAR", str(var()))
    if "SAMSPIL_SECRET_KEY" not in os.environ:
        os.environ["SAMSPIL_SECRET_KEY"] = secret_key()
    django.setup()


def secret_key() -> str:
    """This clone's own key, made at the first need and readable by its owner only."""
    path = var() / "secret-key"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(file, "w") as out:
        out.write(secrets.token_urlsafe(64))
    return path.read_text().strip()
