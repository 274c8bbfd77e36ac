"""The Django app `deals`; it also sees to the triggers, being the last of the apps."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate


class DealsConfig(AppConfig):
    """The app as Django knows it."""

    name = "enduse.casework.deals"
    label = "deals"

    def ready(self) -> None:
        """From now on every connection knows the action under way, and every migrate ends with the triggers in place."""
        connection_created.connect(_connected)
        pre_migrate.connect(_migrating, sender=self)
        post_migrate.connect(_migrated, sender=self)


def _connected(connection: Any, **_: Any) -> None:
    from enduse.casework import guarding  # noqa: PLC0415 - apps come first

    guarding.connected(connection)


def _migrating(using: str, plan: list[Any], **_: Any) -> None:
    from enduse.casework import guarding  # noqa: PLC0415

    if plan:
        guarding.make_way(using)


def _migrated(using: str, **_: Any) -> None:
    from enduse.casework import guarding  # noqa: PLC0415
    from enduse.casework.ledger.writing import begin  # noqa: PLC0415

    begin(using)
    guarding.install(using)
