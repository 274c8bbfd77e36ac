"""What is learned of scripts: whole, and in a form that the matcher can read."""

from __future__ import annotations

import math

import pytest

from enduse.domain.screening.bridging import BRIDGED
from enduse.reference.scripts import script_weights


def test_every_bridged_script_is_there_and_no_other() -> None:
    assert set(BRIDGED) <= set(script_weights()) <= {*BRIDGED, "latin"}


@pytest.mark.parametrize("script", sorted({*BRIDGED, "latin"} & set(script_weights())))
def test_weights_are_figures_for_single_plain_units(script: str) -> None:
    weights = script_weights()[script]
    assert weights["unseen"] < 0
    for own, row in weights["units"].items():
        assert len(own) <= 1 and own.isascii()
        for latin, weight in row.items():
            assert len(latin) <= 1 and latin.isascii() and (own or latin)
            assert math.isfinite(weight)
    for own, latin in weights["likely"].items():
        assert (len(own), own.isascii(), latin.isascii()) == (1, True, True)
        assert len(latin) <= 1


def test_a_letter_mostly_stands_for_itself() -> None:
    units = script_weights()["cyrillic"]["units"]
    assert all(units[letter][letter] == max(weight for latin, weight in units[letter].items() if latin.isalpha()) > 0 for letter in "abdklmnoprt")
