"""How the tests' database is made empty again after a test that really committed: as it was before the first, in milliseconds.

Django's own way empties table by table and migrates again, which the guards refuse and which takes seconds.
"""

from __future__ import annotations

import sqlite3

from django.db import connection

KEPT = ("django_migrations", "django_content_type", "auth_permission")
_GUARDS = (
    "SELECT md5(string_agg(concat(t.tgname, t.tgenabled, p.prosrc), ',' ORDER BY t.tgname)) FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
    " WHERE NOT t.tgisinternal"
)
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
_SEQUENCES = (  # not those of the tables that keep their rows: their next number is taken
    "SELECT setval(format('%I', sequencename), 1, false) FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL"
    f" AND sequencename NOT IN ({', '.join(repr(f'{name}_id_seq') for name in KEPT)})"
)


class AsItWas:
    """What the database was before any test wrote to it."""

    def __init__(self) -> None:
        connection.ensure_connection()
        if connection.vendor == "sqlite":
            self.file = sqlite3.connect(":memory:", check_same_thread=False)
            connection.connection.backup(self.file)
            return
        with connection.cursor() as cursor:
            self.guards = self.asked(cursor, _GUARDS)

    def again(self) -> None:
        """Make it that again."""
        connection.ensure_connection()
        if connection.vendor == "sqlite":
            self.file.backup(connection.connection)
            return
        with connection.cursor() as cursor:
            cursor.execute(_TABLES)
            tables = [name for (name,) in cursor.fetchall() if name not in KEPT]
            cursor.execute("SET session_replication_role = replica")  # no triggers, ours or those of foreign keys, for this alone
            cursor.execute("; ".join(f'DELETE FROM "{table}"' for table in tables))
            cursor.execute("INSERT INTO ledger_head (id, size, frontier, last_at) VALUES (1, 0, '0', '')")
            cursor.execute("SET session_replication_role = origin")
            cursor.execute(_SEQUENCES)
            whole = self.asked(cursor, _GUARDS) == self.guards
        if not whole:  # a test took guards off
            from enduse.casework import guarding  # noqa: PLC0415 - Django's apps come first

            guarding.install()

    @staticmethod
    def asked(cursor: object, query: str) -> object:
        """The one value that a query gives."""
        cursor.execute(query)  # type: ignore[attr-defined]
        return cursor.fetchone()[0]  # type: ignore[attr-defined]
