"""Reading what became of a deal: versions and what each changed, decisions, checks, holds, deliveries, entries, and the ledger's records of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

from enduse.casework.deals.deciding import edition
from enduse.casework.deals.models import Check, Decision, Delivery, Hold, Version
from enduse.casework.deals.queries import Held
from enduse.casework.ledger.models import Record
from enduse.casework.ledger.writing import parsed
from enduse.casework.people.models import Person
from enduse.casework.register.models import Entry
from enduse.formats.deal_parts import Content, delivered

EVENTS = 50
MOST_DECISIONS = 200
_PERSON = re.compile(r"person:(\d+)")
_ABSENT = re.compile(r"for:(\d+)")


@dataclass(frozen=True, slots=True)
class Change:
    """What one version changed: the keys, who and when."""

    number: int
    kind: str
    by: str
    at: datetime
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckState:
    """Where one of the edition's checks stands: done, stale or not done; and who made it last."""

    word: str
    stage: str  # where it is stated
    state: str
    last: Check | None


@dataclass(frozen=True, slots=True)
class Outdated:
    """A snapshot whose master record has moved on."""

    link: int
    role: str
    name: str
    taken: int
    now: int


@dataclass(frozen=True, slots=True)
class Event:
    """A record of the ledger about a deal: what, who, when, and what it says; `body` is None where it was erased."""

    index: int
    kind: str
    at: datetime
    by: str  # empty: the system
    for_whom: tuple[str, ...]
    body: dict[str, Any] | None
    was: str = ""  # the outcome before, where this record changed it
    outcome: str = ""


def changed_since(held: Held, seen: int) -> list[Change]:
    """What was changed after version `seen`, oldest first."""
    rows = list(held.deal.versions.filter(number__gte=seen).order_by("number").select_related("by"))
    return [
        Change(now.number, now.kind, now.by.name if now.by else "", now.at, keys_between(before.content, now.content))
        for before, now in pairwise(rows)
    ]


def keys_between(before: Content, after: Content) -> tuple[str, ...]:
    """The keys under which something differs, in the order of the file."""
    return tuple(key for key in dict.fromkeys([*before, *after]) if before.get(key) != after.get(key))


def signed_before(held: Held) -> Version | None:
    """The version that was put forward, approved or rejected last, where it is another than what stands."""
    signatures = [signature for signature in (held.submission, held.approval) if signature is not None]
    last = max(signatures, key=lambda signature: signature.at, default=None)
    if last is None or last.version_id == held.version.pk:
        return None
    return Version.objects.select_related("by").get(pk=last.version_id)


def decisions(held: Held) -> list[Decision]:
    """What was decided of the deal, newest first."""
    return list(held.deal.decisions.order_by("-pk").select_related("version").defer("version__content", "state")[:MOST_DECISIONS])


def checks(held: Held) -> list[CheckState]:
    """Where each check of the edition in force stands."""
    last = {check.check_word: check for check in held.deal.made_checks.order_by("pk").select_related("by")}
    stated = held.content.get("checks") or []
    found = []
    for word, fact in edition().checks.items():
        state = "stale" if word in held.stale_checks else "done" if word in stated else "not_done"
        found.append(CheckState(word, edition().facts[fact].stage, state, last.get(word)))
    return found


def holds(held: Held) -> list[Hold]:
    """All holds, the lifted ones too, oldest first."""
    return list(held.deal.holds.order_by("pk").select_related("by", "lift", "lift__by"))


def deliveries(held: Held) -> list[Delivery]:
    """What was delivered, oldest first."""
    return list(held.deal.made_deliveries.order_by("pk").select_related("by"))


def used(held: Held) -> Decimal:
    """How much of the deal's quantity was delivered: here, and before as the file itself says."""
    return delivered(held.content) + sum(
        held.deal.made_deliveries.values_list("units", flat=True), Decimal(0)
    )  # here: SQLite adds up in binary fractions


def entries(held: Held) -> list[Entry]:
    """The deal's entries in the register, oldest first."""
    return list(Entry.objects.filter(deal=held.deal).order_by("number").select_related("by", "corrects").prefetch_related("corrections"))


def outdated(held: Held) -> list[Outdated]:
    """The snapshots whose master record has moved on, with the link to renew."""
    found = []
    for link in held.deal.links.select_related("party", "solution").order_by("pk"):
        record = link.party or link.solution
        if record is not None and record.version > link.number:
            found.append(Outdated(link.pk, link.role, record.name, link.number, record.version))
    return found


def events(deal: int, *, before: int | None = None, size: int = EVENTS) -> tuple[list[Event], bool]:
    """The ledger's records about a deal, newest first, those before the index `before`; and whether there are older ones."""
    rows = Record.objects.filter(about=f"deal:{deal}").order_by("-index")
    if before is not None:
        rows = rows.filter(index__lt=before)
    found = list(rows[: size + 1])
    older, kept = len(found) > size, found[:size]
    names = _names(kept)
    outcome = _outcome_before(deal, kept[-1].index) if older else ""
    told = []
    for record in reversed(kept):
        body = json.loads(record.body) if record.body is not None else None
        if body and record.kind == "deal.handed_over":
            body["to"] = names.get(int(body["to"]), body["to"])
        now = str(body.get("outcome") or "") if body else ""
        was = outcome if now and outcome and now != outcome else ""
        outcome = now or outcome
        told.append(Event(record.index, record.kind, parsed(record.at), _who(record.by, names), _absent(record.by, names), body, was, now))
    return told[::-1], older


def _outcome_before(deal: int, index: int) -> str:
    """The last outcome that a record before this one names."""
    found = Record.objects.filter(about=f"deal:{deal}", index__lt=index, body__contains='"outcome":').order_by("-index").first()
    return str(json.loads(found.body).get("outcome") or "") if found and found.body else ""


def _names(records: Iterable[Record]) -> dict[int, str]:
    """The names of everybody whom these records name by number."""
    numbers = {int(number) for record in records for number in (*_PERSON.findall(record.by), *_ABSENT.findall(record.by))}
    for record in records:
        if record.kind == "deal.handed_over" and record.body:
            numbers.add(int(json.loads(record.body)["to"]))
    return dict(Person.objects.filter(pk__in=numbers).values_list("pk", "name"))


def _who(stamp: str, names: dict[int, str]) -> str:
    found = _PERSON.search(stamp)
    return names.get(int(found[1]), stamp) if found else ""


def _absent(stamp: str, names: dict[int, str]) -> tuple[str, ...]:
    return tuple(names.get(int(number), number) for number in _ABSENT.findall(stamp))
