"""Who is foreign and what is lacking to know it."""

from __future__ import annotations

from enduse.domain.deal import Party
from enduse.domain.determination import foreign, foreignness, lacking, may_be_home


def test_what_is_lacking_is_named_in_order() -> None:
    assert lacking(Party("owner")) == "name"
    assert lacking(Party("owner", "A")) == "kind"
    assert lacking(Party("owner", "A", "company")) == "country"
    assert lacking(Party("owner", "A", "person")) == "citizenship"
    assert lacking(Party("owner", "A", "state", "BY")) == ""


def test_a_party_is_unknown_exactly_while_something_is_lacking() -> None:
    for party in (Party("owner"), Party("owner", "A", "person"), Party("owner", "A", "company", "RU"), Party("owner", "A", "person", None, ())):
        assert (foreignness(party) == "unknown") == (lacking(party) != "")


def test_who_is_stated_to_be_abroad_cannot_turn_out_to_be_at_home() -> None:
    assert not may_be_home([Party("counterparty", None, "company", "DE")])
    assert not may_be_home([Party("counterparty", "A", "person", None, ("RU", "AM"))])
    assert may_be_home([Party("counterparty", None, "company", "RU"), Party("payer", "Bank", "company", "CY")])


def test_the_grounds_name_the_parties_that_make_it_so() -> None:
    level, grounds = foreign([Party("counterparty", "Ours", "company", "RU"), Party("owner", "Theirs", "company", "KE"), Party("payer", "Bank")])
    assert (level, [ground.values["name"] for ground in grounds]) == ("yes", ["Theirs"])
    level, grounds = foreign([Party("payer", "Bank", "company", "CY")])
    assert (level, [ground.code for ground in grounds]) == ("unknown", ["no_parties"])
