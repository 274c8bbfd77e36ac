"""What is wrong, in words: the place, the values, a hint at what was meant."""

from __future__ import annotations

import string

import pytest

from enduse.formats.problems import BadInput, Problem, nearest, path_text, short
from enduse.words.errors import ERRORS


def test_it_says_where() -> None:
    assert Problem("file.empty", line=3, file="deals.yaml").where == "deals.yaml:3"
    assert Problem("file.absent", file="deals.yaml").where == "deals.yaml"
    assert Problem("file.absent").where == ""


def test_it_speaks_both_languages() -> None:
    problem = Problem("word.unknown", ("delivery", "form"), 4, {"value": "sass", "near": "saas", "expected": ("saas", "api")})
    assert problem.text("en") == "`delivery.form`: `sass` is not one of the words. Perhaps `saas`? Possible: saas, api"
    assert problem.text("ru") == "`delivery.form`: слова `sass` здесь нет. Может быть, `saas`? Возможны: saas, api"


def test_it_hints_at_nothing_where_nothing_is_near() -> None:
    assert Problem("word.unknown", values={"value": "x", "expected": ("saas",)}).text("en") == "`x` is not one of the words. Possible: saas"


def test_what_stands_there_instead_is_told_in_the_language_too() -> None:
    assert Problem("want.list", values={"got": "got.mapping"}).text("ru") == "здесь нужен список, а стоит набор ключей"
    assert Problem("want.list", values={"got": "got.text", "value": "x"}).text("en") == "a list is wanted here, not `x`"


def test_braces_in_a_value_stay_as_they_are() -> None:
    assert "`{value}`" in Problem("value.day", values={"value": "{value}"}).text("en")


def test_problems_stand_in_the_order_of_the_file() -> None:
    error = BadInput(Problem("file.empty", line=9), Problem("file.bom", line=2), Problem("file.large", values={"limit": 2}))
    assert [problem.line for problem in error.problems] == [None, 2, 9]


def test_a_path_is_written_as_people_write_it() -> None:
    assert path_text(("parties", 1, "country")) == "`parties[1].country`"
    assert path_text((0, "clauses")) == "`[0].clauses`"


def test_a_path_of_a_key_without_end_is_cut() -> None:
    assert len(path_text(("solution", "k" * 10_000))) < 120
    assert "\n" not in path_text(("a\nb",))


@pytest.mark.parametrize(("word", "known"), [("Saas", "saas"), ("sass", "saas"), ("counter_party", "counterparty"), ("zzz", ""), ("", "")])
def test_it_finds_the_word_that_was_meant(word: str, known: str) -> None:
    assert nearest(word, ["saas", "api", "counterparty"]) == known


def test_a_long_value_is_cut_to_one_short_line() -> None:
    assert short("a\n  b\tc") == "a b c"
    assert len(short("x" * 1000)) == 80
    assert short("x" * 80) == "x" * 80


@pytest.mark.parametrize("code", [code for code in ERRORS if code != "key.hint"])
@pytest.mark.parametrize("lang", ["ru", "en"])
def test_no_message_leaks_a_place_for_a_value(code: str, lang: str) -> None:
    names = {name for text in ERRORS[code] for _, name, _, _ in string.Formatter().parse(text) if name}
    text = Problem(code, values={name: "7" for name in names if name != "hint"}).text(lang)
    assert "{" not in text.replace("{7}", "").replace("{ … }", "")  # `{{{name}}}` shows a place on purpose
    assert text == text.strip() != ""
