"""What records say of rows: every action that writes a row that counts says so in its record."""

from __future__ import annotations

from collections import Counter

import pytest

from enduse.casework.ledger.claims import TABLES, claims, roles_after
from enduse.casework.ledger.models import Record
from enduse.casework.ledger.queries import body_of
from enduse.casework.people.actor import Actor
from tests.casework.ledger.logs import busy


def test_every_table_is_told_of_by_real_actions(installation: dict[str, Actor]) -> None:
    busy(installation)
    told = Counter(claim.table for record in Record.objects.all() for claim in claims(record.kind, record.about, body_of(record)))
    assert {table.table for table in TABLES} - set(told) == {"ledger_checkpoint"}


def test_a_checkpoint_tells_of_its_row() -> None:
    (claim,) = claims("ledger.checkpointed", "ledger", {"checkpoint": 3, "size": 7, "root": "00"})
    assert claim == ("ledger_checkpoint", 3, (7, "00"))


def test_a_record_that_does_not_say_what_it_should_is_an_error() -> None:
    for kind, body in (("deal.approved", {}), ("deal.released", {"release": 1}), ("register.corrected", {"register": 1})):
        with pytest.raises(LookupError):
            list(claims(kind, "deal:1", body))
    with pytest.raises(ValueError):
        list(claims("deal.held", "deal:new", {}))


def test_roles_are_followed() -> None:
    assert list(roles_after("people.added", "person:4", {"roles": ["officer", "expert"]})) == [(4, "officer", True), (4, "expert", True)]
    assert list(roles_after("people.role_revoked", "person:4", {"role": "officer"})) == [(4, "officer", False)]
    assert list(roles_after("people.left", "person:4", {})) == [(4, None, False)]
    assert list(roles_after("people.returned", "person:4", {"roles": ["officer"]})) == [(4, "officer", True)]
    assert list(roles_after("deal.filed", "deal:4", {})) == []
