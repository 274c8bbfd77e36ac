"""Every refusal that the code gives has words in both languages, and they ask only for what the refusal knows."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import NamedTuple

import pytest

from enduse.words import TABLE
from enduse.words.refusals import REFUSALS

SRC = Path(__file__).resolve().parents[2] / "src" / "enduse"


class Site(NamedTuple):
    """A place where a refusal is made: its code and the names of the values it gives."""

    code: str
    given: frozenset[str]
    where: str


def sites() -> Iterator[Site]:
    for path in sorted(SRC.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("Refusal", "refuse")):
                continue
            where = f"{path.relative_to(SRC)}:{node.lineno}"
            if not isinstance(node.args[0], ast.Constant):
                assert where.startswith("domain/refusals.py"), f"{where}: the code of a refusal is to be read where it is given"
                continue
            yield Site(str(node.args[0].value), frozenset(values_of(node)), where)


def values_of(call: ast.Call) -> list[str]:
    """The names of the values: keywords of `refuse`, keys of the mapping of `Refusal`."""
    mappings = [argument for argument in call.args[1:] if isinstance(argument, ast.Dict)]
    keys = [key.value for mapping in mappings for key in mapping.keys if isinstance(key, ast.Constant)]
    return [str(key) for key in keys] + [keyword.arg for keyword in call.keywords if keyword.arg]


SITES = list(sites())


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("site", SITES, ids=lambda site: f"{site.code} {site.where}")
def test_a_refusal_has_words_that_ask_only_for_what_it_gives(site: Site) -> None:
    for words in TABLE[site.code]:
        assert places(words) <= site.given


def test_no_words_of_a_refusal_are_unused() -> None:
    assert set(REFUSALS) - {site.code for site in SITES} == set()


@pytest.mark.parametrize("code", REFUSALS)
def test_both_languages_name_the_same_things_on_one_line(code: str) -> None:
    ru, en = REFUSALS[code]
    assert places(ru) == places(en)
    assert ru != en
    for words in (ru, en):
        assert words == words.strip() and "\n" not in words
        assert not words.endswith("."), "refusals end as errors do: they stand in lists and beside fields"


@pytest.mark.parametrize("code", REFUSALS)
def test_a_refusal_says_what_happened_and_what_to_do_next(code: str) -> None:
    for words in REFUSALS[code]:
        assert ". " in words or ": " in words or code == "people.password"
