"""What the American lists share: the kinds of numbers, and entries that are finished together."""

from __future__ import annotations

import pytest

from enduse.sources.us_entry import LABELS, kind_of

KINDS = {"passport", "national_id", "tax", "registration", "imo", "mmsi", "swift", "wallet", "other"}


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Passport", "passport"),
        (" SSN ", "national_id"),
        ("tax id no.", "tax"),
        ("Registration Number:", "registration"),
        ("MMSI", "mmsi"),
        ("SWIFT/BIC", "swift"),
        ("Digital Currency Address - XBT", "wallet"),
        ("Favourite colour", None),
    ],
)
def test_a_number_is_what_the_word_before_it_says(label: str, kind: str | None) -> None:
    assert kind_of(label) == kind


def test_every_word_has_a_kind_that_there_is() -> None:
    assert set(LABELS.values()) <= KINDS
