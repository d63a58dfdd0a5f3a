"""The SQL of courses, read from its files, and the vocabulary of facts as rows."""

from pathlib import Path

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from samspil.collaboration.programmes.vocabulary import KINDS

FOLDER = Path(__file__).resolve().parents[1] / "sql"


def text_of(name: str) -> str:
    """One file of `courses/sql`."""
    return (FOLDER / name).read_text(encoding="utf-8")


def fill_fact_kinds(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """The vocabulary as it is today. `samspil migrate` brings later changes over (`actions.load_vocabulary`)."""
    model = apps.get_model("courses", "FactKind")
    model.objects.using(editor.connection.alias).bulk_create(
        model(
            kind=kind.name,
            category=int(kind.category),
            attributes=list(kind.attributes),
            clock=[name for name, attribute in kind.attributes.items() if attribute.clock],
        )
        for kind in KINDS.values()
    )
