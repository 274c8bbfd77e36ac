"""What is known beside the name: days of birth, countries, numbers, addresses; what each says of whether two are one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from rapidfuzz import fuzz

from enduse.domain.screening.entity import Period
from enduse.domain.screening.hit import Feature
from enduse.domain.screening.index import bare
from enduse.domain.screening.query import Query

NEAR_ADDRESS = 85  # of 100, by words in any order
SCHEMAS = {
    "person": ("Person", "LegalEntity"),
    "company": ("Company", "Organization", "LegalEntity"),
    "vessel": ("Vessel",),
    "aircraft": ("Airplane",),
}


def beside(query: Query, entry: Mapping[str, Any], identified: bool) -> list[Feature]:
    """What agrees and what contradicts, in points of the strength. What either side does not tell is unknown and says nothing.

    `entry` is an entry as the index keeps it; `identified` that it bears a number of the query.
    """
    found: list[Feature] = []
    if identified:
        found.append(Feature("feature.identifier", {"numbers": ", ".join(query.identifiers)}, 0.6, "strength"))
    found += _birth(query.birth, entry.get("births", ()))
    found += _countries(query.countries, sorted({*entry.get("nationalities", ()), *entry.get("countries", ())}))
    if query.kind != "any" and entry["schema"] not in SCHEMAS[query.kind]:
        found.append(Feature("feature.other_kind", {"query": query.kind, "entry": entry["schema"]}, -0.2, "strength"))
    found += _address(query.address, entry.get("addresses", ()))
    return found


def _birth(own: Period | None, births: Sequence[Sequence[Any]]) -> list[Feature]:
    if own is None or not births:
        return []
    periods = [Period(date.fromisoformat(first), date.fromisoformat(last), bool(circa)) for first, last, circa in births]
    told = {"query": _said(own), "entry": ", ".join(_said(one) for one in periods)}
    if any(own.touches(one) for one in periods):
        exact = own.first == own.last and any(one.first == one.last == own.first for one in periods)
        return [Feature("feature.birth_same", told, 0.35 if exact else 0.2, "strength")]
    circa = own.circa or any(one.circa for one in periods)
    apart = min(max((own.first - one.last).days, (one.first - own.last).days) for one in periods)
    if circa and apart <= 3 * 366:
        return []  # who is not sure of the year does not contradict one of three years beside it
    return [Feature("feature.birth_other", told, -0.35 if not circa else -0.2, "strength")]


def _said(period: Period) -> str:
    """A period for people: a day, a month, a year, from one day to another."""
    first, last = period.first, period.last
    about = "~" if period.circa else ""
    if first == last:
        return about + first.isoformat()
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return about + (str(first.year) if first.year == last.year else f"{first.year}–{last.year}")
    return about + f"{first.isoformat()}–{last.isoformat()}"


def _countries(own: Sequence[str], others: Sequence[str]) -> list[Feature]:
    if not own or not others:
        return []
    told = {"query": ", ".join(own), "entry": ", ".join(others)}
    return [
        Feature("feature.country_same", told, 0.15, "strength")
        if set(own) & set(others)
        else Feature("feature.country_other", told, -0.15, "strength")
    ]


def _address(own: str, others: Sequence[str]) -> list[Feature]:
    if len(bare(own)) < 6:
        return []
    best = max(((fuzz.token_set_ratio(own.lower(), other.lower()), other) for other in others if len(bare(other)) > 5), default=(0.0, ""))
    return [Feature("feature.address_same", {"query": own, "entry": best[1]}, 0.15, "strength")] if best[0] >= NEAR_ADDRESS else []
