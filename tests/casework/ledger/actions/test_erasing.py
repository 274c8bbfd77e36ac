"""Erasing what a record says: only where nothing rests on it, and told by a record of its own."""

from __future__ import annotations

import pytest

from enduse.casework.ledger.actions.erasing import ERASABLE, erase
from enduse.casework.ledger.claims import claims
from enduse.casework.ledger.models import Record
from enduse.casework.ledger.queries import body_of
from enduse.casework.ledger.verifying import verify
from enduse.casework.people.actor import Actor
from enduse.domain.refusals import NotAllowed, Refused
from tests.casework.ledger.logs import busy, last, small

Cast = dict[str, Actor]


def comment() -> Record:
    return Record.objects.filter(kind="deal.commented")[0]


def test_a_comment_is_erased_and_the_log_still_stands(installation: Cast) -> None:
    small(installation)
    index, head = comment().pk, last().pk
    record = erase(index, by=installation["root"], reason=" asked for ")
    held = comment()
    assert (held.salt, held.body, held.leaf_hash != "") == (None, None, True)
    told = last()
    assert (told.pk, told.kind, told.about) == (record, "ledger.body_erased", f"ledger:{index}")
    assert record == head + 1
    assert body_of(told) == {"record": index, "kind": "deal.commented", "reason": "asked for"}
    assert verify().sound


def test_what_decisions_rest_on_is_never_erased(installation: Cast) -> None:
    busy(installation)
    before = Record.objects.count()
    for record in Record.objects.exclude(kind__in=ERASABLE):
        with pytest.raises(Refused) as refused:
            erase(record.pk, by=installation["root"], reason="please")
        assert refused.value.refusals[0].code == "ledger.kept"
    assert Record.objects.count() == before
    assert not Record.objects.filter(body__isnull=True).exists()


def test_no_kind_that_can_be_erased_tells_of_rows() -> None:
    for kind in ERASABLE:
        assert list(claims(kind, "deal:1", {"text": "", "note": "", "reason": ""})) == []


def test_it_is_refused_twice_without_a_reason_and_of_what_is_not_there(installation: Cast) -> None:
    small(installation)
    index = comment().pk
    root = installation["root"]
    erase(index, by=root, reason="asked for")
    for number, reason, code in ((index, "again", "ledger.erased"), (9999, "x", "ledger.absent"), (index + 1, "  ", "deal.reason")):
        with pytest.raises(Refused) as refused:
            erase(number, by=root, reason=reason)
        assert refused.value.refusals[0].code == code
    assert last().pk == index + 6  # five more comments and one erasure


def test_it_takes_the_administrator(installation: Cast) -> None:
    small(installation)
    for name in ("anna", "boris", "vera"):
        with pytest.raises(NotAllowed):
            erase(comment().pk, by=installation[name], reason="asked for")
