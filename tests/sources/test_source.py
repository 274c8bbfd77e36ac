"""What all lists have in common."""

from __future__ import annotations

from enduse.sources.source import Read, Skipped


def test_what_is_skipped_is_a_part_unless_it_says_otherwise() -> None:
    assert not Skipped("line 3", "skipped.date").whole
    assert Read((), (Skipped("line 3", "skipped.nameless", whole=True),), counted=1).counted == 1
