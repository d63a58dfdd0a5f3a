"""Grants for tables, as migration operations. Every table is either open (named here) or walled (`access`).

No default privileges exist: a table that no migration grants is closed to the application.
"""

from django.db.migrations import RunSQL

APP = "samspil_app"
GUARD = "samspil_guard"


def open_table(table: str, rights: str = "SELECT, INSERT, UPDATE, DELETE") -> RunSQL:
    """Grant `rights` on a table without personal data of families to the application's role."""
    return RunSQL(f'GRANT {rights} ON "{table}" TO {APP}', f'REVOKE ALL ON "{table}" FROM {APP}')


def guarded_table(table: str, rights: str) -> RunSQL:
    """Grant `rights` to the role that owns the wall's functions: the application writes by those."""
    return RunSQL(f'GRANT {rights} ON "{table}" TO {GUARD}', f'REVOKE ALL ON "{table}" FROM {GUARD}')


def same_authority(table: str, column: str, target: str) -> RunSQL:
    """Tie `table.column` to a row of `target` of the *same* authority, by a composite foreign key."""
    name = f"{table}_{column}_same_authority"
    return RunSQL(
        f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" FOREIGN KEY (authority_id, "{column}") '
        f'REFERENCES "{target}" (authority_id, id) DEFERRABLE INITIALLY DEFERRED',
        f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"',
    )
