"""Grants for tables, as migration operations. Every table is either open (named here) or walled (`access`).

No default privileges exist: a table that no migration grants is closed to the application.
"""

from django.db.migrations import RunSQL

APP = "samspil_app"


def open_table(table: str, rights: str = "SELECT, INSERT, UPDATE, DELETE") -> RunSQL:
    """Grant `rights` on a table without personal data of families to the application's role."""
    return RunSQL(f'GRANT {rights} ON "{table}" TO {APP}', f'REVOKE ALL ON "{table}" FROM {APP}')
