"""The database's form: bringing it up to this version of the program, and seeing whether it is."""

from __future__ import annotations

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from enduse.casework import guarding
from enduse.casework.people.directory import anybody

PERSONS = "people_person"


def bring_up() -> list[str]:
    """Bring the database up to this version: tables, the cache's table, the ledger's head, triggers. The steps it took, by name.

    Raises OperationalError where it cannot be reached. Done twice, the second time changes nothing.
    """
    steps = pending()
    call_command("migrate", verbosity=0, interactive=False)  # ends with the triggers
    call_command("createcachetable", verbosity=0)
    return steps


def pending() -> list[str]:
    """The steps that this version of the program has and the database has not."""
    executor = MigrationExecutor(connection)
    found = [f"{step.app_label}.{step.name}" for step, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    return found if found or settings.CACHES["default"]["LOCATION"] in connection.introspection.table_names() else ["cache"]


def ahead() -> list[str]:
    """The steps that the database has and this version of the program does not know: it was used by a newer one."""
    loader = MigrationExecutor(connection).loader
    return sorted(f"{app}.{name}" for app, name in set(loader.applied_migrations) - set(loader.disk_migrations) if app in loader.migrated_apps)


def unguarded() -> list[str]:
    """The triggers that are not there or not as they should be. Only of a database that is up to date."""
    return guarding.missing()


def begun() -> bool:
    """Whether anybody is known here. A database without tables has not begun; one that cannot be asked is no answer: what it raises is raised."""
    return PERSONS in connection.introspection.table_names() and anybody()
