"""The answer on one name as it stands in a terminal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from enduse.cli.screen_page import shown
from enduse.domain.screening.hit import Found
from tests.documents.test_receipt_pdf import HIT, RECEIPT


def test_hits_stand_with_their_reasons_and_nothing_turns_the_terminal_around(capsys: pytest.CaptureFixture[str]) -> None:
    shown(replace(RECEIPT, found=Found((replace(HIT, name="Rosa\x1b[2J\u202eQuill"),), more=4)), "en")
    told = capsys.readouterr().out
    assert "Hits: 5" in told
    assert "1. own, entry 17 · Rosa" in told
    assert "weak alias" in told
    assert "(score +0.90)" in told
    assert "and 4 more" in told
    assert "un-sc of 2026-11-20, entries: 1003" in told
    assert not {"\x1b", "\u202e"} & set(told)
