"""Holding the records against the rows that they tell of: what was altered, taken away or put in behind the ledger's back."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import OperationalError, connections
from pydantic_core import from_json

from enduse.casework.ledger.actions.erasing import ERASABLE
from enduse.casework.ledger.claims import GRANTS, TABLES, Told, claims, roles_after
from enduse.domain.ledger import MOST_FINDINGS, TOLERANCE, Entry, Finding, Row

NOWHERE = -1  # the number that stands for no record
CHUNK = 2000
_TELLING = ("deal.", "register.", "people.", "settings.", "ledger.checkpointed")
_BROKEN = (ValueError, TypeError, LookupError, AttributeError)


class _Expected(NamedTuple):
    """What must stand in a row: the record that says so, its values hashed, by whom, when."""

    record: int
    values: int
    by: str
    at: str


class Comparison:
    """Takes records as they go by, then the rows. Of what they say only hashes are kept: logs are long."""

    def __init__(self) -> None:
        self.named: dict[str, dict[Any, _Expected]] = defaultdict(dict)
        self.unnamed: dict[str, dict[int, list[_Expected]]] = defaultdict(lambda: defaultdict(list))
        self.roles: dict[int, dict[str, int]] = defaultdict(dict)
        self.silent: set[str] = set()  # what records are about whose bodies cannot be read any more
        self.findings: list[Finding] = []
        self.counts: Counter[str] = Counter()
        self.compared = self.uncompared = 0

    def watched(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The records passed on, each taken on the way."""
        for row in rows:
            entry = row.entry
            kind = entry.kind
            if isinstance(kind, str) and kind.startswith(_TELLING) and kind not in ERASABLE:
                self._take(entry, row.body)
            yield row

    def _take(self, entry: Entry, body: bytes | None) -> None:
        try:
            said = from_json(body)  # type: ignore[arg-type]
            for claim in claims(entry.kind, entry.about, said):
                expected = _Expected(entry.index, hash(claim.values), entry.by, entry.at)
                if claim.row is None:
                    self.unnamed[claim.table][expected.values].append(expected)
                else:
                    self.named[claim.table][claim.row] = expected
            for person, role, held in roles_after(entry.kind, entry.about, said):
                if held and role is not None:
                    self.roles[person][role] = entry.index
                elif role is None:
                    self.roles.pop(person, None)
                else:
                    self.roles[person].pop(role, None)
        except _BROKEN:
            self.uncompared += 1
            self.silent.add(entry.about)

    def found(self, code: str, index: int, **values: object) -> None:
        self.counts[code] += 1
        if self.counts[code] <= MOST_FINDINGS:
            self.findings.append(Finding(code, index, values))

    def hold(self, using: str = "default") -> None:
        """Read the rows and hold them against what was taken."""
        for told in TABLES:
            try:
                for row in _read(told.sql, using):
                    self._row(told, row)
            except OperationalError:  # SQLite keeps text that is none
                self.found("ledger.row_unreadable", NOWHERE, table=told.table)
            else:
                self._left(told)
        self._grants(using)

    def _row(self, told: Told, row: tuple[Any, ...]) -> None:
        name, by, at, hands, *rest = row
        try:
            which, values = told.stored(tuple(rest))
            hashed = hash(values)
        except _BROKEN:
            self.found("ledger.row_unreadable", NOWHERE, table=f"{told.table} {name}")
            return
        alike = self.unnamed[told.table].get(hashed) if which is None else None
        expected = self.named[told.table].pop(which, None) if which is not None else alike.pop(0) if alike else None
        if expected is None:
            self._untold(told, name, values)
            return
        self.compared += 1
        if expected.values != hashed or not _same_moment(at, expected.at) or (told.signed and not _same_hands(told, by, hands, expected.by)):
            self.found("ledger.row_altered", expected.record, table=told.table, row=name)

    def _untold(self, told: Told, name: Any, values: tuple[Any, ...]) -> None:
        if told.spare:
            return
        if self.silent:  # a record that would have told of it cannot be read any more
            self.uncompared += 1
        else:
            self.found("ledger.row_untold", NOWHERE, table=told.table, row=name)

    def _left(self, told: Told) -> None:
        """Rows that were told of and are not there."""
        unnamed = (expected for alike in self.unnamed[told.table].values() for expected in alike)
        for expected in (*self.named[told.table].values(), *unnamed):
            self.found("ledger.row_missing", expected.record, table=told.table)

    def _grants(self, using: str) -> None:
        for name, person, role in _read(GRANTS, using):
            if self.roles[person].pop(role, None) is not None:
                self.compared += 1
            else:
                self.found("ledger.row_untold", NOWHERE, table="people_grant", row=name)
        for index in (index for roles in self.roles.values() for index in roles.values()):
            self.found("ledger.row_missing", index, table="people_grant")


def _read(sql: str, using: str) -> Iterator[tuple[Any, ...]]:
    with connections[using].chunked_cursor() as cursor:
        cursor.execute(sql)
        while rows := cursor.fetchmany(CHUNK):
            yield from rows


@lru_cache(maxsize=10_000)
def _hands(by: str) -> tuple[int | None, frozenset[int]]:
    """The person and everybody whose doing it is, of an actor as the ledger names them."""
    parts = [part.partition(":") for part in by.split(" ")]
    person = next((int(number) for word, _, number in parts if word == "person"), None)
    return person, frozenset(int(number) for word, _, number in parts if word in ("person", "for"))


def _same_hands(told: Told, by: int | None, hands: Any, acted: str) -> bool:
    try:
        person, expected = _hands(acted)
        held = None if hands is None else frozenset(json.loads(hands) if isinstance(hands, str) else hands)
    except _BROKEN:
        return False
    return by == person and (held is None or (held >= expected if told.more_hands else held == expected))


def _same_moment(at: Any, stamp: str) -> bool:
    """Whether a row's time is that of its record, but for what clocks may differ by."""
    if at is None:
        return True
    try:
        moment = datetime.fromisoformat(at) if isinstance(at, str) else at
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return bool(abs(moment - datetime.fromisoformat(stamp)) <= TOLERANCE)
    except _BROKEN:
        return False
