"""What the register says of a deal: the four groups of 5.3."""

from __future__ import annotations

import pytest

from enduse.casework.deals.actions import filing
from enduse.casework.deals.registering import GROUPS, groups
from enduse.casework.people.actor import Actor
from enduse.casework.register.models import Entry
from tests.builders import PERMIT, file_with
from tests.casework.calls import released
from tests.casework.cast import imported
from tests.casework.deals.stories import CONCERN


def test_the_four_groups_are_what_the_deal_says() -> None:
    content = file_with(quantity={"units": "3"}, end_use={"purpose": "calls"}, permit=PERMIT)
    found = groups(content)
    assert tuple(found) == GROUPS
    assert found["documents"] == content["documents"]
    assert found["parties"] == content["parties"]
    assert found["subjects"]["solution"] == {"name": "Slovo", "version": "1.10"}
    assert found["subjects"]["quantity"] == {"units": "3"}
    assert found["identification"] == {**content["solution"]["identification"], "civil_only": "yes", "permits": [PERMIT]}


def test_an_empty_deal_has_empty_groups() -> None:
    found = groups({})
    assert tuple(found) == GROUPS
    assert found["documents"] == found["parties"] == []


@pytest.mark.django_db
def test_the_entry_of_a_release_is_complete_and_names_what_was_decided(cast: dict[str, Actor]) -> None:
    deal = released(cast, evidence=[CONCERN], permits=[PERMIT])
    entry = Entry.objects.get()
    assert (entry.lacks, entry.number, entry.by_id) == ([], 1, cast["anna"].person)
    for key, value in (("reference", "D-1"), ("version", 1), ("digest", deal.version.digest), ("outcome", "proceed"), ("edition", "2026-1")):
        assert entry.content[key] == value
    assert set(GROUPS) < set(entry.content)


@pytest.mark.django_db
def test_an_entry_says_what_it_lacks_and_why_something_was_left_out(cast: dict[str, Actor]) -> None:
    deal = imported(cast["anna"], documents=None, record={"excused": "kept by the distributor"}).deal.pk
    filing.refuse_deal(deal, by=cast["anna"], seen=1, reason="too vague")
    entry = Entry.objects.get()
    assert (entry.event, entry.reason, entry.lacks) == ("refused", "too vague", ["documents"])
    assert (entry.content["documents"], entry.content["excused"]) == ([], "kept by the distributor")
