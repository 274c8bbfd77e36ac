"""Lists that two people changed from the same beginning."""

from __future__ import annotations

from typing import Any

import pytest

from enduse.web.stages.merging import merged


def rows(text: str) -> list[dict[str, Any]]:
    return [{"number": word} for word in text.split()]


@pytest.mark.parametrize(
    ("base", "theirs", "kept", "added", "then"),
    [
        ("a b", "a b", "a b", "c", "a b c"),  # nobody else changed anything
        ("a b", "a b", "a -", "", "a"),
        ("a", "a c", "a", "d", "a c d"),  # both added
        ("a", "a c", "a", "c", "a c"),  # both added the same
        ("a", "a c", "A", "", "A c"),  # one changed a row, the other added one
        ("a", "a c", "-", "", "c"),
        ("a b", "b", "a B", "", "B"),  # taken out by them
        ("a b", "b", "A b", "", "b A"),  # taken out by them, changed here: it comes back
        ("a b", "X b", "a -", "", "X"),  # changed by them
        ("a b", "X b", "Y b", "", "Y b"),  # changed by both: as the reader, who was told, sends it
        ("a b", "X b", "- b", "", "X b"),  # changed by them, taken out here: it stays
        ("a b", "a X Y", "a b", "c", "a X Y c"),
        ("", "x", "", "y", "x y"),
        ("a", "", "a", "", ""),
        ("a a", "a a", "a -", "", "a"),  # two alike
    ],
)
def test_both_changes_stand(base: str, theirs: str, kept: str, added: str, then: str) -> None:
    held = {place: row for place, row in enumerate(rows(kept)) if row["number"] != "-"}
    assert merged(rows(base), rows(theirs), held, rows(added)) == rows(then)
