"""Roles and databases: what an administrator of PostgreSQL does once before Yimen may move in.

Three roles that nobody logs in with: ``yimen_owner`` owns every table, ``yimen_app`` serves people and owns nothing,
``yimen_audit`` reads. A login becomes one of them as the first thing on every connection.
"""

from __future__ import annotations

import psycopg
from psycopg import sql

ROLES = ("yimen_owner", "yimen_app", "yimen_audit")


def create_roles(connection: psycopg.Connection) -> None:
    """The three roles, if they are not there yet; the login of this connection may take each of them. Autocommit."""
    for role in ROLES:
        connection.execute(
            sql.SQL(
                "DO $$ BEGIN CREATE ROLE {0} NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
            ).format(sql.Identifier(role))
        )
        superuser = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
        if not (superuser and superuser[0]):
            connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(role)))


def prepare(connection: psycopg.Connection) -> None:
    """Make the database of this connection ready for migrations: extensions, schema, and what each role may do. May run twice."""
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
        connection.execute(f"ALTER DEFAULT PRIVILEGES FOR ROLE yimen_owner IN SCHEMA public {statement}")  # noqa: S608
    found = connection.execute("SELECT show_trgm('居住证') <> '{}'").fetchone()
    if not (found and found[0]):
        raise RuntimeError(
            "This database cannot split Chinese text: create it with LC_CTYPE=C.UTF-8 (or ICU) instead of C."
        )


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
