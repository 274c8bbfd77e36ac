"""Attacks on what a deal says: softened through a file, the intake, a record, in somebody else's name, or by taking two steps for one."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from enduse.casework.deals.actions import filing, stages
from enduse.casework.parties.records import change_party
from enduse.casework.people.actions import persons
from enduse.casework.people.actor import Actor
from enduse.casework.solutions.records import change_solution
from tests.attacks.conftest import codes, update
from tests.builders import PERMIT, file_with
from tests.casework.cast import PASSWORD, actor, held, imported
from tests.casework.deals.stories import CONCERN

pytestmark = pytest.mark.django_db
Cast = dict[str, Actor]
LISTED = {"result": "listed", "entries": [{"list": "1299", "entry": "4.1"}], "deeper_check": "no"}
TWO = [
    {"role": "counterparty", "name": "RusCo", "kind": "company", "country": "RU"},
    {"role": "end_user", "name": "Far Ltd", "kind": "company", "country": "KE"},
]


def test_sales_turn_no_listed_solution_into_an_unlisted_one_by_a_file(cast: Cast) -> None:
    persons.add_person(by=cast["root"], name="Nina", email="nina@example.org", roles=("officer",), password=PASSWORD)
    cast = {**cast, "nina": actor("nina")}
    deal = imported(cast["gleb"], solution={"identification": LISTED})
    solution = {**deal.content["solution"], "identification": {"result": "not_listed", "deeper_check": "no"}}
    for name in ("gleb", "nina"):  # nor an officer: an expert signs
        assert codes(update, deal, cast[name], solution=solution) == ("people.no_role",)
    assert held(deal.deal.pk).decided.decision.outcome.name == "statutory"


@pytest.mark.parametrize(
    "change",
    [
        {"checks": ["wmd"]},
        {"indicators": {"1": "absent"}},
        {"screening": [{"party": "Lakeside Telecom", "result": "no_match"}]},
        {"permits": [PERMIT]},
        {"contract": {"clauses": "agreed"}},
        {"choice": "refuse"},
        {"risk": "identified"},
        {"notices": [{"from": "fstec", "written": "no"}]},
        {"departures": [{"clause": "3.2", "text": "later", "reason": "urgent", "by": "Anna"}]},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_file_gives_sales_no_power_that_they_lack(cast: Cast, change: dict[str, Any]) -> None:
    deal = held(filing.file_deal({"format": "enduse/deal-1", "reference": "G-1", "solution": {"name": "Slovo"}}, by=cast["gleb"]).deal.pk)
    assert codes(lambda: update(deal, cast["gleb"], **change)) == ("people.no_role",)
    assert held(deal.deal.pk).version.number == 1


def test_a_file_brings_no_rebuttal_by_another_person_who_never_made_it(cast: Cast) -> None:
    deal = imported(cast["oleg"], evidence=[{**CONCERN, "recorded_by": "Anna (anna@example.org)"}])
    made_up = {
        "id": "e2",
        "purpose": "military",
        "grade": "clearing",
        "rebuts": ["e1"],
        "source": "a visit",
        "recorded_by": "Oleg (oleg@example.org)",
    }
    evidence = [*deal.content["evidence"], made_up]
    assert codes(lambda: update(deal, cast["anna"], evidence=evidence)) == ("evidence.other_name",)
    assert codes(lambda: update(deal, cast["gleb"], evidence=evidence)) in (("people.no_role",), ("deal.absent",))
    assert update(deal, cast["oleg"], evidence=evidence).decided.decision.outcome.name == "proceed"


def test_what_was_determined_is_not_undone_at_intake(cast: Cast) -> None:
    deal = imported(cast["gleb"])
    stages.determine(deal.deal.pk, by=cast["anna"], seen=1, recipient_can_modify="unknown", hardware="unknown", note="asked")
    softer = {"delivery": {"form": "saas", "recipient_can_modify": "no"}}
    assert codes(lambda: stages.intake(deal.deal.pk, by=cast["gleb"], seen=2, changes=softer)) == ("people.no_role",)
    assert codes(lambda: stages.intake(deal.deal.pk, by=cast["gleb"], seen=2, changes={}, solution={"hardware": "no"})) == ("people.no_role",)
    assert codes(lambda: update(deal, cast["gleb"], **softer)) == ("people.no_role",)
    stages.intake(deal.deal.pk, by=cast["gleb"], seen=2, changes={"title": "still theirs"})


def test_a_present_indicator_is_not_made_absent_in_two_steps(cast: Cast) -> None:
    deal = imported(cast["anna"], indicators={"3": "present"}).deal.pk
    stages.indicate(deal, by=cast["anna"], seen=1, number="3", state="explained", reason="asked and answered")
    for state in ("absent", "unknown", "excused"):
        assert codes(stages.indicate, deal, by=cast["anna"], seen=2, number="3", state=state, reason="x") == ("deal.indicator_kept",)


def test_a_condition_of_a_permit_does_not_vanish(cast: Cast) -> None:
    deal = imported(cast["anna"], evidence=[CONCERN], permits=[{**PERMIT, "conditions": [{"text": "report yearly", "met": "no"}]}])
    for conditions in ([], [{"text": "report", "met": "yes"}]):
        assert codes(update, deal, cast["anna"], permits=[{**PERMIT, "conditions": conditions}]) == ("deal.permit_kept",)
    met = [{"text": "report yearly", "met": "yes"}]
    assert update(deal, cast["anna"], permits=[{**PERMIT, "conditions": met}]).decided.decision.outcome.name == "proceed"


@pytest.mark.parametrize(
    "softer",
    [
        {"evidence": []},
        {"evidence": [{**CONCERN, "grade": "alleged"}]},
        {"evidence": [{**CONCERN, "recorded_by": "Oleg"}]},
        {"notices": []},
        {"notices": [{"from": "fstec", "written": "no", "number": "1"}]},
        {"risk": "none"},
        {"permits": []},
        {"permits": [{"authority": "commission", "status": "granted", "number": "1"}]},
        {"permits": [PERMIT, {"authority": "commission", "status": "denied", "number": "1"}]},
        {"screening": []},
        {"reference": "OTHER"},
    ],
    ids=str,
)
def test_a_file_takes_nothing_adverse_away(cast: Cast, softer: dict[str, Any]) -> None:
    deal = imported(
        cast["anna"],
        evidence=[CONCERN],
        notices=[{"from": "fstec", "written": "yes", "number": "1"}],
        risk="identified",
        permits=[{"authority": "commission", "status": "denied", "number": "1"}],
        screening=[{"party": "Lakeside Telecom", "result": "match", "lists": ["UN"]}],
    )
    found = codes(lambda: update(deal, cast["anna"], **softer))
    assert found
    assert all(code.endswith("_kept") for code in found)


def test_a_record_gives_no_party_another_role(cast: Cast) -> None:
    deal = imported(cast["anna"], parties=TWO)
    link = deal.deal.links.get(role="end_user")
    assert link.party
    payer = {"name": "Far Ltd", "kind": "company", "country": "KE", "role": "payer"}
    change_party(link.party.pk, content=payer, reason="x", seen=1, by=cast["elena"])
    stages.refresh(deal.deal.pk, by=cast["oleg"], seen=1, link=link.pk)
    assert [party["role"] for party in held(deal.deal.pk).content["parties"]] == ["counterparty", "end_user"]


def test_a_record_brings_no_identification_into_a_deal(cast: Cast) -> None:
    deal = imported(cast["anna"], solution={"name": "Sol", "civil_only": "no", "identification": LISTED})
    link = deal.deal.links.get(role="solution")
    assert link.solution
    content = {"name": "Sol", "version": "1.11", "civil_only": "yes", "identification": {"result": "not_listed", "deeper_check": "no"}}
    change_solution(link.solution.pk, content=content, reason="x", seen=1, by=cast["anna"])
    stages.refresh(deal.deal.pk, by=cast["anna"], seen=1, link=link.pk)
    solution = held(deal.deal.pk).content["solution"]
    assert (solution["version"], solution["civil_only"], solution["identification"]["result"]) == ("1.11", "no", "listed")


def test_two_records_that_become_one_name_break_nothing(cast: Cast) -> None:
    third = {"role": "end_user", "name": "Far Branch", "kind": "company", "country": "KE"}
    deal = imported(cast["anna"], parties=[*TWO, third])
    link = deal.deal.links.get(name_key="Far Ltd · KE")
    assert link.party
    change_party(
        link.party.pk, content={"name": "Far Branch", "kind": "company", "country": "KE", "address": "Quay 1"}, reason="x", seen=1, by=cast["anna"]
    )
    stages.refresh(deal.deal.pk, by=cast["anna"], seen=1, link=link.pk)
    assert sorted(held(deal.deal.pk).deal.links.values_list("role", "name_key")) == [
        ("counterparty", "RusCo · RU"), ("end_user", "Far Branch · KE"), ("solution", "Slovo"),
    ]  # fmt: skip


def test_a_file_of_another_deal_does_not_take_its_place(cast: Cast) -> None:
    deal = imported(cast["anna"])
    other = copy.deepcopy(file_with(reference="ANOTHER"))
    assert codes(lambda: filing.replace_deal(deal.deal.pk, other, by=cast["anna"], seen=1)) == ("deal.reference_kept",)
