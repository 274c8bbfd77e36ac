"""A row of a table, or the options of a command, as a question to the lists: countries, birth dates and kinds as people write them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from enduse.domain.screening.entity import Period
from enduse.domain.screening.query import KINDS, Query
from enduse.formats.problems import BadInput, Problem, nearest, short
from enduse.reference import country_codes
from enduse.reference.country_names import country_named
from enduse.sources.cells import cell, country, period

COLUMNS = ("id", "name", "kind", "country", "birth_date", "identifier", "address")
MOST_NAME, MOST_TEXT, MOST_PARTS = 10_000, 2_000, 50
Value = str | Sequence[str] | None
_PARTS = re.compile(r"[;|\n]")
_MONTH = re.compile(r"(\d{1,2})[./](\d{4})")
_DAY = re.compile(
    r"(?<!\d)(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{4}|\d{1,2}[\s.]+[^\W\d]+\.?[\s,]+\d{4}|[^\W\d]+\.?\s+\d{1,2},?\s+\d{4})(?!\d)"
)
FEWEST = 28  # days of a month
_YEAR_WORD = re.compile(r"\s*(?:г\. ?р\.?|гг?\.?|год[а]? рождения|год[а]?)$", re.IGNORECASE)


def query_from(row: Mapping[str, Value]) -> Query:
    """The question of a row: `name`, and what else it says under `COLUMNS`; several countries or identifiers are a list or stand apart by `;`.

    Raises BadInput with everything that is wrong: no name, one beyond all bounds, a kind, country or birth date that cannot be read.
    """
    problems: list[Problem] = []
    name = sound(row.get("name"))
    if not name:
        problems.append(Problem("screen.name"))
    elif len(name) > MOST_NAME:
        problems.append(Problem("screen.long", values={"limit": MOST_NAME, "count": len(name)}))
    kind = cell(sound(row.get("kind"))).lower() or "any"
    if kind not in KINDS:
        problems.append(Problem("screen.kind", values={"value": short(kind), "known": KINDS, "near": nearest(kind, KINDS)}))
    codes = []
    for text in _several(row.get("country"), problems, "country"):
        code = _code(text)
        codes.append(code)
        if not code:
            problems.append(Problem("screen.country", values={"value": short(text)}))
    birth = _birth(row.get("birth_date"), problems)
    identifiers = _several(row.get("identifier"), problems, "identifier")
    address = cell(sound(row.get("address")))
    if len(address) > MOST_TEXT:
        problems.append(Problem("screen.cell", values={"column": "address", "limit": MOST_TEXT}))
    if problems:
        raise BadInput(*problems)
    return Query(name, next(one for one in KINDS if one == kind), tuple(dict.fromkeys(codes)), birth, identifiers, address)


def sound(value: Value) -> str:
    """A value as one text without spaces around it; half of a character becomes a question mark."""
    text = value if isinstance(value, str) else "; ".join(value or ())
    return text.encode("utf-8", "replace").decode().strip()


def _several(value: Value, problems: list[Problem], column: str) -> tuple[str, ...]:
    parts = _PARTS.split(value) if isinstance(value, str) else value or ()
    found = tuple(dict.fromkeys(text for part in parts if (text := cell(sound(part)))))
    if len(found) > MOST_PARTS or sum(map(len, found)) > MOST_TEXT:
        problems.append(Problem("screen.cell", values={"column": column, "limit": MOST_TEXT}))
        return ()
    return found


def _birth(value: Value, problems: list[Problem]) -> Period | None:
    text = _YEAR_WORD.sub("", cell(sound(value)))
    if not text:
        return None
    found = period(f"{month[2]}-{month[1]}" if (month := _MONTH.fullmatch(text)) else text)
    if found is None or any(map(_no_day, _DAY.finditer(text))):
        problems.append(Problem("screen.birth", values={"value": short(text)}))
    return found


def _no_day(found: re.Match[str]) -> bool:
    """Whether this is a day that its month does not have: publishers mean the month by it, whoever asks has mistyped."""
    stretch = period(found[0])
    if stretch is None or stretch.first == stretch.last:
        return False
    return any(int(number) > FEWEST for number in re.findall(r"(?<!\d)\d\d(?!\d)", found[0]))


@lru_cache(maxsize=4096)
def _code(text: str) -> str:
    """The code of a country as written; empty where it is none that is known."""
    if len(text) == 2 and text.upper() in country_codes():
        return text.upper()
    return country_named(text) or country(text).code
