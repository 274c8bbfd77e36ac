"""An organisation's own copy of the official text, parsed into clauses and indicators."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from enduse.domain.decision import clause_order
from enduse.domain.edition import Edition

_CLAUSE = re.compile(r"^[\s\W]*(\d{1,2})\.(\d{1,2})\.?[\s\u00a0]+(?=[^\W\d_]|[«„“(\"])")
_SECTION = re.compile(r"^\s*(\d{1,2})\.\s+(?=[А-ЯЁA-Z])")
_INDICATOR = re.compile(r"^\s*(\d{1,2})[.)]\s+(?=\S)")
_APPENDIX = re.compile(r"^\s*(Приложение|Appendix|Annex)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Official:
    """The official text as attached: each clause and each indicator by its number, in the order of the text."""

    clauses: dict[str, str]
    indicators: dict[str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """What one side has and the other lacks: `clause` or `indicator`, its number, and whether `text` or `edition` lacks it."""

    kind: str
    number: str
    lacks: str


FURTHEST = 6  # how many numbers may be missing in a row before a later one is taken for a reference
Heading = tuple[int, tuple[int, ...], int]  # the line, the number, where the words begin


def parse_official(text: str) -> Official:
    """Clauses `1.1` and on, then the indicators of the appendix. Nothing found gives empty results.

    Lines may be broken anywhere, and a line may begin with a reference to another clause: of all that looks like a heading,
    the longest run of rising numbers is taken. A clause goes on to the next heading.
    """
    lines = [raw.replace("\u00a0", " ").replace("\ufeff", "").strip() for raw in text.replace("\f", "\n").splitlines()]
    clauses = _headings(lines, _CLAUSE)
    first = clauses[0][0] if clauses else len(lines)
    appendix = next((place for place in range(first, len(lines)) if _APPENDIX.match(lines[place])), len(lines))
    body, list_ = lines[:appendix], lines[appendix:]
    return Official(_parts(body, _headings(body, _CLAUSE)), _parts(list_, _headings(list_, _INDICATOR)))


def _headings(lines: Sequence[str], pattern: re.Pattern[str]) -> list[Heading]:
    """The headings: of all lines that look like one, the longest run of rising numbers, the earliest of equal ones."""
    looks = [(place, tuple(map(int, found.groups())), found.end()) for place, line in enumerate(lines) if (found := pattern.match(line))]
    best: list[tuple[int, int]] = []  # for each: how long a run ends in it, and which comes before
    for at, (_, number, _) in enumerate(looks):
        before = [(best[other][0], -other) for other in range(at) if best[other][0] and _follows(looks[other][1], number)]
        length, other = max(before, default=(0, 1))
        best.append((length + 1, -other) if before or _follows((0,) * len(number), number) else (0, -1))
    at = max((place for place in range(len(looks)) if best[place][0]), key=lambda place: (best[place][0], -place), default=-1)
    run: list[Heading] = []
    while at >= 0:
        run.append(looks[at])
        at = best[at][1]
    return run[::-1]


def _follows(last: tuple[int, ...], here: tuple[int, ...]) -> bool:
    """Whether one number can be the next heading after another: later in the section, or near the start of a later one."""
    *section, number = here
    *before, passed = last
    if section == before:
        return passed < number <= passed + FURTHEST
    return before < section and section[0] <= before[0] + FURTHEST and 0 < number <= FURTHEST


def _parts(lines: Sequence[str], headings: Sequence[Heading]) -> dict[str, str]:
    """The text under each heading, up to the next one or to the title of the next section."""
    found = {}
    for at, (place, number, begin) in enumerate(headings):
        end, following = (headings[at + 1][0], headings[at + 1][1]) if at + 1 < len(headings) else (len(lines), (0,))
        for line in range(place + 1, end):
            title = _SECTION.match(lines[line])
            if title and len(number) > 1 and number[0] < int(title[1]) == following[0]:
                end = line
                break
        found[".".join(map(str, number))] = _joined([lines[place][begin:], *lines[place + 1 : end]])
    return found


def _joined(lines: Iterable[str]) -> str:
    """The lines as one text; words broken over lines stay as they stand."""
    return re.sub(r"\s+", " ", " ".join(lines)).strip()


def differences(official: Official, edition: Edition) -> list[Difference]:
    """What the attached text lacks of our edition, and what it has beyond it."""
    found = []
    for kind, theirs, ours in (("clause", official.clauses, list(edition.clauses)), ("indicator", official.indicators, list(edition.indicators))):
        found += [Difference(kind, number, "text") for number in ours if number not in theirs]
        found += [Difference(kind, number, "edition") for number in sorted(theirs, key=clause_order) if number not in ours]
    return found
