"""The database's roles and their rights, as SQL: run by the starter, or printed for a DBA."""

import argparse

OWNER, GUARD, APP, DOOR, RESEARCH = (
    "samspil_owner",
    "samspil_guard",
    "samspil_app",
    "samspil_door",
    "samspil_research",
)
TEST = "samspil_test"
SUPERUSER = "postgres"
EVERY_LOGIN = (OWNER, APP, DOOR, RESEARCH, TEST)
"""Every role that may ever log in, also the one that exists in test clusters only."""

ATTRIBUTES = {
    OWNER: "LOGIN BYPASSRLS",
    GUARD: "NOLOGIN BYPASSRLS",
    APP: "LOGIN NOBYPASSRLS",
    DOOR: "LOGIN NOBYPASSRLS",
    RESEARCH: "LOGIN NOBYPASSRLS",
    TEST: "LOGIN NOINHERIT NOBYPASSRLS",
}
ALWAYS = "NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION"
PAGE_TIMEOUT = "5s"
LARGE_OBJECTS = ("lo_creat(integer)", "lo_create(oid)", "lo_from_bytea(oid, bytea)")
"""The functions that make a large object, open to everybody in a database as PostgreSQL makes it."""


def roles_sql(*, with_test_role: bool = False) -> list[str]:
    """Statements that make every role, whatever stood there before. Run in the database `postgres`."""
    roles = [role for role in ATTRIBUTES if role != TEST or with_test_role]
    statements = [_made(role) for role in roles]
    statements += [f"ALTER ROLE {role} {ATTRIBUTES[role]} {ALWAYS}" for role in roles]
    statements.append(f"GRANT {GUARD} TO {OWNER}")  # the owner hands the definer functions to the guard
    statements += [f"ALTER ROLE {role} SET track_activities = off" for role in (APP, DOOR)]
    statements += [f"ALTER ROLE {role} SET statement_timeout = '{PAGE_TIMEOUT}'" for role in (APP, DOOR)]
    # The planner guesses a policy's look-ups too dear and compiles them, which costs more than it saves.
    statements += [f"ALTER ROLE {role} SET jit = off" for role in roles if role != GUARD]
    # A walled statement takes longer to plan than to answer: what is prepared is planned once, whatever its
    # values. Left to itself the planner trusts its guesses, and plans such statements anew each time.
    statements += [f"ALTER ROLE {role} SET plan_cache_mode = force_generic_plan" for role in (APP, DOOR)]
    if with_test_role:
        statements.append(f"GRANT {OWNER}, {APP}, {DOOR} TO {TEST}")
        statements.append(f"ALTER ROLE {TEST} SET statement_timeout = '{PAGE_TIMEOUT}'")
        statements.append(f"ALTER ROLE {TEST} SET jit = off")
        statements.append(f"ALTER ROLE {TEST} SET plan_cache_mode = force_generic_plan")
    return statements


def database_sql(name: str, *, with_test_role: bool = False) -> list[str]:
    """Who may come into one database. Needed for every database made, also for a copy of another."""
    visitors = (GUARD, APP, DOOR, RESEARCH) + ((TEST,) if with_test_role else ())
    return [
        f'ALTER DATABASE "{name}" OWNER TO {OWNER}',
        f'REVOKE ALL ON DATABASE "{name}" FROM PUBLIC',
        f'GRANT CONNECT ON DATABASE "{name}" TO {", ".join(visitors)}',
    ]


def schema_sql() -> list[str]:
    """Rights inside the database: the owner alone makes things in `public`, nobody makes large objects."""
    return [
        # What one actor puts into one, the next to use the connection could read: no policy stands before it.
        *(f"REVOKE ALL ON FUNCTION pg_catalog.{name} FROM PUBLIC" for name in LARGE_OBJECTS),
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        f"GRANT USAGE, CREATE ON SCHEMA public TO {OWNER}",
        f"GRANT USAGE ON SCHEMA public TO {GUARD}, {APP}, {DOOR}, {RESEARCH}",
    ]


def _made(role: str) -> str:
    return (
        f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') "
        f"THEN CREATE ROLE {role}; END IF; END $$"
    )


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words after `samspil database-roles`."""
    parser.add_argument("--database", default="samspil", help="the name of Samspil's database")


def run(options: argparse.Namespace) -> int:
    """Print the SQL that a DBA runs once with psql."""
    print("-- Run as a superuser: psql -d postgres -f this-file. Give the roles that log in passwords or")
    print("-- certificates of their own afterwards.")
    for statement in roles_sql():
        print(f"{statement};")
    print(f"CREATE DATABASE \"{options.database}\" OWNER {OWNER} ENCODING 'UTF8' TEMPLATE template0;")
    for statement in database_sql(options.database):
        print(f"{statement};")
    print(f'\\connect "{options.database}"')
    for statement in schema_sql():
        print(f"{statement};")
    return 0
