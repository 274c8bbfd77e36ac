"""Entries of published lists as plain data and back: what a snapshot keeps of them, a line each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from enduse.domain.screening.entity import Address, Country, Entity, Identifier, Link, Name, Period


def entry_line(entity: Entity) -> str:
    """An entry as one line of JSON, without what is empty, its keys in the order of the value."""
    return json.dumps(_plain(entity), ensure_ascii=False, separators=(",", ":"))


def entry_from(line: str) -> Entity:
    """The entry of `entry_line` again. Raises ValueError, KeyError or TypeError where it is none."""
    data = json.loads(line)
    return Entity(
        id=data["id"],
        schema=data["schema"],
        names=tuple(Name(**name) for name in data.get("names", ())),
        births=tuple(_period(one) for one in data.get("births", ())),
        nationalities=tuple(Country(**one) for one in data.get("nationalities", ())),
        countries=tuple(Country(**one) for one in data.get("countries", ())),
        addresses=tuple(Address(one["text"], _country(one)) for one in data.get("addresses", ())),
        identifiers=tuple(Identifier(one["kind"], one["value"], _country(one)) for one in data.get("identifiers", ())),
        programmes=tuple(data.get("programmes", ())),
        reason=data.get("reason", ""),
        since=_day(data.get("since")),
        until=_day(data.get("until")),
        links=tuple(Link(**one) for one in data.get("links", ())),
    )


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        found = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        kept = {"text", "id", "schema", "value", "to"}  # these are there, empty or not
        return {name: said for name, said in found.items() if said not in ("", None, [], False) or name in kept}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _period(data: Mapping[str, Any]) -> Period:
    return Period(date.fromisoformat(data["first"]), date.fromisoformat(data["last"]), bool(data.get("circa", False)))


def _country(data: Mapping[str, Any]) -> Country | None:
    found = data.get("country")
    return Country(**found) if found else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
