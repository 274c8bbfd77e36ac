"""Correcting the register: both entries stay."""

from __future__ import annotations

import pytest

from enduse.casework.deals.actions import registering, stages
from enduse.casework.people.actor import Actor
from enduse.casework.register.models import Entry
from enduse.domain.refusals import Refused
from tests.casework.calls import released

pytestmark = pytest.mark.django_db


def test_a_correction_is_an_entry_of_its_own(cast: dict[str, Actor]) -> None:
    deal = released(cast).deal.pk
    wrong = Entry.objects.get()
    stages.document(deal, by=cast["anna"], seen=1, documents=[{"kind": "contract", "number": "9/26", "date": "2026-10-03"}])
    made = registering.correct(wrong.number, by=cast["oleg"], reason="the number was wrong")
    assert (made.number, made.event, made.corrects, made.reason) == (wrong.number + 1, "released", wrong, "the number was wrong")
    assert made.content["documents"] != wrong.content["documents"]
    assert Entry.objects.get(number=wrong.number).content == wrong.content
    with pytest.raises(Refused, match=r"register\.corrected"):
        registering.correct(wrong.number, by=cast["oleg"], reason="again")
    assert registering.correct(made.number, by=cast["oleg"], reason="again").corrects == made


def test_only_what_is_there_is_corrected_and_with_a_reason(cast: dict[str, Actor]) -> None:
    released(cast)
    with pytest.raises(Refused, match=r"register\.absent"):
        registering.correct(7, by=cast["anna"], reason="a slip")
    with pytest.raises(Refused, match=r"deal\.reason"):
        registering.correct(1, by=cast["anna"], reason=" ")
    assert Entry.objects.count() == 1
