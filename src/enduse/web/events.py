"""The ledger's records of a deal in words: what happened, by whom, what it said and changed, and what followed of its own accord."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from enduse.casework.deals.history import Event
from enduse.domain.wording import day
from enduse.web.reading import key_name
from enduse.web.templatetags.words import lang
from enduse.words import TABLE, say

# what of a record's body is told, and the vocabulary its value may be of
SAID: dict[str, str] = {
    "reference": "",
    "to": "",
    "stage": "stage",
    "text": "",
    "name": "",
    "party": "",
    "list": "",
    "entry": "",
    "hits": "",
    "role": "party_role",
    "check": "check",
    "indicators": "",
    "state": "indicator_state",
    "result": "screening_result",
    "purpose": "purpose",
    "grade": "grade",
    "item": "",
    "number": "",
    "choice": "choice",
    "clause": "",
    "reason": "",
    "ends_when": "",
    "evidence": "",
    "note": "",
    "cause": "cause",
    "version": "",
    "units": "",
    "day": "",
}
ALIKE = {"state": ("indicator_state", "clauses_state"), "result": ("screening_result", "identification_result")}


@dataclass(frozen=True, slots=True)
class Told:
    """A record in words."""

    index: int
    what: str
    by: str
    for_whom: str
    at: datetime
    said: list[tuple[str, str]]
    changed: str
    was: str
    now: str
    erased: bool
    effects: list[str]


def told(event: Event) -> Told:
    """A record in words of the page's language."""
    body, code = event.body, f"event.{event.kind}"
    return Told(
        index=event.index,
        what=say(code, lang()) if code in TABLE else event.kind,
        by=event.by or "EndUse",
        for_whom=", ".join(event.for_whom),
        at=event.at,
        said=_said(event.kind, body or {}),
        changed=", ".join(key_name(key, lang()) for key in (body or {}).get("changed") or ()),
        was=_outcome(event.was),
        now=_outcome(event.outcome) if event.was else "",
        erased=body is None,
        effects=_effects(body or {}),
    )


def _outcome(name: str) -> str:
    return say(f"outcome.{name}", lang()) if f"outcome.{name}" in TABLE else name


def _said(kind: str, body: dict[str, Any]) -> list[tuple[str, str]]:
    found = []
    for name, group in SAID.items():
        value = body.get(name)
        if value in (None, "", []) or (name == "version" and kind != "deal.delivered") or (name == "cause" and "suspended" not in body):
            continue
        if name == "day":
            value = day(date.fromisoformat(str(value)), lang())
        if isinstance(value, dict):
            value = "; ".join(
                f"{key}: {say(f'indicator_state.{state}', lang()) if f'indicator_state.{state}' in TABLE else state or '—'}"
                for key, state in value.items()
            )
        groups = ALIKE.get(name, (group,) if group else ())
        code = next((f"{one}.{value}" for one in groups if f"{one}.{value}" in TABLE), "")
        found.append((say(f"said.{name}", lang()), say(code, lang()) if code else str(value)))
    return found


def _effects(body: dict[str, Any]) -> list[str]:
    """What followed of its own accord."""
    found = []
    if body.get("suspended"):
        found.append(say("timeline.suspended", lang()))
    if dropped := body.get("checks_dropped"):
        names = ", ".join(say(f"check.{word}", lang()) if f"check.{word}" in TABLE else str(word) for word in dropped)
        found.append(say("timeline.dropped", lang(), checks=names))
    return found
