"""From a deal's keys to its facts, as published, one key after the other."""

from __future__ import annotations

from typing import Any

import pytest

from enduse.stores.editions import load_edition
from tests.builders import clean_facts, decided, fact, file_with


def parties(*held: dict[str, Any]) -> dict[str, Any]:
    return {"parties": [{"role": "counterparty", "name": "One", **party} for party in held]}


def test_the_clean_deal_has_the_facts_of_a_clean_export() -> None:
    assert decided().facts == clean_facts()


def test_every_fact_of_the_table_is_given_and_no_other() -> None:
    assert list(decided().facts) != []
    assert set(decided().facts) == {chain.fact for chain in load_edition().table.chains}


@pytest.mark.parametrize(
    ("held", "level"),
    [
        ([{"kind": "company", "country": "KE"}], "yes"),
        ([{"kind": "company", "country": "RU"}], "no"),
        ([{"kind": "state", "country": "RU"}], "no"),
        ([{"kind": "state", "country": "BY"}], "yes"),
        ([{"kind": "person", "citizenship": ["RU"]}], "no"),
        ([{"kind": "person", "citizenship": ["RU", "RU"]}], "no"),
        ([{"kind": "person", "citizenship": ["RU", "AM"]}], "yes"),
        ([{"kind": "person", "citizenship": []}], "yes"),
        ([{"kind": "person", "country": "RU"}], "unknown"),
        ([{"kind": "company", "citizenship": ["RU"]}], "unknown"),
        ([{"kind": "company"}], "unknown"),
        ([{"country": "KE"}], "unknown"),
        ([{"kind": "company", "country": "KE", "name": "  "}], "unknown"),
        ([{"kind": "company", "country": "RU", "name": "\u3164"}], "unknown"),
        ([{"kind": "company", "country": "RU", "name": "\u200b \u2060"}], "unknown"),
        ([{"kind": "company", "country": "RU"}, {"kind": "company"}], "unknown"),
        ([{"kind": "company", "country": "RU"}, {"kind": "company"}, {"kind": "company", "country": "KE"}], "yes"),
        ([{"kind": "company", "country": "KE", "role": "payer"}], "unknown"),
        ([{"kind": "company", "country": "RU"}, {"kind": "company", "country": "KE", "role": "payer"}], "no"),
        *(([{"kind": "company", "country": "RU"}, {"kind": "company", "country": "KE", "role": role}], "yes") for role in
          ("end_user", "consignee", "intermediary", "owner")),
        ([], "unknown"),
    ],
)  # fmt: skip
def test_foreign(held: list[dict[str, Any]], level: str) -> None:
    assert fact("foreign", **parties(*held)) == level


@pytest.mark.parametrize("form", ["weights", "source_code", "ip_rights"])
def test_what_hands_over_the_means_to_modify_is_modifiable_whatever_is_said(form: str) -> None:
    assert fact("modifiable", delivery={"form": form, "recipient_can_modify": "no"}) == "yes"


@pytest.mark.parametrize("form", ["saas", "api", "on_premises", "device", "development", "other", None])
@pytest.mark.parametrize(("said", "level"), [("yes", "yes"), ("no", "no"), ("unknown", "unknown"), (None, "unknown")])
def test_elsewhere_modifiable_is_what_is_said(form: str | None, said: str | None, level: str) -> None:
    assert fact("modifiable", delivery={"form": form, "recipient_can_modify": said}) == level


@pytest.mark.parametrize(("said", "level"), [("yes", "no"), ("no", "yes"), ("unknown", "unknown"), (None, "unknown")])
def test_military_design_is_the_reverse_of_civil_only(said: str | None, level: str) -> None:
    assert fact("military_design", solution={"civil_only": said}) == level


@pytest.mark.parametrize(("said", "level"), [("yes", "yes"), ("no", "no"), ("unknown", "unknown"), (None, "unknown")])
def test_hardware_is_as_said_and_a_device_is_hardware(said: str | None, level: str) -> None:
    assert fact("hardware", solution={"hardware": said}) == level
    assert fact("hardware", solution={"hardware": said}, delivery={"form": "device"}) == "yes"


@pytest.mark.parametrize("use", ["nuclear", "missile", "chemical_biological", "military_intelligence"])
def test_suitability_is_as_said_and_unknown_where_left_out(use: str) -> None:
    assert fact(f"suitable_{use}", solution={"suitable_for": {use: "yes"}}) == "yes"
    assert fact(f"suitable_{use}", solution={"suitable_for": {use: None}}) == "unknown"
    assert fact(f"suitable_{use}", solution={"suitable_for": None}) == "unknown"


@pytest.mark.parametrize(
    ("result", "check", "listed"),
    [("listed", "done", "yes"), ("not_listed", "done", "no"), ("not_done", "not_done", "unknown"), (None, "not_done", "unknown")],
)
def test_identification(result: str | None, check: str, listed: str) -> None:
    facts = decided(solution={"identification": {"result": result}}).facts
    assert (facts["identification_check"], facts["listed"]) == (check, listed)


def test_a_deeper_check_is_no_unless_said() -> None:
    assert fact("deeper_check", solution={"identification": {"deeper_check": None}}) == "no"
    assert fact("deeper_check", solution={"identification": {"deeper_check": "yes"}}) == "yes"


@pytest.mark.parametrize("word", ["wmd", "terrorism", "military", "other_harm", "notice", "screening", "risk_assessment"])
def test_a_check_left_out_is_not_done(word: str) -> None:
    rest = [other for other in file_with()["checks"] if other != word]
    facts = decided(checks=rest).facts
    assert facts[f"{word}_check"] == "not_done"
    assert sum(level == "not_done" for level in facts.values()) == 1


@pytest.mark.parametrize("state", ["absent", "present", "unknown"])
def test_an_indicator_is_what_the_file_states(state: str) -> None:
    assert fact("indicator_5", indicators={"5": state}) == state
    assert fact("indicator_5", indicators={"5": {"state": state}}) == state


def test_an_indicator_left_out_is_unknown_even_where_it_does_not_apply() -> None:
    facts = decided(indicators={"5": None, "12": None}).facts
    assert (facts["indicator_5"], facts["indicator_12"]) == ("unknown", "unknown")


@pytest.mark.parametrize("state", ["explained", "excused"])
def test_explained_and_excused_keep_their_reason_as_ground(state: str) -> None:
    decision = decided(indicators={"9": {"state": state, "reason": "the postal norm", "by": "boris"}})
    assert decision.facts["indicator_9"] == state
    assert dict(decision.grounds["indicator_9"][0].values) == {"reason": "the postal norm", "by": "boris"}


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ("agreed", "agreed"),
        ("rejected", "rejected"),
        ("unknown", "unknown"),
        (None, "unknown"),
        ({"state": "excused", "reason": "r", "by": "b"}, "excused"),
    ],
)
def test_clauses(said: object, level: str) -> None:
    assert fact("clauses", contract={"clauses": said}) == level


def test_risk_and_choice_are_mild_unless_said() -> None:
    assert (fact("risk"), fact("choice")) == ("none", "section_4")
    assert (fact("risk", risk="identified"), fact("choice", choice="refuse")) == ("identified", "refuse")


@pytest.mark.parametrize(
    "changes",
    [
        {"documents": []},
        {"documents": [{"kind": "contract", "number": "1"}]},
        {"documents": [{"kind": "contract", "date": "2026-10-01"}]},
        {"documents": [{"number": " ", "date": "2026-10-01"}]},
        {"parties": []},
        {"parties": [{"role": "counterparty", "name": "One"}, {"role": "payer"}]},
        {"solution": {"name": None}},
        {"solution": {"version": " "}},
        {"solution": {"identification": {"result": "not_done"}}},
    ],
)
def test_a_record_that_lacks_something_is_missing_or_excused(changes: dict[str, Any]) -> None:
    assert fact("record", **changes) == "missing"
    assert fact("record", **changes, record={"excused": "recorded elsewhere"}) == "excused"


def test_a_complete_record_needs_no_excuse() -> None:
    assert fact("record", record={"excused": "recorded elsewhere"}) == "complete"
    assert fact("record", documents=[{"number": "1"}, {"number": "2", "date": "2026-10-01"}]) == "complete"
