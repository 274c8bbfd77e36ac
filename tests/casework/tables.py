"""Every table of the database as it stands, to tell whether anything at all was changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from enduse.domain.refusals import Refused

Dump = dict[str, list[tuple[Any, ...]]]


def dump() -> Dump:
    """All rows of all tables."""
    with connection.cursor() as cursor:
        return {table: _rows(cursor, table) for table in sorted(connection.introspection.table_names(cursor))}


def _rows(cursor: Any, table: str) -> list[tuple[Any, ...]]:
    cursor.execute(f'SELECT * FROM "{table}"')
    return sorted((tuple(row) for row in cursor.fetchall()), key=repr)


def changed(before: Dump, after: Dump) -> list[str]:
    """The tables in which something is different."""
    return [table for table in before if before[table] != after.get(table)]


def refused(do: Callable[[], Any]) -> str:
    """Why it is refused; nothing is changed."""
    before = dump()
    with pytest.raises(Refused) as answer:
        do()
    assert changed(before, dump()) == []
    return answer.value.refusals[0].code
