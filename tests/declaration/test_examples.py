"""The worked examples of the current edition come out as they say, and between them show every rule."""

from __future__ import annotations

from importlib.resources import files

import pytest

from enduse.domain.decision import decide
from enduse.formats.deal_file import read_deal
from enduse.formats.examples import BASE, Example, read_examples
from enduse.formats.plain import read_yaml
from enduse.stores.editions import CURRENT, load_edition


def examples() -> list[Example]:
    folder = files("enduse.declaration").joinpath(CURRENT, "examples")
    documents = {file.name: read_yaml(file.read_text("utf-8")) for file in folder.iterdir() if file.name.endswith(".yaml")}
    return read_examples(documents.pop(BASE), dict(sorted(documents.items())))


EXAMPLES = examples()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.example)
def test_an_example_comes_out_as_it_says(example: Example) -> None:
    edition = load_edition()
    deal = read_deal(example.document, edition)
    assert deal.date is not None
    decision = decide(deal, edition, at=deal.date)
    facts = {fact: decision.facts[fact] for fact in example.facts}
    assert (decision.outcome.name, decision.clauses, facts) == (example.outcome, example.clauses, example.facts)
    assert set(example.shows) <= set(decision.rules)


def test_every_rule_is_shown() -> None:
    shown = {rule for example in EXAMPLES for rule in example.shows}
    assert shown == {rule.id for rule in load_edition().table.rules}


def test_there_are_examples_enough() -> None:
    assert len(EXAMPLES) >= 50


def test_titles_stand_in_both_languages_and_tell_examples_apart() -> None:
    for one in EXAMPLES:
        assert one.title.ru.strip() and one.title.en.strip() and one.title.ru != one.title.en, one.example
    for lang in ("ru", "en"):
        assert len({one.title.of(lang) for one in EXAMPLES}) == len(EXAMPLES)
