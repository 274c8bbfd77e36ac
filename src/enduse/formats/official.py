"""An organisation's own copy of the official text, parsed into clauses and indicators."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from enduse.domain.decision import clause_order
from enduse.domain.edition import Edition

_CLAUSE = re.compile(r"^[\s\W]*(\d{1,2})\.(\d{1,2})\.?[\s\u00a0]+(?=[^\W\d_]|[«„“(\"])")
_SECTION = re.compile(r"^\s*(\d{1,2})\.\s+(?=[А-ЯЁA-Z])")
_INDICATOR = re.compile(r"^\s*(\d{1,2})[.)]\s+(?=\S)")
_APPENDIX = re.compile(r"^\s*(Приложение|Appendix|Annex)\b", re.IGNORECASE)
_INDICATORS_HEAD = re.compile(r"признак|indicator|warning sign|red flag", re.IGNORECASE)
FURTHEST = 3  # how many numbers may be missing between two clauses or indicators before the later is taken for a reference


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


def parse_official(text: str) -> Official:
    """Clauses `1.1` and on, then the indicators of the appendix. A number is a heading only where it is the next to come.

    Lines may be broken anywhere; a clause goes on to the next heading. Nothing found gives empty results.
    """
    clauses: dict[str, list[str]] = {}
    indicators: dict[str, list[str]] = {}
    into: list[str] | None = None
    in_appendix = False
    last = (0, 0)
    for raw in text.replace("\f", "\n").splitlines():
        line = raw.replace("\u00a0", " ").replace("\ufeff", "").strip()
        if clauses and _APPENDIX.match(line):
            in_appendix, into = True, None
            continue
        if in_appendix:
            found = _INDICATOR.match(line)
            if found and len(indicators) < int(found[1]) <= _last_number(indicators) + FURTHEST and found[1] not in indicators:
                into = indicators.setdefault(found[1], [])
                line = line[found.end() :]
        else:
            found = _CLAUSE.match(line)
            if found and _follows(last, here := (int(found[1]), int(found[2]))):
                last = here
                into = clauses.setdefault(f"{here[0]}.{here[1]}", [])
                line = line[found.end() :]
            elif (found := _SECTION.match(line)) and last[0] < int(found[1]) <= last[0] + 1:
                into = None
        if into is not None and line:
            into.append(line)
    return Official({number: _joined(lines) for number, lines in clauses.items()}, {number: _joined(lines) for number, lines in indicators.items()})


def _last_number(indicators: Iterable[str]) -> int:
    return max((int(number) for number in indicators), default=0)


def _follows(last: tuple[int, int], here: tuple[int, int]) -> bool:
    """Whether a number can be the next heading: later in this section, or near the start of the next."""
    section, clause = here
    if section == last[0]:
        return last[1] < clause <= last[1] + FURTHEST
    return last[0] < section <= last[0] + 2 and clause <= FURTHEST


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
