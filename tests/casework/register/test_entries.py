"""Entries of the register: numbered without gaps, never changed, their digest in the ledger."""

from __future__ import annotations

import json

import pytest

from enduse.casework.deals.models import Deal
from enduse.casework.door import action
from enduse.casework.ledger.models import Record
from enduse.casework.people.actor import Actor
from enduse.casework.register.entries import enter
from enduse.casework.register.models import Entry
from enduse.domain.rules import fingerprint
from tests.casework.cast import imported

pytestmark = pytest.mark.django_db


def entered(cast: dict[str, Actor], deal: Deal, event: str, corrects: Entry | None = None) -> Entry:
    with action("deal.refused", by=cast["anna"], about=f"deal:{deal.pk}") as act:
        return enter(act, deal=deal.pk, event=event, content={"a": [1]}, lacks=["documents"], reason="r", corrects=corrects)


def test_entries_are_numbered_and_the_ledger_holds_their_digest(cast: dict[str, Actor]) -> None:
    deal = imported(cast["anna"]).deal
    for number, event in enumerate(("released", "refused", "withdrawn"), 1):
        made = entered(cast, deal, event)
        assert (made.number, made.event, made.lacks, made.reason, made.by_id) == (number, event, ["documents"], "r", cast["anna"].person)
        body = json.loads(Record.objects.latest("index").body or "")
        assert body["entered"] == fingerprint({"event": event, "content": {"a": [1]}, "lacks": ["documents"]})


def test_an_entry_that_fails_leaves_no_gap(cast: dict[str, Actor]) -> None:
    deal = imported(cast["anna"]).deal
    with pytest.raises(ValueError, match="oh"), action("deal.refused", by=cast["anna"], about="deal:1") as act:
        enter(act, deal=deal.pk, event="refused", content={}, lacks=[])
        raise ValueError("oh")
    assert entered(cast, deal, "refused").number == 1


def test_a_correction_points_at_what_it_corrects(cast: dict[str, Actor]) -> None:
    deal = imported(cast["anna"]).deal
    wrong = entered(cast, deal, "refused")
    made = entered(cast, deal, "refused", corrects=wrong)
    assert made.corrects == wrong
    assert list(wrong.corrections.all()) == [made]
