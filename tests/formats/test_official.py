"""An attached copy of the official text: its clauses and indicators found, and what it and our edition lack of each other."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest

from enduse.formats.official import Difference, differences, parse_official
from enduse.stores.editions import load_edition

MADE_UP = """Устав кружка

Вступление: по пункту 1.1 и далее.

1. Общее
1.1. Первый пункт,
который продолжается, см. пункты
1.2 – 1.3 ниже;
1.2 Второй пункт.
2. Прочее
Вступление ко второму разделу.
2.1. Третий пункт: 7.1. не заголовок,
9.9. тоже.

Приложение № 1
к уставу
1. Первый признак (п. 2)
и его конец;
2) Второй признак;
 3. Третий признак.
"""


def full(shared: Path) -> str:
    return (shared / "declaration" / "declaration.ru.txt").read_text("utf-8")


def told(text: str) -> list[tuple[str, str, str]]:
    return [(one.kind, one.number, one.lacks) for one in differences(parse_official(text), load_edition())]


def without(text: str, start: str, end: str) -> str:
    """The text from one heading up to another taken out."""
    found = re.search(rf"^\s*{re.escape(start)}\s.*?(?=^\s*{re.escape(end)}\s)", text, re.DOTALL | re.MULTILINE)
    assert found
    return text[: found.start()] + text[found.end() :]


def test_clauses_go_on_to_the_next_heading_and_references_are_none() -> None:
    assert parse_official(MADE_UP).clauses == {
        "1.1": "Первый пункт, который продолжается, см. пункты 1.2 – 1.3 ниже;",
        "1.2": "Второй пункт.",
        "2.1": "Третий пункт: 7.1. не заголовок, 9.9. тоже.",
    }


def test_indicators_are_those_of_the_appendix() -> None:
    assert parse_official(MADE_UP).indicators == {"1": "Первый признак (п. 2) и его конец;", "2": "Второй признак;", "3": "Третий признак."}


def test_nothing_found_is_nothing() -> None:
    for text in ("", "Ничего", "Приложение\n1. А\n", "1. А\n2. Б\n", "\f\f", "0.0. x"):
        assert (parse_official(text).clauses, parse_official(text).indicators) == ({}, {})


def test_the_whole_declaration_is_found(shared: Path) -> None:
    official = parse_official(full(shared))
    assert list(official.clauses) == list(load_edition().clauses)
    assert list(official.indicators) == [str(number) for number in range(1, 23)]
    assert differences(official, load_edition()) == []
    assert official.clauses["1.4"] == "Положения Декларации носят рекомендательный характер;"
    assert official.clauses["4.4"].endswith("раздела 4 настоящей Декларации.")
    assert official.clauses["7.2"].endswith("несанкционированному назначению.")
    assert official.indicators["9"] == "Иностранный контрагент использует в качестве адреса для переписки абонентский почтовый ящик;"
    assert official.indicators["22"].endswith("разведывательной деятельности.")


@pytest.mark.parametrize(
    ("start", "end", "lacking"),
    [
        ("1.4.", "1.5.", [("clause", "1.4")]),
        ("4.3.", "4.4.", [("clause", "4.3")]),
        ("3.1.", "3.3.", [("clause", "3.1"), ("clause", "3.2")]),
        ("1.1.", "1.2.", [("clause", "1.1")]),
        ("5.", "6.", [("clause", "5.1"), ("clause", "5.2"), ("clause", "5.3")]),
        ("8. Иностранный", "9. Иностранный", [("indicator", "8")]),
        ("1. Иностранный", "3. Характеристики", [("indicator", "1"), ("indicator", "2")]),
    ],
)
def test_what_the_copy_lacks_is_told(shared: Path, start: str, end: str, lacking: list[tuple[str, str]]) -> None:
    assert told(without(full(shared), start, end)) == [(kind, number, "text") for kind, number in lacking]


def test_a_copy_that_breaks_off_lacks_the_rest(shared: Path) -> None:
    text = full(shared)
    assert [number for _, number, _ in told(text[: text.index("Приложение № 1")])] == [str(number) for number in range(1, 23)]
    assert ("indicator", "22", "text") in told(text[: text.index("22. Иностранный")])


def test_what_the_copy_has_beyond_ours_is_told(shared: Path) -> None:
    text = full(shared)
    longer = text.replace(" Приложение № 1", "7.3. намерены пить чай;\n Приложение № 1", 1) + "\n23. Иностранный контрагент пьёт кофе.\n"
    assert told(longer) == [("clause", "7.3", "edition"), ("indicator", "23", "edition")]
    assert parse_official(longer).indicators["23"] == "Иностранный контрагент пьёт кофе."
    middle = re.sub(r"^5\. Стандарты", "4.5. и ещё одно;\n\n5. Стандарты", text, count=1, flags=re.MULTILINE)
    assert told(middle) == [("clause", "4.5", "edition")]


def rewrapped(text: str, width: int) -> str:
    """Every paragraph wrapped anew: a paragraph begins where a number or an empty line stands."""
    parts = re.split(r"\n\s*\n|\n(?=\s*\d{1,2}\.(?:\d{1,2}\.)?\s)|\n(?=\s*Приложение)", text)
    return "\n".join(textwrap.fill(" ".join(part.split()), width) for part in parts)


@pytest.mark.parametrize("width", [30, 50, 72, 100, 10_000])
def test_lines_may_be_broken_anywhere(shared: Path, width: int) -> None:
    official = parse_official(rewrapped(full(shared), width))
    assert differences(official, load_edition()) == []
    whole = parse_official(full(shared))
    broken = str.maketrans("", "", " -")
    assert {number: words.translate(broken) for number, words in official.clauses.items()} == {
        number: words.translate(broken) for number, words in whole.clauses.items()
    }


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        (" ", "\u00a0"),
        (" ", "  "),
        ("\n", "\r\n"),
        ("\n", "\n\n"),
        ("\n", "\n\f"),
        ("\n", " \n\t"),
        (" Декларация", "\ufeff Декларация"),
        ("\n", "\n    "),
    ],
)
def test_the_kinds_of_blanks_do_not_matter(shared: Path, was: str, becomes: str) -> None:
    assert told(full(shared).replace(was, becomes)) == []


def test_differences_are_in_the_order_of_the_text() -> None:
    found = differences(parse_official("1.1. А\n1.3. Б\n1.10. В\n"), load_edition())
    assert found[:2] == [Difference("clause", "1.2", "text"), Difference("clause", "1.4", "text")]


def test_sections_missing_in_a_row_are_all_that_is_told(shared: Path) -> None:
    text = without(full(shared), "3.", "6.")
    gone = [("clause", f"{section}.{number}", "text") for section, count in ((3, 4), (4, 4), (5, 3)) for number in range(1, count + 1)]
    assert told(text) == gone


def test_a_line_that_begins_with_a_later_number_breaks_no_run() -> None:
    text = "1.1. А, как сказано в пункте\n3.1. и далее;\n1.2. Б\n2.1. В\n3.1. Г\n"
    assert list(parse_official(text).clauses) == ["1.1", "1.2", "2.1", "3.1"]
