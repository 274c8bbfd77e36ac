"""Decisions in words: every phrase in both languages, nothing left unfilled, every step and ground sayable."""

from __future__ import annotations

import json
import random
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.domain.clearing import clear_by
from enduse.domain.decision import decide
from enduse.domain.witness import deal_for, possible
from enduse.domain.wording import Wording, day
from enduse.formats.answers import answer
from enduse.formats.deal_file import read_deal
from enduse.formats.plain import Document
from enduse.stores.editions import load_edition
from tests.builders import DAY, PERMIT, deal_with, decided, random_facts

EDITION = load_edition()
LATIN = re.compile(r"[A-Za-z]{3,}")
CYRILLIC = re.compile("[А-Яа-яЁё]")
OURS = {"Example", "solution", "Systems", "made", "for", "this", "example", "anna", "API", "EndUse", "up"}  # what witnesses say


def texts_of(held: object, key: str = "") -> list[str]:
    """All words for people in an answer: texts, questions and what to do."""
    if isinstance(held, dict):
        return [text for name, value in held.items() for text in texts_of(value, name)]
    if isinstance(held, list):
        return [text for value in held for text in texts_of(value, key)]
    return [held] if isinstance(held, str) and key in ("text", "question", "what", "remarks") else []


@pytest.mark.parametrize("lang", ["ru", "en"])
@given(rng=st.integers(0, 2**32 - 1).map(random.Random))
def test_any_decision_can_be_said_in_the_language_asked_for(lang: str, rng: random.Random) -> None:
    facts = random_facts(EDITION.table, rng, 0.15)
    if not possible(facts):
        facts |= {"identification_check": "done", "listed": "no"}
    deal = read_deal(Document(deal_for(facts, EDITION, at=DAY)), EDITION)
    decision = decide(deal, EDITION, at=DAY)
    held = answer(decision, clear_by(deal, decision, EDITION), Wording(EDITION, lang))
    texts = texts_of(held)
    assert texts
    for text in texts:
        assert "{" not in text
        assert "}" not in text
        if lang == "en":
            assert not CYRILLIC.search(text), text
        else:
            assert not set(LATIN.findall(re.sub("`[^`]*`", "", text))) - OURS, text
    json.dumps(held)


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_every_ground_of_a_permit_can_be_said(lang: str) -> None:
    changes: list[dict[str, Any]] = [
        {"authority": "fstec"}, {"status": "revoked"}, {"valid_from": None}, {"valid_from": "2026-11-03"}, {"valid_until": "2026-11-01"},
        {"parties": []}, {"solution": "Other"}, {"version": "9"}, {"covers": []}, {"conditions": [{"text": "report", "met": "no"}]},
        {"status": "pending"}, {"status": "denied"}, {},
    ]  # fmt: skip
    said = set()
    for change in changes:
        decision = decided(permit={**PERMIT, **change}, notices=[{"from": "fstec", "written": "yes"}])
        said |= {Wording(EDITION, lang).ground(ground) for ground in decision.grounds["permit"]}
    assert len(said) >= len(changes)


def test_a_stateless_person_and_an_unnamed_party_are_said_in_their_own_words() -> None:
    words = Wording(EDITION, "en")
    stateless = decided(parties=[{"role": "counterparty", "name": "Ana", "kind": "person", "citizenship": []}])
    assert words.ground(stateless.grounds["foreign"][0]) == "Ana: counterparty, stateless"
    unnamed = decided(parties=[{"role": "counterparty", "kind": "company", "country": "KE"}])
    assert words.ground(unnamed.grounds["foreign"][0]) == "counterparty: its name is not given"


def test_names_of_users_are_never_taken_for_places_of_values() -> None:
    evidence = [{"id": "e1", "purpose": "military", "grade": "concern", "source": "{because} {0} %s", "recorded_by": "anna"}]
    decision = decided(evidence=evidence)
    assert "{because} {0} %s" in Wording(EDITION, "en").reason(decision, decision.reasons[0])


def test_idle_rebuttals_are_said() -> None:
    evidence = [
        {"id": "e1", "purpose": "military", "grade": "alleged", "recorded_by": "anna"},
        {"id": "e2", "purpose": "military", "grade": "clearing", "source": "visit", "rebuts": "e1", "recorded_by": "anna"},
    ]
    decision = decided(evidence=evidence)
    assert Wording(EDITION, "ru").ground(decision.remarks[0]) == "e2 не опровергает e1: оба внёс один человек"


def test_a_permit_that_changes_nothing_is_not_said_to_lift_a_hold() -> None:
    known = [{"id": "e1", "purpose": "wmd", "grade": "confirmed", "source": "admission", "recorded_by": "anna"}]
    assert decided(evidence=known, permit=PERMIT).remarks == ()


def test_days_in_words() -> None:
    assert (day(DAY, "ru"), day(DAY, "en")) == ("2 ноября 2026", "2 November 2026")


def test_a_way_out_names_what_the_permit_has_to_cover() -> None:
    deal = deal_with(risk="identified")
    decision = decide(deal, EDITION, at=DAY)
    (way,) = clear_by(deal, decision, EDITION).ways
    assert Wording(EDITION, "en").step(way[0], decision).endswith("covering: the identified risk")
