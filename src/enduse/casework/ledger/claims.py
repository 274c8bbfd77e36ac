"""What records say of rows in other tables, and those rows as they stand: both in one form, so that they can be held against each other.

A claim is a table, the row it is about (None: any row with these values), and what that row must hold. The tables are named here as
SQL, like those that are guarded: the ledger knows nothing of deals but what its records say.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from enduse.domain.rules import canonical, fingerprint

Body = Mapping[str, Any]
EVENTS = {"deal.suspended": "suspended", "deal.stopped": "stopped", "deal.resumed": "resumed", "deal.release_withdrawn": "withdrawn"}
CLOSINGS = {"deal.abandoned": "withdrawn", "deal.refused": "refused"}
ENTRIES = {"deal.released": "released", "deal.release_withdrawn": "withdrawn", "register.corrected": None, **CLOSINGS}


class Claim(NamedTuple):
    """What a record says of one row."""

    table: str
    row: Any
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A table whose rows records tell of, and how it is read: its first columns are id, by, at and hands; of the rest `stored` makes
    which row a claim would name and what it would say of it."""

    table: str
    sql: str
    stored: Callable[[tuple[Any, ...]], tuple[Any, tuple[Any, ...]]]
    more_hands: bool = False  # a row may count more hands than those who acted
    spare: bool = False  # rows that no record tells of are no finding
    signed: bool = True  # a row says whose doing it is


def claims(kind: str, about: str, body: Body) -> Iterator[Claim]:
    """Everything that a record says of rows. Raises KeyError, TypeError or ValueError where it does not say it in our way."""
    if kind == "ledger.checkpointed":
        yield Claim("ledger_checkpoint", body["checkpoint"], (body["size"], body["root"]))
    if kind == "register.corrected":
        yield Claim("register_entry", body["register"], (_number(about), None, body["reason"], body["corrects"], body.get("entered")))
    if kind == "settings.settled":
        yield Claim("people_setting", None, (about.partition(":")[2], body["now"], body["reason"]))
    if not kind.startswith("deal."):
        return
    deal = _number(about)
    if "digest" in body and "version" in body:
        yield Claim("deals_version", (deal, body["version"]), (kind, body["digest"], body["digest"]))
        yield Claim("deals_decision", None, (deal, body["version"], body["outcome"], body["signed"], body["fingerprint"]))
    for word, covers in body.get("checks_made", {}).items():
        yield Claim("deals_check", None, (deal, word, covers, body.get("note") or ""))
    for search in body.get("searches", ()):
        of = (deal, search["particulars"], search["receipt"], search["receipt"], search["entries"])
        yield Claim("deals_search", search["search"], of)
    if kind == "deal.hit_settled":
        said = (body["party"], body["list"], body["entry"], body["content"], body["result"], body["reason"])
        yield Claim("deals_settlement", body["settlement"], (deal, body["search"], body["particulars"], *said))
    if "suspended" in body:
        yield Claim("deals_releaseevent", None, (body["suspended"], "suspended", body["cause"], ""))
    if kind in ENTRIES:
        reason = body.get("note", "") if kind == "deal.released" else body["reason"]
        yield Claim("register_entry", body["register"], (deal, ENTRIES[kind], reason, None, body.get("entered")))
    if kind in EVENTS:
        yield Claim("deals_releaseevent", body["event"], (body["release"], EVENTS[kind], "by_hand", body["reason"]))
    if kind in CLOSINGS:
        yield Claim("deals_closing", None, (deal, CLOSINGS[kind], body["reason"]))
    if kind in _OF_A_DEAL:
        yield _OF_A_DEAL[kind](deal, body)


_OF_A_DEAL: dict[str, Callable[[int, Body], Claim]] = {
    "deal.submitted": lambda deal, body: Claim("deals_submission", None, (deal, body["version"], body["signed"])),
    "deal.approved": lambda deal, body: Claim(
        "deals_approval", body["approval"], (deal, body["version"], "approved", body["signed"], body["signed"], body["decision"])
    ),
    "deal.rejected": lambda deal, body: Claim(
        "deals_approval", body["approval"], (deal, body["version"], "rejected", body["signed"], body["signed"], body["note"])
    ),
    "deal.released": lambda deal, body: Claim(
        "deals_release", body["release"], (deal, body["approval"], body["signed"], body["signed"], canonical(body["bound"]))
    ),
    "deal.held": lambda deal, body: Claim("deals_hold", body["hold"], (deal, body["reason"], body["ends_when"])),
    "deal.hold_lifted": lambda deal, body: Claim("deals_holdlift", body["hold"], (deal, body["evidence"])),
    "deal.attached": lambda deal, body: Claim("deals_attachment", None, (deal, body["stage"], body["name"], body["digest"], body["size"])),
    "deal.delivered": lambda deal, body: Claim(
        "deals_delivery", None, (deal, body["day"], body["version"], _units(body["units"]), body["to"])
    ),
}  # fmt: skip


def roles_after(kind: str, about: str, body: Body) -> Iterator[tuple[int, str | None, bool]]:
    """What a record says of roles: of which person, which role (None: all), and whether it is held from now on."""
    if kind in ("people.first_added", "people.added", "people.returned"):
        for role in body["roles"]:
            yield _number(about), role, True
    if kind in ("people.role_granted", "people.role_revoked"):
        yield _number(about), body["role"], kind == "people.role_granted"
    if kind == "people.left":
        yield _number(about), None, False


def _number(about: str) -> int:
    return int(about.partition(":")[2])


def _units(text: Any) -> str:
    try:
        return format(Decimal(str(text)).normalize(), "f")
    except InvalidOperation:
        return str(text)


def _plain(text: Any) -> Any:
    return json.loads(text) if isinstance(text, str) else text


def _version(row: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
    """With the digest taken anew of what the version says beside the one that stands there."""
    deal, number, kind, digest, content = row
    return (deal, number), (kind, digest, fingerprint(_plain(content)))


def _search(row: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
    """With the digests taken anew of receipt and entries."""
    pk, deal, particulars, digest, receipt, entries = row
    said = {key: value for key, value in _plain(receipt).items() if key != "digest"}
    return pk, (deal, particulars, digest, fingerprint(said), fingerprint(_plain(entries)))


def _approval(row: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
    pk, deal, number, word, signed, decided, decision, note = row
    return pk, (deal, number, word, signed, decided, decision if word == "approved" else note)


def _entry(row: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
    number, deal, event, reason, corrects, content, lacks = row
    entered = fingerprint({"event": event, "content": _plain(content), "lacks": _plain(lacks)})
    return number, (deal, None if corrects is not None else event, reason, corrects, entered)


def _event(row: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
    pk, release, kind, cause, reason = row
    return (pk if cause == "by_hand" else None), (release, kind, cause, reason)


def _first(row: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
    return row[0], row[1:]


def _any(row: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
    return None, row


TABLES: tuple[Told, ...] = (
    Told("deals_version", "SELECT id, by_id, at, hands, deal_id, number, kind, digest, content FROM deals_version", _version, more_hands=True),
    Told(
        "deals_decision",
        "SELECT d.id, NULL, d.at, NULL, d.deal_id, v.number, d.outcome, d.signed, d.fingerprint"
        " FROM deals_decision d LEFT JOIN deals_version v ON v.id = d.version_id",
        _any,
        spare=True,
        signed=False,
    ),
    Told(
        "deals_submission",
        "SELECT s.id, s.by_id, s.at, s.hands, s.deal_id, v.number, s.signed FROM deals_submission s LEFT JOIN deals_version v ON v.id = s.version_id",
        _any,
    ),
    Told(
        "deals_approval",
        "SELECT a.id, a.by_id, a.at, a.hands, a.id, a.deal_id, v.number, a.word, a.signed, d.signed, a.decision_id, a.note"
        " FROM deals_approval a LEFT JOIN deals_version v ON v.id = a.version_id LEFT JOIN deals_decision d ON d.id = a.decision_id",
        _approval,
    ),
    Told(
        "deals_release",
        "SELECT r.id, r.by_id, r.at, NULL, r.id, r.deal_id, r.approval_id, a.signed, d.signed, r.bound"
        " FROM deals_release r LEFT JOIN deals_approval a ON a.id = r.approval_id LEFT JOIN deals_decision d ON d.id = r.decision_id",
        lambda row: (row[0], (*row[1:5], canonical(_plain(row[5])))),
    ),
    Told("deals_releaseevent", "SELECT id, by_id, at, hands, id, release_id, kind, cause, reason FROM deals_releaseevent", _event),
    Told("deals_hold", "SELECT id, by_id, at, hands, id, deal_id, reason, ends_when FROM deals_hold", _first),
    Told(
        "deals_holdlift",
        "SELECT l.id, l.by_id, l.at, NULL, l.hold_id, h.deal_id, l.evidence FROM deals_holdlift l LEFT JOIN deals_hold h ON h.id = l.hold_id",
        _first,
    ),
    Told("deals_check", "SELECT id, by_id, at, NULL, deal_id, check_word, covers, note FROM deals_check", _any),
    Told("deals_search", "SELECT id, by_id, at, hands, id, deal_id, particulars, digest, receipt, entries FROM deals_search", _search),
    Told(
        "deals_settlement",
        "SELECT id, by_id, at, hands, id, deal_id, search_id, particulars, party, source, entry, content, result, reason FROM deals_settlement",
        _first,
    ),
    Told("people_setting", "SELECT id, NULL, at, NULL, name, value, reason FROM people_setting", _any, signed=False),
    Told("deals_attachment", "SELECT id, by_id, at, hands, deal_id, stage, name, digest, size FROM deals_attachment", _any),
    Told(
        "deals_delivery",
        "SELECT id, by_id, at, NULL, deal_id, day, version, units, recipient FROM deals_delivery",
        lambda row: (None, (row[0], str(row[1]), row[2], _units(row[3]), row[4])),
    ),
    Told("deals_closing", "SELECT id, by_id, at, NULL, deal_id, kind, reason FROM deals_closing", _any),
    Told(
        "register_entry",
        "SELECT e.id, e.by_id, e.at, NULL, e.number, e.deal_id, e.event, e.reason, c.number, e.content, e.lacks"
        " FROM register_entry e LEFT JOIN register_entry c ON c.id = e.corrects_id",
        _entry,
    ),
    Told("ledger_checkpoint", "SELECT id, NULL, NULL, NULL, id, size, root FROM ledger_checkpoint", _first, signed=False),
)
GRANTS = "SELECT id, person_id, role FROM people_grant WHERE until IS NULL"
