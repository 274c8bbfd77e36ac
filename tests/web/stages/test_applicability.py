"""Which indicators apply: 12, 15 and 18 not without equipment, 19-22 not where unsuitability is established."""

from __future__ import annotations

import pytest

from enduse.casework.deals.deciding import edition
from enduse.web.panel import wording
from enduse.web.stages.applicability import why_not
from tests.builders import decided


@pytest.mark.parametrize(
    ("key", "levels", "numbers"),
    [("hardware", ("no", "yes", "unknown"), ("12", "15", "18"))],
)
def test_equipment_decides_of_three(key: str, levels: tuple[str, str, str], numbers: tuple[str, ...]) -> None:
    for level in levels:
        decision = decided(solution={key: level})
        found = {number for number, one in edition().indicators.items() if why_not(one, decision, wording("en"))}
        assert set(numbers) <= found if level == "no" else not set(numbers) & found


def test_the_reason_is_told_in_the_edition_s_words() -> None:
    decision = decided(solution={"suitable_for": {"nuclear": "no"}})
    assert why_not(edition().indicators["19"], decision, wording("en")) == "the solution is established as unsuitable for creating nuclear weapons"
    assert why_not(edition().indicators["1"], decision, wording("en")) == ""
