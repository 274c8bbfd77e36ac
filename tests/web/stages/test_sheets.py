"""Sheets: only what was changed is written, at its path, and everything else stays as the deal file spells it."""

from __future__ import annotations

import pytest

from enduse.web.stages.sheets import at, put


def test_what_stands_at_a_path_is_found() -> None:
    assert at({"a": {"b": "c"}}, ("a", "b")) == "c"
    assert at({"a": ["b"]}, ("a", "b")) is None


def test_putting_makes_the_mappings_on_the_way() -> None:
    content: dict[str, object] = {"a": "text"}
    put(content, ("a", "b"), "c")
    assert content == {"a": {"b": "c"}}


@pytest.mark.parametrize("nothing", ["", None, [], {}])
def test_nothing_takes_a_key_out_with_the_mappings_that_it_leaves_empty(nothing: object) -> None:
    content = {"a": {"b": {"c": "d"}}, "e": {"f": "g", "h": "i"}}
    put(content, ("a", "b", "c"), nothing)
    put(content, ("e", "f"), nothing)
    put(content, ("x", "y"), nothing)
    assert content == {"e": {"h": "i"}}
