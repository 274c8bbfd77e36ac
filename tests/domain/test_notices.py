"""FSTEC's notices: written before oral, whatever their date, until withdrawn by number and date."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import decided, fact

WRITTEN = {"from": "fstec", "written": "yes", "number": "240/1-77", "date": "2026-10-20"}


@pytest.mark.parametrize(
    ("notices", "level"),
    [
        ([], "no"),
        ([WRITTEN], "written"),
        ([{**WRITTEN, "written": "no"}], "oral"),
        ([{**WRITTEN, "written": "no"}, WRITTEN], "written"),
        ([{**WRITTEN, "date": "2030-01-01"}], "written"),
        ([{"from": "fstec", "written": "yes"}], "written"),
        ([{**WRITTEN, "withdrawn": {"number": "1", "date": "2026-11-02"}}], "no"),
        ([{**WRITTEN, "withdrawn": {"number": "1", "date": "2026-11-03"}}], "written"),
        ([{**WRITTEN, "withdrawn": {"number": "1"}}], "written"),
        ([{**WRITTEN, "withdrawn": {"date": "2026-11-01"}}], "written"),
        ([{**WRITTEN, "withdrawn": {"number": " ", "date": "2026-11-01"}}], "written"),
        ([{**WRITTEN, "withdrawn": {"number": "1", "date": "2026-11-01"}}, {**WRITTEN, "written": "no"}], "oral"),
    ],
)
def test_notice(notices: list[dict[str, Any]], level: str) -> None:
    assert fact("notice", notices=notices) == level


def test_the_notice_that_counts_is_the_ground() -> None:
    decision = decided(notices=[{**WRITTEN, "written": "no", "number": "oral"}, WRITTEN])
    assert [ground.values["number"] for ground in decision.grounds["notice"]] == ["240/1-77"]
