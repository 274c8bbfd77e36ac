"""Small readings that several lists need."""

from __future__ import annotations

from datetime import date

import pytest

from enduse.domain.screening.entity import Period
from enduse.sources.cells import cell, day, name_part, period


@pytest.mark.parametrize(
    ("text", "found"),
    [(" A\r\n\tB ; ", "A B"), ("A\u2028B", "A B"), ("A\u200bB", "AB"), ("-0-", ""), ("n/a", ""), (None, "")],
)
def test_a_text_is_tidied_and_its_words_stay_apart(text: str | None, found: str) -> None:
    assert cell(text) == found


@pytest.mark.parametrize(("text", "found"), [(" NA ", "NA"), ("Na", "Na"), ("na", ""), ("n/a", ""), ("-0-", ""), ("A\n B", "A B"), (None, "")])
def test_na_is_a_family_name(text: str | None, found: str) -> None:
    assert name_part(text) == found


@pytest.mark.parametrize("text", ["2015-04-07", "2015-04-07-04:00", "2015-04-07Z", "2015-04-07T00:00:09.554Z", "07 Apr 2015"])
def test_a_day_may_have_a_zone_behind_it(text: str) -> None:
    assert day(text) == date(2015, 4, 7)


def test_a_stretch_of_years_is_no_zone() -> None:
    assert period("1999-2000") == Period(date(1999, 1, 1), date(2000, 12, 31))
    assert day("2015-04-07 or so") is None
