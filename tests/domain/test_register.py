"""What a record lacks."""

from __future__ import annotations

from enduse.domain.deal import Deal
from enduse.domain.register import lacks, standing
from tests.builders import deal_with


def test_an_empty_deal_lacks_everything() -> None:
    assert lacks(Deal("D")) == ("documents", "parties", "solution", "version", "identification")


def test_a_complete_one_lacks_nothing() -> None:
    assert lacks(deal_with()) == ()


def test_what_it_lacks_is_its_ground() -> None:
    level, grounds = standing(deal_with(documents=[]))
    assert (level, [ground.values["lack"] for ground in grounds]) == ("missing", ["documents"])
