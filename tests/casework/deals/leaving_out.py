"""Leaving a guard out, wherever it is asked, for the time of a test: so that the tests themselves are seen to notice."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection

from enduse.casework import guarding
from enduse.casework.deals.actions import approving, releasing
from enduse.casework.deals.queries import Held, deal_for
from enduse.casework.people.actor import Actor
from enduse.domain import release as law


@contextmanager
def without(guard: law.Guard) -> Iterator[int]:
    """Within, nobody asks this guard, nor does the database; in how many places it was asked."""
    places = 0
    with pytest.MonkeyPatch.context() as patched:
        for module in [found for name, found in sys.modules.items() if name.startswith("enduse.")]:
            for name, value in list(vars(module).items()):
                if isinstance(value, tuple) and any(one is guard for one in value):
                    patched.setattr(module, name, tuple(other for other in value if other is not guard))
                    places += 1
                elif value is guard and module is not law:
                    patched.setattr(module, name, _silent)
                    places += 1
        if guard is law.is_by_others:
            patched.setattr(approving, "same_hands", lambda *_: None)
        if guard is law.is_open:
            patched.setattr(releasing, "open_case", _open_case)
        drop_triggers()
        try:
            yield places
        finally:
            guarding.install()


def _silent(case: law.Case) -> None:
    return None


def _open_case(deal: int, by: Actor, seen: int | None) -> Held:
    return Held(deal_for(by, deal))


def drop_triggers() -> None:
    """Take every trigger of ours off."""
    with connection.cursor() as cursor:
        for guarded in guarding.TABLES:
            for name, _ in _triggers(guarded.table):
                cursor.execute(f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else f" ON {guarded.table}"))


def _triggers(table: str) -> list[Any]:
    return [found for found in guarding.triggers(connection) if found[0].rpartition("_")[0] == f"{guarding.PREFIX}{table}"]
