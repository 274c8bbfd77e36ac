"""Small readings that several lists need: text without fillers, countries, dates as publishers write them."""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache

from rigour.territories import lookup_territory

from enduse.domain.deal import visible
from enduse.domain.screening.entity import Country, Period

EMPTY = {"", "-0-", "-", "--", "n/a", "na", "none", "null", "unknown"}
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_SPACES = re.compile(r"\s+")
_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name} | {
    name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name
}
_CIRCA = re.compile(r"\b(circa|ca?\.?|approx(?:imately|\.)?|about|around|okolo|около|примерно|environ|vers)\b\.?\s*", re.IGNORECASE)


def cell(text: str | None) -> str:
    """A text with its spaces drawn together and nothing unseen; empty where the publisher wrote one of the signs for nothing."""
    found = _SPACES.sub(" ", visible(_SPACES.sub(" ", text or ""))).strip(" ;,")  # a line's end is a space before it is unseen
    return "" if found.casefold() in EMPTY else found


def name_part(text: str | None) -> str:
    """A part of a name, tidied; Na is a family name, however much it looks like the sign for nothing."""
    said = (text or "").strip()
    return cell(said) or (said if said in ("Na", "NA") else "")


@lru_cache(maxsize=4096)
def country(text: str) -> Country:
    """A country as published, with its code where it is one; of two names beside a slash the first that is known."""
    shown = cell(text)
    for part in (shown, _BRACKETS.sub("", shown), *shown.split("/"), *re.split(r"[;,]", shown)):
        found = lookup_territory(part.strip()) if part.strip() else None
        if found is not None and len(found.code) == 2:
            return Country(shown, found.code.upper())
    return Country(shown)


@lru_cache(maxsize=4096)
def countries(text: str, separator: str | None = None) -> tuple[Country, ...]:
    """The countries of a text that parts them, each with as many of its parts as make a known one: of `IRAN, KOREA, REPUBLIC OF` two."""
    parts = [part for part in map(cell, text.split(separator) if separator else [text]) if part]
    found: list[Country] = []
    while parts:
        for end in range(min(4, len(parts)), 0, -1):  # the longest name that is one goes first
            joined = f"{separator} ".join(parts[:end])
            if end == 1 or lookup_territory(joined) is not None:
                found.append(country(joined))
                parts = parts[end:]
                break
    return tuple(dict.fromkeys(found))


def period(text: str) -> Period | None:
    """A day or a stretch of time as publishers write it; None where no year can be read.

    `1961`, `1961-03`, `1961-03-05`, `05 Mar 1961`, `Mar 1961`, `5/3/1961` (day first only where it cannot be the month),
    `circa 1961`, `1957 to 1960`, `between 1957 and 1960`.
    """
    said = cell(text)
    circa = bool(_CIRCA.search(said))
    said = _CIRCA.sub("", said).strip(" .()")
    whole = _one(said)
    if whole is not None:
        return Period(*whole, circa)
    said = re.sub(r"^(between|from|с|от)\s+", "", said, flags=re.IGNORECASE)
    ends = re.split(r"\s+(?:to|and|or|until|по|до|или)\s+|\s*[\u2013\u2014]\s*|\s+-\s+|(?<=\d{4})-(?=\d{4})", said, maxsplit=1, flags=re.IGNORECASE)
    if len(ends) == 2 and (first := _one(ends[0])) and (last := _one(ends[1])) and first[0] <= last[1]:
        return Period(first[0], last[1], circa)
    return None


def _one(text: str) -> tuple[date, date] | None:
    said = text.strip(" .,")
    if found := re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:(?:[T ]\d{2}:\d{2}|[+-]\d{2}:\d{2}$|Z$).*)?", said):
        return _stretch(*(int(part) if part else 0 for part in found.groups()))
    if found := re.fullmatch(r"(\d{1,2})[\s.]+([^\W\d]+)\.?[\s,]+(\d{4})", said):
        return _stretch(int(found[3]), _MONTHS.get(found[2].casefold(), -1), int(found[1]))
    if found := re.fullmatch(r"([^\W\d]+)\.?\s+(\d{1,2}),?\s+(\d{4})", said):
        return _stretch(int(found[3]), _MONTHS.get(found[1].casefold(), -1), int(found[2]))
    if found := re.fullmatch(r"([^\W\d]+)\.?\s+(\d{4})", said):
        return _stretch(int(found[2]), _MONTHS.get(found[1].casefold(), -1), 0)
    if found := re.fullmatch(r"(\d{1,2})[./](\d{1,2})[./](\d{4})", said):
        one, other, year = int(found[1]), int(found[2]), int(found[3])
        if one > 12 or "." in said:
            return _stretch(year, other, one)
        if other > 12:
            return _stretch(year, one, other)
        low, high = sorted((_stretch(year, one, other), _stretch(year, other, one)), key=lambda two: two or (date.min, date.min))
        return (low[0], high[1]) if low and high else None  # which is the month nobody says: it may be either
    return None


def _stretch(year: int, month: int = 0, day: int = 0) -> tuple[date, date] | None:
    """The days of a year, a month or a day; a day that no month has counts as its month, zeros as not known."""
    if not 1000 <= year <= 2999 or not 0 <= month <= 12:
        return None
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    last = calendar.monthrange(year, month)[1]
    return (date(year, month, day), date(year, month, day)) if 1 <= day <= last else (date(year, month, 1), date(year, month, last))


def day(text: str, *, month_first: bool = False) -> date | None:
    """A single day; None where it is none. `month_first` reads 10/13/2020 as the publisher of a US list means it."""
    said = cell(text)
    if month_first and (found := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", said)):
        stretch = _stretch(int(found[3]), int(found[1]), int(found[2]))
    else:
        stretch = _one(said)
    return stretch[0] if stretch and stretch[0] == stretch[1] else None
