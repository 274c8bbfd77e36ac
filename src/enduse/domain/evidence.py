"""What is known of a purpose: the highest grade left standing, and which rebuttals count (3.1, readings 10, 11)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from enduse.domain.deal import Evidence, given, visible
from enduse.domain.trace import Ground

LOOK_ALIKES = str.maketrans("аеорсухкмтвніѕјё", "aeopcyxkmtbhisje")
PURPOSES = ("wmd", "terrorism", "military", "other_harm")
GRADES = ("none", "alleged", "concern", "confirmed")


def same_person(one: str, other: str) -> bool:
    """Whether two names of recorders are one person.

    Case, width, spaces, marks that cannot be seen, and Cyrillic letters that look like Latin ones do not make two of one.
    """
    return comparable(one) == comparable(other)


def comparable(name: str) -> str:
    """A name as compared: case, width, spaces, invisible marks and look-alike letters taken out of it."""
    return "".join(visible(unicodedata.normalize("NFKC", name)).casefold().split()).translate(LOOK_ALIKES)


def refusal(answer: Evidence, item: Evidence) -> str | None:
    """Why `answer` does not rebut `item` although it names it, or None where it does.

    Only alleged and concern can be rebutted, by a clearing item of the same purpose, with a source, recorded by another person.
    """
    checks = (
        (answer.grade != "clearing", "not_clearing"),
        (item.grade == "clearing", "nothing_adverse"),
        (item.grade == "confirmed", "confirmed"),
        (answer.purpose != item.purpose, "other_purpose"),
        (given(answer.source) is None, "no_source"),
    )
    for refused, why in checks:
        if refused:
            return why
    one, other = given(answer.recorded_by), given(item.recorded_by)
    if one is None or other is None:
        return "no_recorder"
    return "same_person" if same_person(one, other) else None


def standing(items: Iterable[Evidence]) -> dict[str, tuple[str, tuple[Ground, ...]]]:
    """For each purpose the highest grade not rebutted, and the items that stand, highest first; `none` where there are none."""
    items = tuple(items)
    answers = [item for item in items if item.rebuts]
    found: dict[str, tuple[str, tuple[Ground, ...]]] = {}
    for purpose in PURPOSES:
        left = [item for item in items if item.purpose == purpose and item.grade != "clearing" and not _rebutted(item, answers)]
        left.sort(key=lambda item: -GRADES.index(item.grade))
        found[purpose] = (left[0].grade if left else "none", tuple(_ground(item) for item in left))
    return found


def rebuttals(items: Iterable[Evidence]) -> list[tuple[Evidence, Evidence, str | None]]:
    """Every rebuttal: the answer, the item it names, and why it does not count, or None where it does."""
    items = tuple(items)
    by_id = {item.id: item for item in items}
    return [(answer, by_id[named], refusal(answer, by_id[named])) for answer in items for named in answer.rebuts if named in by_id]


def _rebutted(item: Evidence, answers: Iterable[Evidence]) -> bool:
    return any(item.id in answer.rebuts and refusal(answer, item) is None for answer in answers)


def _ground(item: Evidence) -> Ground:
    values = {"id": item.id, "grade": item.grade, "source": given(item.source) or "", "party": given(item.party) or ""}
    return Ground("evidence", values)
