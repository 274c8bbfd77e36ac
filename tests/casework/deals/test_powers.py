"""Each part of a deal takes the power of its own stage, by whatever way it is written."""

from __future__ import annotations

from typing import Any

import pytest

from enduse.casework.deals.actions import stages
from enduse.casework.deals.checking import PARTS
from enduse.casework.deals.powers import demand_determination, demand_parts
from enduse.casework.people.actor import Actor
from enduse.casework.people.roles import POWERS
from enduse.domain.refusals import NotAllowed, Refused
from tests.casework.cast import held, imported

SALES = Actor(1, "Gleb (gleb@example.org)", roles=frozenset({"initiator"}), names=("Gleb",))
OFFICER = Actor(2, "Anna (anna@example.org)", roles=frozenset({"officer"}), names=("Anna",))
EXPERT = Actor(3, "Elena (elena@example.org)", roles=frozenset({"initiator", "expert"}), names=("Elena",))


def may(by: Actor, before: dict[str, Any], after: dict[str, Any]) -> bool:
    try:
        demand_parts(by, before, after)
    except NotAllowed:
        return False
    return True


def test_every_verb_of_a_part_is_one_of_ours() -> None:
    assert set(PARTS.values()) <= set(POWERS)


@pytest.mark.parametrize("path", PARTS, ids=".".join)
def test_a_part_is_changed_by_those_who_have_its_power(path: tuple[str, ...]) -> None:
    after: Any = ["x"]
    for step in reversed(path):
        after = {step: after}
    for by in (SALES, OFFICER, EXPERT):
        assert may(by, {}, after) == may(by, after, {}) == by.may(PARTS[path])
        assert may(by, after, after)


def test_permits_and_evidence_are_looked_at_one_by_one() -> None:
    rumour, visit = {"id": "e1", "grade": "alleged"}, {"id": "e2", "grade": "clearing", "recorded_by": "ANNA"}
    assert not may(SALES, {}, {"permit": {"status": "granted"}})
    assert may(SALES, {"permit": {"status": "granted"}}, {"permits": [{"status": "granted"}]})
    assert may(SALES, {}, {"evidence": [rumour], "title": "x", "parties": []})
    assert not may(SALES, {}, {"evidence": [{**rumour, "grade": "confirmed"}]})
    assert not may(SALES, {}, {"evidence": [visit]})
    assert may(OFFICER, {}, {"evidence": [visit]})
    assert may(SALES, {"evidence": [visit]}, {"evidence": [visit, rumour]})
    with pytest.raises(Refused, match="other_name"):
        demand_parts(OFFICER, {}, {"evidence": [{**visit, "recorded_by": "Oleg"}]})


def test_a_rebuttal_is_brought_in_ones_own_name_and_of_what_other_hands_recorded() -> None:
    """Whoever stands in for somebody signs in their own name, and rebuts neither what they recorded nor what the absent did."""
    names = ("Anna", "anna@example.org", "Oleg", "oleg@example.org")
    anna = Actor(2, "Anna (anna@example.org)", roles=frozenset({"officer"}), absent=frozenset({4}), names=names, own=names[:2])
    visit = {"id": "e2", "grade": "clearing", "rebuts": "e1", "recorded_by": "Anna"}
    for recorder, name, code in (
        ("Anna", "Oleg", "other_name"),
        ("Vera", "Oleg", "other_name"),
        ("Oleg", "Anna", "same_person"),
        ("anna@example.org", "Anna", "same_person"),
    ):
        rumour = {"id": "e1", "grade": "alleged", "recorded_by": recorder}
        for rebuts in ("e1", [" e1"]):
            with pytest.raises(Refused, match=code):
                demand_parts(anna, {"evidence": [rumour]}, {"evidence": [rumour, {**visit, "rebuts": rebuts, "recorded_by": name}]})
    rumour = {"id": "e1", "grade": "alleged", "recorded_by": "Vera"}
    demand_parts(anna, {"evidence": [rumour]}, {"evidence": [rumour, visit]})


@pytest.mark.django_db
def test_sales_say_whether_it_can_be_modified_until_somebody_determined_it(cast: dict[str, Actor]) -> None:
    deal = imported(cast["gleb"])
    softer = {**deal.content, "delivery": {"form": "saas", "recipient_can_modify": "no"}}
    demand_determination(cast["gleb"], deal, softer)
    stages.determine(deal.deal.pk, by=cast["anna"], seen=1, recipient_can_modify="unknown", hardware="no", note="asked")
    with pytest.raises(NotAllowed):
        demand_determination(cast["gleb"], held(deal.deal.pk), softer)
    demand_determination(cast["lev"], held(deal.deal.pk), softer)
    demand_determination(cast["gleb"], held(deal.deal.pk), held(deal.deal.pk).content)
