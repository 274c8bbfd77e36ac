"""Worked examples: a base deal with changes laid over it."""

from __future__ import annotations

import pytest

from enduse.formats.examples import merged, read_examples
from enduse.formats.plain import read_yaml
from enduse.formats.problems import BadInput

BASE = read_yaml("format: enduse/deal-1\nreference: base\nsolution: {name: Slovo, version: '1'}\nparties: [{role: payer}]\n")
ONE = """\
- example: one
  title: {ru: Один, en: One}
  shows: [floor]
  deal:
    solution: {version: '2'}
    parties: []
  outcome: not_export
  clauses: ['2.1']
  facts: {foreign: unknown}
"""


def test_an_example_is_the_base_with_its_changes_under_its_own_name() -> None:
    (one,) = read_examples(BASE, {"a.yaml": read_yaml(ONE)})
    assert one.document.data == {"format": "enduse/deal-1", "reference": "one", "solution": {"name": "Slovo", "version": "2"}, "parties": []}
    assert (one.example, one.shows, one.outcome, one.clauses, one.facts) == ("one", ("floor",), "not_export", ("2.1",), {"foreign": "unknown"})


def test_the_base_stays_as_it_is() -> None:
    before = repr(BASE.data)
    read_examples(BASE, {"a.yaml": read_yaml(ONE)})
    assert repr(BASE.data) == before


def test_nothing_takes_a_key_out() -> None:
    assert merged({"a": "1", "b": {"c": "2", "d": "3"}}, {"a": None, "b": {"c": None}}) == {"b": {"d": "3"}}


def test_mappings_are_laid_over_key_by_key_and_lists_whole() -> None:
    laid = merged({"a": {"b": "1"}, "l": ["1"]}, {"a": {"c": "2"}, "l": ["2"], "n": {"y": "1"}})
    assert laid == {"a": {"b": "1", "c": "2"}, "l": ["2"], "n": {"y": "1"}}


def test_one_name_is_not_given_twice() -> None:
    with pytest.raises(ValueError, match="one"):
        read_examples(BASE, {"a.yaml": read_yaml(ONE), "b.yaml": read_yaml(ONE)})


@pytest.mark.parametrize(
    ("was", "becomes", "line"),
    [
        ("  outcome: not_export", "  outcome: maybe", 7),
        ("  clauses", "  clause", 8),
        ("{ru: Один, en: One}", "{ru: Один}", 2),
        ("- example: one", "- x: one", 1),
    ],
)
def test_a_bad_example_is_refused_at_its_line(was: str, becomes: str, line: int) -> None:
    with pytest.raises(BadInput) as caught:
        read_examples(BASE, {"a.yaml": read_yaml(ONE.replace(was, becomes))})
    assert f"a.yaml:{line}" in [problem.where for problem in caught.value.problems]
