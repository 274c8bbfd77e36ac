"""A deal file made for facts has these facts."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.domain.decision import decide
from enduse.domain.witness import deal_for, possible
from enduse.formats.deal_file import read_deal
from enduse.formats.plain import Document, read_yaml
from enduse.formats.writing import deal_text
from enduse.stores.editions import load_edition
from tests.builders import DAY, clean_facts, random_facts

EDITION = load_edition()


@given(st.integers(0, 2**32 - 1).map(random.Random))
def test_the_way_back_leads_to_the_same_facts(rng: random.Random) -> None:
    facts = random_facts(EDITION.table, rng, 0.2)
    if not possible(facts):
        facts |= {"identification_check": "done", "listed": "no"}
    held = deal_for(facts, EDITION, at=DAY)
    assert decide(read_deal(Document(held), EDITION), EDITION, at=DAY).facts == facts


def test_it_reads_back_from_the_file_it_is_written_to() -> None:
    facts = clean_facts(indicator_9="explained", clauses="excused", record="excused", permit="valid", notice="oral", foreign="unknown")
    text = deal_text(deal_for(facts, EDITION, at=DAY))
    assert decide(read_deal(read_yaml(text), EDITION), EDITION, at=DAY).facts == facts


@pytest.mark.parametrize(
    "levels",
    [{"listed": "unknown"}, {"identification_check": "not_done"}, {"identification_check": "not_done", "listed": "yes"}],
)
def test_facts_that_no_file_can_have_are_refused(levels: dict[str, str]) -> None:
    facts = clean_facts(**levels)
    assert not possible(facts)
    with pytest.raises(ValueError, match="no deal file"):
        deal_for(facts, EDITION, at=DAY)
