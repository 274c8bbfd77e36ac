"""The demonstration deals: every outcome, told in both languages, each deal a thing of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from enduse import demonstration
from enduse.domain.clearing import clear_by
from enduse.domain.deal import Deal
from enduse.domain.decision import Decision, decide
from enduse.domain.rules import Effect
from enduse.domain.wording import Wording
from enduse.formats.answers import answer
from enduse.formats.deal_file import read_deal
from enduse.formats.plain import read_yaml
from enduse.stores.editions import load_edition

FILES = sorted(Path(demonstration.__file__).parent.glob("*.yaml"))


def decided(text: str) -> tuple[Deal, Decision]:
    deal = read_deal(read_yaml(text), load_edition())
    assert deal.date is not None, "the day is given: the answer does not depend on today's"
    return deal, decide(deal, load_edition(), at=deal.date)


def decision_of(file: Path) -> Decision:
    return decided(file.read_text())[1]


def test_every_outcome_is_shown() -> None:
    assert {decision_of(file).outcome for file in FILES} == set(Effect)


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_deal_is_answered_in_full(file: Path, lang: str) -> None:
    edition = load_edition()
    deal, decision = decided(file.read_text())
    told = answer(decision, clear_by(deal, decision, edition), Wording(edition, lang))
    assert told["reasons"]
    assert decision.released or told["clear_by"] or told["cannot_clear"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_deal_begins_by_saying_what_it_shows_in_both_languages(file: Path) -> None:
    head = file.read_text().split("\nformat:")[0].splitlines()
    assert all(line.startswith("# ") for line in head)
    russian = [bool(re.search("[а-яё]", line)) for line in head]
    assert russian == sorted(russian), "English first, then Russian"
    assert {*russian} == {False, True}


def test_references_and_titles_do_not_repeat() -> None:
    texts = [file.read_text() for file in FILES]
    for key in ("reference", "title"):
        said = [match[1] for text in texts if (match := re.search(rf"^{key}: (.+)$", text, re.MULTILINE))]
        assert len(set(said)) == len(FILES)


def test_a_permit_discharges_a_hold_and_one_too_narrow_does_not() -> None:
    facts = {file.stem[:2]: decision_of(file).facts for file in FILES}
    assert (facts["07"]["military_evidence"], facts["07"]["permit"]) == ("concern", "valid")
    assert (facts["08"]["military_evidence"], facts["08"]["permit"]) == ("concern", "none")


def test_the_deal_with_a_rebutted_rumour_stops_when_the_same_person_rebuts_it() -> None:
    text = next(file for file in FILES if file.stem.startswith("03")).read_text()
    changed = text.replace("recorded_by: boris", "recorded_by: anna")
    assert [decided(one)[1].outcome for one in (text, changed)] == [Effect.proceed, Effect.diligence]
