"""What a replay compares, and what it lets be."""

from __future__ import annotations

from typing import Any

from enduse.domain.replay import compare, parts
from tests.builders import decided


def record(**changes: Any) -> dict[str, Any]:
    decision = decided()
    return {**parts(decision), "fingerprint": decision.fingerprint, "engine": decision.engine, **changes}


def test_the_same_is_the_same() -> None:
    result = compare(record(), decided())
    assert result.same
    assert result.same_content
    assert result.engine is None


def test_of_the_facts_only_those_that_differ_are_told() -> None:
    facts = {**record()["facts"], "notice": "written"}
    result = compare(record(facts=facts), decided())
    assert dict(result.differs) == {"facts.notice": ("written", "no")}


def test_a_fact_added_to_the_record_is_a_difference_even_where_it_says_nothing() -> None:
    result = compare(record(facts={**record()["facts"], "ghost": None}), decided())
    assert set(result.differs) == {"facts.ghost"}


def test_outcome_rules_and_clauses_are_compared() -> None:
    result = compare(record(outcome="hold", rules=["x"], clauses=[]), decided())
    assert set(result.differs) == {"outcome", "rules", "clauses"}


def test_other_content_with_the_same_facts_is_the_same_but_noted() -> None:
    result = compare(record(), decided(title="Another"))
    assert result.same
    assert not result.same_content


def test_another_engine_is_noted() -> None:
    assert compare(record(engine="enduse 0.0.1"), decided()).engine == "enduse 0.0.1"


def test_a_record_that_lacks_a_part_differs() -> None:
    held = record()
    del held["facts"]
    assert not compare(held, decided()).same
