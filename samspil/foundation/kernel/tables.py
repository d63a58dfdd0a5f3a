# ruff: noqa: S608  (the parts are names written in migrations)
"""Grants for tables, as migration operations. Every table is open (named here), walled, or closed.

No default privileges exist: a table that no migration grants is closed to the application.
"""

from collections.abc import Mapping, Sequence

from django.db.migrations import RunSQL

APP = "samspil_app"
GUARD = "samspil_guard"


class OpenTable(RunSQL):
    """A table without personal data of families, named open. A test compares the names with the catalogue."""

    def __init__(self, sql: str, reverse_sql: str | None = None, *, table: str = "") -> None:
        super().__init__(sql, reverse_sql)
        self.table = table


class WalledTable(RunSQL):
    """A table whose rows the wall shows or hides. A test compares the names with the catalogue."""

    def __init__(self, sql: str, reverse_sql: str | None = None, *, table: str = "") -> None:
        super().__init__(sql, reverse_sql)
        self.table = table


def open_table(table: str, rights: str = "SELECT, INSERT, UPDATE, DELETE") -> RunSQL:
    """Grant `rights` on a table without personal data of families to the application's role."""
    return OpenTable(
        f'GRANT {rights} ON "{table}" TO {APP}', f'REVOKE ALL ON "{table}" FROM {APP}', table=table
    )


def guarded_table(table: str, rights: str) -> RunSQL:
    """Grant `rights` to the role that owns the wall's functions: the application writes by those."""
    return RunSQL(f'GRANT {rights} ON "{table}" TO {GUARD}', f'REVOKE ALL ON "{table}" FROM {GUARD}')


def walled_table(
    table: str,
    *,
    kinds: Sequence[str],
    repeats: Mapping[str, str] | None = None,
    points_to: Mapping[str, str] | None = None,
    changes: bool = True,
) -> RunSQL:
    """Put a table of content behind the wall. Its key `item_id` is the item that says who sees the row.

    `kinds`      the kinds of item that a row of this table may be
    `repeats`    columns copied from the item, checked against it: {"unit_id": "owner_unit_id"}; a column
                 of one subject is checked with {"subject_id": "subjects"}
    `points_to`  columns that point to another walled table, whose row the writer must see:
                 {"supersedes_id": "journal_note.item_id"}
    `changes`    whether rows are ever updated; history is rows of its own, and nothing is deleted
    """
    kind_list = ", ".join(f"'{kind}'" for kind in kinds)
    checks = [f"i.kind IN ({kind_list})", "i.owner_unit_id = c.unit"]
    for column, source in (repeats or {}).items():
        value = f'"{table}"."{column}"'
        checks.append(f"{value} = ANY(i.subjects)" if source == "subjects" else f'{value} = i."{source}"')
    own = _looked_up(f'"{table}"."item_id"', " AND ".join(checks))
    new = _looked_up(f'"{table}"."item_id"', " AND ".join([*checks, "i.author_id = c.account"]))
    seen_targets = "".join(_sees(table, column, target) for column, target in (points_to or {}).items())
    seen = f'coalesce((SELECT true FROM access_item i WHERE i.id = "{table}"."item_id" LIMIT 1), false)'
    statements = [
        f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
        f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
        f'CREATE POLICY seen ON "{table}" FOR SELECT TO {APP} USING ({seen})',
        f'CREATE POLICY written ON "{table}" FOR INSERT TO {APP} WITH CHECK ({new}{seen_targets})',
        f'GRANT SELECT, INSERT ON "{table}" TO {APP}',
        f'GRANT SELECT ON "{table}" TO {GUARD}',
    ]
    if changes:
        kept = f"USING ({own}) WITH CHECK ({own}{seen_targets})"
        statements += [
            f'CREATE POLICY changed ON "{table}" FOR UPDATE TO {APP} {kept}',
            f'GRANT UPDATE ON "{table}" TO {APP}',
        ]
    return WalledTable(";\n".join(statements), f'REVOKE ALL ON "{table}" FROM {APP}', table=table)


def people_are_seen(table: str, *columns: str) -> RunSQL:
    """Columns that point to a subject name only one whom the writer sees. For rows that never change."""
    checks = "".join(_sees(table, column, "access_subject.id") for column in columns)
    return RunSQL(
        f'CREATE POLICY people_are_seen ON "{table}" AS RESTRICTIVE FOR INSERT TO {APP} '
        f"WITH CHECK (true{checks})",
        f'DROP POLICY people_are_seen ON "{table}"',
    )


def _looked_up(key: str, condition: str) -> str:
    return (
        f"coalesce((SELECT coalesce({condition}, false) FROM access_item i, wall.ctx() c "
        f"WHERE i.id = {key} LIMIT 1), false)"
    )


def _sees(table: str, column: str, target: str) -> str:
    """The target of a foreign key is seen, else the key would tell whether it exists.

    A row of content is seen as its item is; asking its own table would recurse where it points to itself.
    """
    other, _, key = target.partition(".")
    if key == "item_id":
        other, key = "access_item", "id"
    value = f'"{table}"."{column}"'
    return (
        f" AND ({value} IS NULL OR coalesce("
        f'(SELECT true FROM "{other}" t WHERE t."{key}" = {value} LIMIT 1), false))'
    )


def same_authority(table: str, column: str, target: str) -> RunSQL:
    """Tie `table.column` to a row of `target` of the *same* authority, by a composite foreign key."""
    name = f"{table}_{column}_same_authority"
    return RunSQL(
        f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" FOREIGN KEY (authority_id, "{column}") '
        f'REFERENCES "{target}" (authority_id, id) DEFERRABLE INITIALLY DEFERRED',
        f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"',
    )
