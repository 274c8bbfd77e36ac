"""What a deal says, as people read it: every key and value of its content in words, and what differs between two contents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from enduse.domain.wording import day
from enduse.formats.deal_parts import Content
from enduse.reference import country_name
from enduse.words import TABLE, say

# the words that a key's value may be one of, by the groups of the vocabulary; what is none of them is told as it stands
GROUPS: dict[str, tuple[str, ...]] = {
    "role": ("party_role",),
    "kind": ("party_kind", "contract_kind"),
    "form": ("delivery_form",),
    "grade": ("grade",),
    "purpose": ("purpose",),
    "status": ("permit_status",),
    "result": ("identification_result", "screening_result"),
    "verdict": ("verdict", "question_verdict"),
    "covers": ("trigger",),
    "checks": ("check",),
    "written": ("written",),
    "reliability": ("reliability",),
    "method": ("payment_method",),
    "access": ("site_access",),
    "state": ("indicator_state", "clauses_state", "choice"),
    "indicators": ("indicator_state",),
    "clauses": ("clauses_state",),
    "risk": ("risk",),
    "choice": ("choice",),
}
COUNTRIES = ("country", "citizenship", "route")
HIDDEN = ("format",)


@dataclass(frozen=True, slots=True)
class Row:
    """A key in words with its value, or with the rows within it."""

    name: str
    text: str = ""
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Difference:
    """A place in the content that says something else than before; empty where it said, or says, nothing."""

    place: str
    was: str
    now: str


def told(content: Content, lang: str) -> list[Row]:
    """The whole content in words, in the order of the file."""
    return [_row(key, value, lang) for key, value in content.items() if key not in HIDDEN and value not in (None, "", [], {})]


def differences(before: Content, after: Content, lang: str) -> list[Difference]:
    """What differs between two contents, each place once, in words."""
    return list(_differing((), before, after, lang))


def key_name(key: str, lang: str) -> str:
    """A key of the deal file in words; the key itself where there are none."""
    return say(f"key.{key}", lang) if f"key.{key}" in TABLE else key


def _row(key: str, value: Any, lang: str) -> Row:
    """A key with what it holds: two levels as rows, what lies deeper as one line."""
    name = key_name(key, lang)
    if key == "indicators" and isinstance(value, Mapping):
        return Row(name, rows=_indicators(value, lang))
    if isinstance(value, Mapping):
        return Row(
            name, rows=[Row(key_name(inner, lang), _whole(inner, held, lang)) for inner, held in value.items() if held not in (None, "", [], {})]
        )
    if isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
        return Row(name, rows=[Row(str(number), _whole(key, item, lang)) for number, item in enumerate(value, 1)])
    return Row(name, _text(key, value, lang))


def _indicators(stated: Mapping[str, Any], lang: str) -> list[Row]:
    """The indicators: those with a reason one by one, the others together by their answer."""
    alike: dict[str, list[str]] = {}
    reasoned = []
    for number, value in stated.items():
        if isinstance(value, Mapping):
            reasoned.append(Row(number, _whole(number, value, lang)))
        else:
            alike.setdefault(_text(number, value, lang), []).append(number)
    return [*reasoned, *(Row(", ".join(numbers), answer) for answer, numbers in alike.items())]


def _text(key: str, value: Any, lang: str) -> str:
    """A value in words."""
    if isinstance(value, list):
        return ", ".join(_text(key, item, lang) for item in value) or "—"
    if isinstance(value, bool):
        return say("answer.yes" if value else "answer.no", lang)
    if value is None:
        return "—"
    text = str(value)
    if key in COUNTRIES and len(text) == 2:
        return country_name(text, lang)
    for group in (*GROUPS.get(key, ()), *(("indicator_state",) if key.isdecimal() else ()), "answer"):
        if f"{group}.{text}" in TABLE:
            return say(f"{group}.{text}", lang)
    if len(text) == 10 and text[4] == text[7] == "-":
        try:
            return day(date.fromisoformat(text), lang)
        except ValueError:
            return text
    return text


def _differing(path: tuple[str, ...], before: Any, after: Any, lang: str) -> Iterator[Difference]:
    if before == after:
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in dict.fromkeys([*before, *after]):
            yield from _differing((*path, str(key)), before.get(key), after.get(key), lang)
        return
    if _rows(before) and _rows(after):
        for number in range(max(len(before or ()), len(after or ()))):
            yield from _differing((*path, str(number + 1)), _at(before, number), _at(after, number), lang)
        return
    place = " · ".join(key_name(key, lang) for key in path)
    yield Difference(place, _whole(path[-1], before, lang), _whole(path[-1], after, lang))


def _rows(value: Any) -> bool:
    return value is None or (isinstance(value, list) and all(isinstance(item, Mapping) for item in value))


def _at(value: list[Any] | None, place: int) -> Any:
    return value[place] if value and place < len(value) else None


def _whole(key: str, value: Any, lang: str) -> str:
    """A value as one line: what is new or gone is told whole."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return "; ".join(
            f"{key_name(inner, lang)}: {_within(key if inner == 'state' else inner, held, lang)}"
            for inner, held in value.items()
            if held not in (None, "", [], {})
        )
    if isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
        return " / ".join(_whole(key, item, lang) for item in value)
    return _text(key, value, lang)


def _within(key: str, value: Any, lang: str) -> str:
    said = _whole(key, value, lang)
    return f"({said})" if isinstance(value, Mapping) else said
