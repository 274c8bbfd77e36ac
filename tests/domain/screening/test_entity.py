"""What an entry's values say of themselves."""

from __future__ import annotations

from datetime import date

import pytest

from enduse.domain.screening.entity import Period

YEAR = Period(date(1961, 1, 1), date(1961, 12, 31))


@pytest.mark.parametrize(
    ("first", "last", "touches"),
    [
        (date(1961, 5, 1), date(1961, 5, 1), True),
        (date(1960, 1, 1), date(1961, 1, 1), True),
        (date(1961, 12, 31), date(1970, 1, 1), True),
        (date(1900, 1, 1), date(1999, 1, 1), True),
        (date(1960, 1, 1), date(1960, 12, 31), False),
        (date(1962, 1, 1), date(1962, 1, 1), False),
    ],
)
def test_two_periods_touch_where_both_may_be_the_same_day(first: date, last: date, touches: bool) -> None:
    other = Period(first, last)
    assert YEAR.touches(other) is other.touches(YEAR) is touches
