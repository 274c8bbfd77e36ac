"""What an edition tells of its own: gates, checks, and the rank of each question."""

from __future__ import annotations

from enduse.stores.editions import load_edition

EDITION = load_edition()


def rank(fact: str) -> int:
    return EDITION.infos[fact].rank


def test_ranks_are_an_order_of_all_facts() -> None:
    assert sorted(info.rank for info in EDITION.infos.values()) == list(range(len(EDITION.table.chains)))


def test_what_makes_other_questions_needless_is_asked_before_them() -> None:
    assert rank("foreign") < rank("modifiable") < rank("hardware") < rank("indicator_12")
    assert rank("suitable_nuclear") < rank("indicator_19")


def test_what_may_bring_worse_news_is_asked_earlier() -> None:
    assert rank("wmd_check") < rank("military_check") < rank("notice_check") < rank("indicator_1")
    assert rank("indicator_8") < rank("indicator_7")
    assert rank("clauses") < rank("record")


def test_gates_are_the_facts_that_only_say_whether_a_rule_applies() -> None:
    suitable = {f"suitable_{use}" for use in ("nuclear", "missile", "chemical_biological", "military_intelligence")}
    assert EDITION.gates == {"foreign", "modifiable", "hardware", "permit", *suitable}


def test_checks_are_the_words_of_the_deal_file() -> None:
    assert set(EDITION.checks) == {"wmd", "terrorism", "military", "other_harm", "notice", "screening", "risk_assessment"}
    assert all(fact == f"{word}_check" for word, fact in EDITION.checks.items())
