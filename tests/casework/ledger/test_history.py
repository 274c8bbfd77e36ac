"""Reading records about a thing: latest first, who did it, what it says, and that it was erased."""

from __future__ import annotations

from enduse.casework.ledger import history
from enduse.casework.ledger.history import told_about
from enduse.casework.ledger.models import Record
from enduse.casework.people.actions.persons import grant, revoke
from enduse.casework.people.actor import Actor


def test_records_come_latest_first_with_who_and_what(cast: dict[str, Actor]) -> None:
    gleb, root = cast["gleb"].person, cast["root"].person
    assert gleb is not None
    grant(gleb, by=cast["root"], role="lawyer")
    revoke(gleb, by=cast["root"], role="lawyer")
    told = told_about([f"person:{gleb}"])
    assert [one.kind for one in told] == ["people.role_revoked", "people.role_granted", "people.added"]
    assert [one.by for one in told] == [root] * 3
    assert told[0].body == {"role": "lawyer"}
    assert told_about([f"person:{gleb}"], most=1) == told[:1]


def test_the_system_is_nobody(cast: dict[str, Actor]) -> None:
    first = Record.objects.get(index=0)
    assert told_about([first.about])[-1].by is None


def test_an_erased_record_says_so() -> None:
    record = Record(index=3, at="2026-11-22T20:00:00.000000Z", kind="people.added", about="person:1", by="person:1", body=None)
    told = history._told(record)
    assert (told.erased, told.body) == (True, {})
