"""`enduse prove`: what is proved, over how many states, in what time; a counterexample is a deal."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from enduse.domain.edition import Edition
from enduse.domain.rules import Table
from enduse.stores.editions import load_edition
from tests.commands import Enduse


def without(*rules: str) -> Edition:
    """The edition with rules left out."""
    edition = load_edition()
    return dataclasses.replace(edition, table=Table(edition.table.chains, tuple(rule for rule in edition.table.rules if rule.id not in rules)))


def test_everything_is_proved(enduse: Enduse) -> None:
    answer = enduse("prove", "--json").answer
    assert answer["proved"] is True
    assert all(one["holds"] and one["text"] and one["clauses"] for one in answer["properties"])
    assert answer["states"] > 10**20
    assert answer["facts"] == len(load_edition().table.chains)
    assert {"edition", "table", "rules", "seconds", "redundant", "lang"} <= set(answer)
    assert [one for one in answer["redundant"] if one["table"] == "text"] == []


@pytest.mark.parametrize(("lang", "total"), [("ru", r"Доказано (\d+) из \1 за"), ("en", r"Proved (\d+) of \1 in")])
def test_it_is_told_to_people(enduse: Enduse, lang: str, total: str) -> None:
    ran = enduse("prove", "--lang", lang)
    assert (ran.code, ran.err) == (0, "")
    assert re.search(total, ran.out)
    assert "written-notice" in ran.out  # redundant, and named


def test_a_rule_that_is_gone_is_noticed_with_a_deal_that_shows_it(enduse: Enduse, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = without("record-missing")
    monkeypatch.setattr("enduse.cli.prove.load_edition", lambda name: broken)
    ran = enduse("prove", "--json")
    assert ran.code == 3
    failed = {one["property"]: one for one in ran.answer["properties"] if not one["holds"]}
    assert "released-iff-all" in failed
    deal = failed["released-iff-all"]["counterexample"]["deal"]
    assert deal["format"] == "enduse/deal-1"
    said = enduse("prove").out
    assert "DOES NOT HOLD" in said
    block = said[said.index("# released-iff-all") :].split("\n\n")[0].split("\n# ")[0]
    (tmp_path / "shown.yaml").write_text(block)
    shown = enduse("assess", "--json", tmp_path / "shown.yaml")
    assert (shown.code, shown.answer["clauses"]) == (3, ["5.3"])


def test_another_edition_is_a_bad_question(enduse: Enduse) -> None:
    assert enduse("prove", "--edition", "1").code == 2
