"""The SQL of the wall, read from its files, and the grid of roles as rows."""

import re
from pathlib import Path

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from samspil.foundation.kernel.roles import ROLES

FOLDER = Path(__file__).resolve().parents[1] / "sql"
WALLED = ("subject", "space", "item", "item_subject", "ledger")


def text_of(name: str) -> str:
    """One file of `access/sql`."""
    return (FOLDER / name).read_text(encoding="utf-8")


def functions(*names: str, file: str = "3_functions.sql") -> str:
    """These functions of the wall as they stand in their file today, put in the place of older ones."""
    source = text_of(file)
    found = []
    for name in names:
        [text] = re.findall(rf"^CREATE FUNCTION wall\.{name}\(.*?\$\$;$", source, re.MULTILINE | re.DOTALL)
        found.append(text.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1))
    return "\n\n".join(found)


def fill_role_mask(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """The grid of `kernel/roles.py` as rows. A later change of the grid calls this again in a new migration."""
    with editor.connection.cursor() as cursor:
        for role in ROLES.values():
            cursor.execute(
                "INSERT INTO wall.role_mask (role, categories, permissions) VALUES (%s, %s, %s) "
                "ON CONFLICT (role) DO UPDATE SET categories = excluded.categories, "
                "permissions = excluded.permissions",
                [role.key.value, int(role.categories), sorted(p.value for p in role.permissions)],
            )
