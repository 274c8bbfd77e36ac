"""Answers for programs: one JSON object a deal, with every key that is published."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from enduse.domain.clearing import clear_by
from enduse.domain.decision import decide
from enduse.domain.rules import Effect
from enduse.domain.wording import Wording
from enduse.formats.answers import answer, bad_answer, line_of
from enduse.formats.problems import BadInput, Problem
from enduse.stores.editions import load_edition
from tests.builders import DAY, PERMIT, deal_with

KEYS = ["reference", "at", "outcome", "released", "clauses", "reasons", "facts", "duties", "missing", "clear_by", "edition", "table", "act"]
KEYS += ["reference_data", "engine", "lang", "fingerprint"]
EVIDENCE = [{"id": "e1", "purpose": "military", "grade": "concern", "source": "trade press", "recorded_by": "anna"}]


def answered(lang: str = "en", **changes: Any) -> dict[str, Any]:
    edition, deal = load_edition(), deal_with(**changes)
    decision = decide(deal, edition, at=DAY)
    found: dict[str, Any] = json.loads(line_of(answer(decision, clear_by(deal, decision, edition), Wording(edition, lang))))
    return found


CASES: list[dict[str, Any]] = [
    {},
    {"delivery": {"form": "saas", "recipient_can_modify": "no"}},
    {"evidence": EVIDENCE},
    {"evidence": EVIDENCE, "permit": {**PERMIT, "valid_until": "2026-10-30"}},
    {"evidence": [{"id": "e", "purpose": "wmd", "grade": "confirmed"}]},
    {"solution": {"identification": {"result": "listed", "entries": [{"list": "1299", "entry": "1.4.1"}]}}},
    {"checks": [], "indicators": {}, "parties": [], "contract": None, "documents": None},
    {"indicators": {"9": "present", "8": "present"}, "risk": "identified", "choice": "refuse"},
    {"notices": [{"from": "fstec", "written": "no", "number": "1", "date": "2026-10-20"}], "permit": {"status": "denied"}},
]


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("change", CASES, ids=str)
def test_it_has_every_published_key(change: dict[str, Any], lang: str) -> None:
    found = answered(lang, **change)
    assert [key for key in found if key in KEYS] == KEYS
    assert found["lang"] == lang
    assert found["released"] == (found["outcome"] in ("not_export", "proceed"))
    assert found["outcome"] in Effect.__members__
    for reason in found["reasons"]:
        assert set(reason) >= {"rule", "clauses", "effect", "basis", "because", "text"}
        assert set(reason["because"].items()) <= set(found["facts"].items())
    outcome = [clause for reason in found["reasons"] if reason["effect"] == found["outcome"] for clause in reason["clauses"]]
    assert set(outcome) <= set(found["clauses"]) and len(set(found["clauses"])) == len(found["clauses"])
    assert all(set(duty) >= {"when", "text"} and duty["when"] in ("before_signing", "before_delivery", "after") for duty in found["duties"])
    assert all(set(one) >= {"fact", "question"} for one in found["missing"])
    assert all(set(step) >= {"do", "what"} for way in found["clear_by"] for step in way)
    assert re.fullmatch("sha256:[0-9a-f]{64}", found["fingerprint"])


@pytest.mark.parametrize("change", CASES, ids=str)
def test_no_words_leak_a_place_for_a_value_and_each_language_has_its_own(change: dict[str, Any]) -> None:
    ru, en = (line_of(answered(lang, **change)) for lang in ("ru", "en"))
    for text in (ru, en):
        assert not re.search(r"\{[a-z_]+\}", text)
    assert re.search("[а-я]", ru)
    assert not re.search("[а-я]", en)


def test_both_languages_give_the_same_decision() -> None:
    ru, en = answered("ru", evidence=EVIDENCE), answered("en", evidence=EVIDENCE)
    assert all(ru[key] == en[key] for key in ("outcome", "clauses", "facts", "rules", "fingerprint", "table"))


def test_the_evidence_behind_a_reason_is_named() -> None:
    reason = answered(evidence=EVIDENCE)["reasons"][0]
    assert reason["evidence"] == ["e1"]
    assert "trade press" in reason["text"]


def test_it_is_one_line_with_letters_as_they_are() -> None:
    line = line_of({"reference": "Сделка\n№ 1 😀 \u2028"})
    assert "\n" not in line
    assert "Сделка" in line
    assert json.loads(line) == {"reference": "Сделка\n№ 1 😀 \u2028"}


def test_a_bad_deal_is_told_with_its_first_problem_and_all_of_them() -> None:
    problems = (Problem("file.empty", line=9, file="a.yaml"), Problem("key.missing", line=2, values={"key": "id"}, file="a.yaml"))
    found = bad_answer(BadInput(*problems, reference="D-1"), "a.yaml", "en")
    assert (found["reference"], found["error"], found["where"]) == ("D-1", "the key `id` is missing. Add it", "a.yaml:2")
    assert found["errors"] == [
        {"error": "the key `id` is missing. Add it", "where": "a.yaml:2", "code": "key.missing"},
        {"error": "the file is empty. A deal begins with `format: enduse/deal-1`", "where": "a.yaml:9", "code": "file.empty"},
    ]


def test_a_bad_deal_without_reference_or_place_says_what_is_known() -> None:
    found = bad_answer(BadInput(Problem("file.empty")), "deals.jsonl:3", "ru")
    assert (found["reference"], found["where"]) == (None, "deals.jsonl:3")


def test_an_answer_is_one_line_for_every_reader_of_lines() -> None:
    line = line_of({"name": "a\x85b\u2028c\u2029d — “e”"})
    assert len(line.splitlines()) == 1
    assert json.loads(line) == {"name": "a\x85b\u2028c\u2029d — “e”"}
