"""A list that two people changed from the same beginning: what both did stands, so that neither undoes the other's rows unseen."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from enduse.formats.deal_parts import Content


def merged(base: Sequence[Content], theirs: Sequence[Content], kept: Mapping[int, Content], added: Sequence[Content]) -> list[Content]:
    """What stands (`theirs`) with what a reader of `base` made of its rows: `kept` by their place, the others taken out; and `added`.

    A row that both changed says what the reader made of it, one that they changed and the reader took out stays, and one that they took
    out and the reader changed comes back. What both added is there once.
    """
    from_base = _places(base, theirs)
    found = []
    for place, row in enumerate(theirs):
        was = from_base.get(place)
        if was is None or (was in kept and kept[was] == base[was]):
            found.append(row)
        elif was in kept:
            found.append(kept[was])
        elif row != base[was]:
            found.append(row)
    gone = set(range(len(base))) - set(from_base.values())
    found += [kept[place] for place in sorted(gone) if place in kept and kept[place] != base[place]]
    beside = [row for place, row in enumerate(theirs) if place not in from_base]
    for row in added:
        if row in beside:
            beside.remove(row)
        else:
            found.append(row)
    return found


def _places(base: Sequence[Content], theirs: Sequence[Content]) -> dict[int, int]:
    """For each row of `theirs` that is one of `base`, changed or not, its place there."""
    found: dict[int, int] = {}
    old, new = ([json.dumps(row, sort_keys=True, default=str) for row in rows] for rows in (base, theirs))
    for what, start, end, then, until in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal" or (what == "replace" and end - start == until - then):
            found.update(zip(range(then, until), range(start, end), strict=True))
    return found
