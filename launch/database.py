"""Roles and databases: what an administrator of PostgreSQL does once before Yimen may move in.

Three roles that nobody logs in with: ``yimen_owner`` owns every table, ``yimen_app`` serves people and owns nothing,
``yimen_audit`` reads. A login becomes one of them as the first thing on every connection.
"""

from __future__ import annotations

import psycopg
from psycopg import sql

from launch.say import Obstacle

ROLES = ("yimen_owner", "yimen_app", "yimen_audit")


#: The oldest PostgreSQL that has what we use.
OLDEST = 150000


def check_server(connection: psycopg.Connection) -> None:
    """Raises Obstacle for a PostgreSQL that is too old."""
    if connection.info.server_version < OLDEST:
        found = connection.info.server_version // 10000
        raise Obstacle(f"This server is PostgreSQL {found}; Yimen needs PostgreSQL 15 or newer.")


def _has_roles(connection: psycopg.Connection) -> bool:
    """Whether the roles are there and this login may take each of them."""
    found = connection.execute(
        "SELECT count(*) FROM pg_roles WHERE rolname = ANY(%s) AND pg_has_role(current_user, oid, 'MEMBER')",
        [list(ROLES)],
    ).fetchone()
    return found == (len(ROLES),)


def create_roles(connection: psycopg.Connection) -> None:
    """The three roles, if they are not there yet; the login of this connection may take each of them. Autocommit.

    Raises Obstacle when this login may not create them.
    """
    if _has_roles(connection):
        return
    try:
        for role in ROLES:
            connection.execute(
                sql.SQL(
                    "DO $$ BEGIN CREATE ROLE {0} NOLOGIN;"
                    " EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
                ).format(sql.Identifier(role))
            )
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = current_user AND rolsuper").fetchone():
                connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(role)))
    except psycopg.errors.InsufficientPrivilege:
        user = connection.info.user
        raise Obstacle(
            f"The login {user} may not create the roles that Yimen needs. Let an administrator run:"
            f" {' '.join(f'CREATE ROLE {role} NOLOGIN;' for role in ROLES)} GRANT {', '.join(ROLES)} TO {user};"
        ) from None


def prepare(connection: psycopg.Connection) -> None:
    """Make this database ready for migrations: extensions, schema, each role's rights. May run twice. Autocommit.

    Raises Obstacle when this login may not, or when the database cannot split Chinese text.
    """
    try:
        _prepare(connection)
    except psycopg.errors.InsufficientPrivilege as error:
        raise Obstacle(
            f"The login {connection.info.user} may not prepare the database {connection.info.dbname}"
            f" ({str(error).splitlines()[0]}): let it own the database, or let an administrator run this once."
        ) from None
    found = connection.execute("SELECT show_trgm('居住证') <> '{}'").fetchone()
    if not (found and found[0]):
        raise Obstacle(
            "This database cannot split Chinese text: create it with LC_CTYPE=C.UTF-8 (or ICU) instead of C."
        )


def _prepare(connection: psycopg.Connection) -> None:
    connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    connection.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    connection.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    connection.execute("GRANT USAGE, CREATE ON SCHEMA public TO yimen_owner")
    connection.execute("GRANT USAGE ON SCHEMA public TO yimen_app, yimen_audit")
    for statement in (
        "GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO yimen_app",
        "GRANT SELECT ON TABLES TO yimen_audit",
        "GRANT USAGE, SELECT ON SEQUENCES TO yimen_app",
    ):
        connection.execute(f"ALTER DEFAULT PRIVILEGES FOR ROLE yimen_owner IN SCHEMA public {statement}")


def create_login(connection: psycopg.Connection, name: str, password: str, *, role: str) -> None:
    """A login that may take one role; the password is set again each time. Autocommit."""
    if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone():
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(name)))
    connection.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(name), sql.Literal(password)))
    connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(role), sql.Identifier(name)))


def create_database(admin_url: str, name: str, *, template: str | None = None) -> None:
    """A new empty database, or a copy of ``template``; the one of that name before is dropped."""
    with psycopg.connect(admin_url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        # template1 is used by everybody at once; template0 can be copied while others are at it
        source = sql.Identifier(template or "template0")
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), source))


def drop_database(admin_url: str, name: str) -> None:
    """Away with it, whoever is still connected."""
    with psycopg.connect(admin_url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
