"""A mapping guessed from the titles of the columns, Russian and English."""

from __future__ import annotations

import pytest

from enduse.formats.problems import BadInput
from enduse.sources.own_rows import of_table
from enduse.sources.own_titles import suggested


def columns(titles: list[str], *rows: list[str]) -> dict[str, list[str]]:
    found = suggested(of_table("own.csv", titles, list(enumerate(rows, 2))))
    assert found["format"] == "enduse/list-mapping-1"
    return {target: [one["column"] for one in several] for target, several in found["columns"].items()}


def test_titles_are_known_in_both_languages() -> None:
    assert columns(["Name", "Country", "Remarks"], ["Ada", "Kenya", "a"], ["Eve", "Chad", "b"]) == {
        "name": ["Name"], "country": ["Country"], "reason": ["Remarks"],
    }  # fmt: skip
    found = columns(["Наименование", "Дата включения", "Примечание"], ["Ваза", "01.02.2020", "а"], ["Ложка", "02.02.2020", "б"])
    assert (found["name"], found["since"], found["reason"]) == (["Наименование"], ["Дата включения"], ["Примечание"])


def test_a_column_that_holds_nothing_or_the_same_number_for_all_is_none() -> None:
    found = columns(["Name", "Country", "ID"], ["Ada", "", "1"], ["Eve", "", "1"])
    assert set(found) == {"name"}


def test_without_a_column_of_names_it_is_said_what_there_is() -> None:
    with pytest.raises(BadInput) as refused:
        columns(["Colour", "Weight"], ["red", "7"])
    assert "Colour" in refused.value.problems[0].text("en")


def test_a_comma_parts_aliases_only_where_they_begin_with_the_name() -> None:
    rows = [["Ada", "Ada, A. Byron"], ["Eve", "Eve, E. Stone"]]
    found = suggested(of_table("own.csv", ["Name", "Alias"], list(enumerate(rows, 2))))
    assert found["columns"]["aliases"] == [{"column": "Alias", "split": ","}]
    rows = [["Ada", "Byron, Ada"], ["Eve", "Stone, Eve"]]
    found = suggested(of_table("own.csv", ["Name", "Alias"], list(enumerate(rows, 2))))
    assert found["columns"]["aliases"] == [{"column": "Alias"}]
