"""Deal files as YAML: what is written reads back equal, whatever words stand in it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.domain.deal import Deal
from enduse.domain.decision import decide
from enduse.domain.witness import deal_for
from enduse.formats.deal_file import read_deal
from enduse.formats.plain import Document, read_yaml
from enduse.formats.writing import deal_text
from enduse.stores.editions import load_edition
from tests.builders import CLEAN, DAY, PERMIT, clean_facts, file_with

# what a file may hold (control characters and lone surrogates it may not)
TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=200)
BARE = "null ~ Null NULL yes no NO on true 0412 3.10 1e3 2026-11-02 0x1 # *x &x !x %x @x `x {a} [a] ' \" \\ ? --- ... << = é я 名"
TRICKY = st.sampled_from([*BARE.split(" "), "", " ", "- a", "a: b", "a #b", "a\nb", "a\n", "\ta", "a\t", "? a", "x" * 300])
WORDS = TRICKY | TEXTS
DATA = st.recursive(WORDS | st.none(), lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4))


def read_back(data: dict[str, Any]) -> object:
    return read_yaml(deal_text(data)).data


def test_a_deal_reads_back_equal() -> None:
    data = file_with(permit=PERMIT)
    assert read_back(data) == data


@given(st.dictionaries(TRICKY | TEXTS, DATA, min_size=1, max_size=5))
def test_any_words_read_back_equal(data: dict[str, Any]) -> None:
    assert read_back(data) == data


@given(WORDS, WORDS)
def test_a_deal_with_any_names_is_the_same_deal_after_writing(name: str, reason: str) -> None:
    data = file_with(
        reference=f"D {name}",
        parties=[{"role": "counterparty", "name": name, "kind": "company", "country": "NO"}],
        indicators={"9": {"state": "explained", "reason": f"x{reason}", "by": "boris"}},
    )
    read = [read_deal(document, load_edition()) for document in (Document(data), read_yaml(deal_text(data)))]
    assert isinstance(read[0], Deal)
    assert read[0] == read[1]


@pytest.mark.parametrize("key", ["01", "9", "²", "٣", "007", "9" * 5000, "null", "yes", "a: b", "- x", "x" * 200, "a\nb", " "])
def test_any_key_reads_back_equal(key: str) -> None:
    assert read_back({"indicators": {key: "absent"}}) == {"indicators": {key: "absent"}}


def test_it_is_read_by_other_readers_of_yaml_alike() -> None:
    from ruamel.yaml import YAML  # noqa: PLC0415

    read = YAML(typ="safe", pure=True).load(deal_text(CLEAN))
    assert json.loads(json.dumps(read, default=str)) == json.loads(json.dumps(CLEAN))


def test_a_made_deal_has_the_facts_it_was_made_for() -> None:
    facts = clean_facts(notice="oral", military_evidence="alleged", permit="valid", indicator_9="explained", clauses="excused")
    text = deal_text(deal_for(facts, load_edition(), at=DAY))
    deal = read_deal(read_yaml(text), load_edition())
    assert decide(deal, load_edition(), at=DAY).facts == facts


def test_short_words_stay_bare_and_numbers_are_quoted() -> None:
    text = deal_text({"form": "on_premises", "version": "3.10", "day": "2026-11-02"})
    assert text == 'form: on_premises\nversion: "3.10"\nday: "2026-11-02"\n'
