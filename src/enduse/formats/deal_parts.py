"""What a deal's plain data says of one thing: who recorded, what a check covers, what a release binds, what may not be taken away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from enduse.domain.deal import given, visible
from enduse.domain.refusals import Refusal
from enduse.domain.release import UNSTATED_UNITS, Bound, Policy
from enduse.domain.rules import fingerprint
from enduse.formats.schema import TRUTH

Content = dict[str, Any]

CONTRACTS = ("contract", "договор", "контракт")  # the kinds of a document that is the contract
_PEOPLE = ("parties", "end_use")
# what each check looked at: when that changes, the check is to be made again
SUBJECTS: dict[str, tuple[str, ...]] = {
    "wmd": (*_PEOPLE, "shipment", "delivery", "solution.name"),
    "terrorism": (*_PEOPLE, "shipment", "delivery", "solution.name"),
    "military": (*_PEOPLE, "shipment", "delivery", "solution.name"),
    "other_harm": (*_PEOPLE, "shipment", "delivery", "solution.name"),
    "notice": ("parties", "solution.name"),
    "screening": ("parties",),
    "risk_assessment": (*_PEOPLE, "shipment", "delivery", "solution.name", "quantity", "payment"),
}


def items(content: Mapping[str, Any], key: str) -> list[Content]:
    """The mappings of a list in the content; nothing where there are none."""
    found = content.get(key)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def part(content: Mapping[str, Any], *path: str) -> Content:
    """A mapping in the content; an empty one where there is none."""
    found: Any = content
    for step in path:
        found = found.get(step) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}


def permits(content: Mapping[str, Any]) -> list[Content]:
    """All permits, whether the file has one or several."""
    single = content.get("permit")
    return [single] if isinstance(single, dict) else items(content, "permits")


def text(content: Mapping[str, Any], *path: str) -> str:
    """A text in the content, as shown; empty where there is none."""
    found = part(content, *path[:-1]).get(path[-1])
    return visible(found) if isinstance(found, str) else ""


def subject(content: Mapping[str, Any], check: str) -> str:
    """The fingerprint of what a check covers. A check of an act that is not known here covers the whole deal but its history."""
    paths = SUBJECTS.get(check, ("parties", "end_use", "shipment", "delivery", "solution", "quantity", "payment"))
    covered: dict[str, object] = {}
    for path in paths:
        if path == "solution.name":
            covered[path] = part(content, "solution").get("name")
        else:
            covered[path] = content.get(path)
    return fingerprint(covered)


IDENTIFICATION = "solution.identification"  # the word under which an expert's signature is kept beside the checks
_IDENTIFIED = ("name", "version", "hardware", "domains", "required_platform", "civil_only", "suitable_for")


def identified(content: Mapping[str, Any]) -> str:
    """The fingerprint of what an expert signs (1.3): the solution and what its identification found; empty where nothing was found yet."""
    solution = part(content, "solution")
    found = {key: value for key, value in part(solution, "identification").items() if key not in ("expert", "signed_on")}
    if found.get("result") not in ("listed", "not_listed"):
        return ""
    return fingerprint({"solution": {key: solution.get(key) for key in _IDENTIFIED}, "found": found})


def unproved(content: Mapping[str, Any]) -> Refusal | None:
    """Why an expert cannot sign the identification as it is stated, or None.

    `not_listed` takes a comparison with at least one entry, none of them met and none without enough data; `listed` takes the entry.
    """
    found = part(content, "solution", "identification")
    rows, result = items(found, "comparison"), found.get("result")
    if result not in ("listed", "not_listed"):
        return Refusal("identification.not_done")
    if result == "not_listed" and {row.get("verdict") for row in rows} != {"not_met"}:
        return Refusal("identification.unproved")
    if result == "listed" and not items(found, "entries"):
        return Refusal("identification.no_entry")
    return None if given(str(found.get("conclusion") or "")) else Refusal("identification.no_conclusion")


def recorders(content: Mapping[str, Any]) -> tuple[str, ...]:
    """Everybody whom the deal itself names as having recorded, explained, excused, screened, chosen or signed something."""
    found: list[object] = [item.get("recorded_by") for item in items(content, "evidence")]
    found += [stated.get("by") for stated in part(content, "indicators").values() if isinstance(stated, dict)]
    found += [item.get("by") for key in ("screening", "departures") for item in items(content, key)]
    found += [part(content, "contract", "clauses").get("by"), part(content, "choice").get("by")]
    found += [part(content, "solution", "identification").get("expert")]
    return tuple(dict.fromkeys(name for name in found if isinstance(name, str) and given(name)))


def party_key(party: Mapping[str, Any]) -> tuple[str, str, str]:
    """A party's role, name and country or citizenships, as shown."""
    citizenship = party.get("citizenship")
    country = party.get("country") if not isinstance(citizenship, list) else "/".join(map(str, citizenship))
    return str(party.get("role") or ""), visible(str(party.get("name") or "")), str(country or "")


def particulars_of(party: Mapping[str, Any]) -> str:
    """The fingerprint of who a party is: everything said of it but its role. Parties of one name and other particulars are others."""
    said = {key: value for key, value in party.items() if key != "role" and value is not None}
    return fingerprint({**said, "name": party_key(party)[1]})


def bound_of(content: Mapping[str, Any], policy: Policy) -> Bound:
    """What a release of this content would be bound to. Where a permit carries it, only the very version that the permit names."""
    quantity = part(content, "quantity")
    try:
        units = Decimal(str(quantity["units"]))
    except (KeyError, InvalidOperation):
        units = UNSTATED_UNITS
    contract = next((paper for paper in items(content, "documents") if str(paper.get("kind") or "").casefold() in CONTRACTS), {})
    end_user = next((party_key(party)[2] for party in items(content, "parties") if party.get("role") == "end_user"), "")
    return Bound(
        solution=text(content, "solution", "name"),
        version=text(content, "solution", "version"),
        policy="exact" if permits(content) else policy,
        parties=tuple(sorted(party_key(party) for party in items(content, "parties"))),
        units=units,
        of=text(content, "quantity", "of"),
        purpose=text(content, "end_use", "purpose") or text(content, "contract", "end_use_purpose"),
        country=text(content, "shipment", "final_destination", "country") or end_user,
        contract=" ".join(str(contract[key]) for key in ("number", "date") if contract.get(key)),
    )


def taken_away(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[Refusal, ...]:
    """What of the adverse in `old` is missing or softened in `new`: nothing adverse is ever deleted or re-scored away (3.1, reading 11)."""
    return (
        *_evidence_lost(old, new),
        *_notices_lost(old, new),
        *_permits_lost(old, new),
        *_indicators_lost(old, new),
        *_other_lost(old, new),
    )


def _evidence_lost(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Refusal]:
    held = {str(item.get("id")): item for item in items(new, "evidence")}
    for item in items(old, "evidence"):
        if held.get(str(item.get("id"))) != item:
            yield Refusal("deal.evidence_kept", {"id": str(item.get("id"))})


def _notices_lost(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Refusal]:
    held = items(new, "notices")
    for place, notice in enumerate(items(old, "notices")):
        after = held[place] if place < len(held) else {}
        was = {key: value for key, value in notice.items() if value is not None}
        if any(after.get(key) != value for key, value in was.items()):
            yield Refusal("deal.notice_kept", {"number": str(notice.get("number") or place + 1)})


# what may follow a permit's status; what is not here stays
_NEXT = {"pending": ("granted", "denied"), "granted": ("suspended", "revoked"), "suspended": ("granted", "revoked")}


def _permits_lost(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Refusal]:
    held = permits(new)
    for place, permit in enumerate(permits(old)):
        after = held[place] if place < len(held) else {}
        status, then = str(permit.get("status") or ""), str(after.get("status") or "")
        adverse = status in ("denied", "revoked", "suspended", "pending")
        answered = status == "pending" and then in _NEXT["pending"]  # an application has its own number and day, the permit another
        said = [key for key in (("authority",) if answered else ("authority", "number", "date")) if permit.get(key) is not None]
        moved = bool(status) and then != status and then not in _NEXT.get(status, ())
        kept = [given(str(row.get("text") or "")) for row in items(after, "conditions")]
        lost = [row for row in items(permit, "conditions") if given(str(row.get("text") or "")) not in kept]  # met or not, a condition stays
        if moved or lost or (adverse and any(after.get(key) != permit[key] for key in said)):
            yield Refusal("deal.permit_kept", {"number": str(permit.get("number") or place + 1), "status": status})


FOUND = ("present", "explained")  # an indicator that was explained was there: first explaining it does not make it absent


def _indicators_lost(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Refusal]:
    for key, stated in part(old, "indicators").items():
        then = part(new, "indicators").get(key)
        if _state(stated) in FOUND and _state(then) not in FOUND:
            yield Refusal("deal.indicator_kept", {"number": key})


def _state(stated: object) -> object:
    return stated.get("state") if isinstance(stated, dict) else stated


def _other_lost(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Refusal]:
    if old.get("risk") == "identified" and new.get("risk") != "identified":
        yield Refusal("deal.risk_kept")
    if _deeper(old) and not _deeper(new):
        yield Refusal("deal.deeper_check_kept")
    if _state(part(old, "contract").get("clauses")) == "rejected" and _state(part(new, "contract").get("clauses")) not in ("rejected", "agreed"):
        yield Refusal("deal.clauses_kept")
    held = items(new, "screening")
    for item in items(old, "screening"):
        if item.get("result") == "match" and item not in held:
            yield Refusal("deal.screening_kept", {"party": str(item.get("party"))})
    kept = items(new, "departures")
    if any(item not in kept for item in items(old, "departures")):
        yield Refusal("deal.departure_kept")
    if text(old, "reference") != text(new, "reference"):
        yield Refusal("deal.reference_kept", {"reference": text(old, "reference")})


def _deeper(content: Mapping[str, Any]) -> bool:
    """Whether identification called for a deeper check, however the file spells yes."""
    stated = part(content, "solution", "identification").get("deeper_check")
    return stated is True or (isinstance(stated, str) and TRUTH.get(stated, stated) == "yes")


def files_named(content: Mapping[str, Any]) -> set[str]:
    """The digests of all files that evidence names."""
    return {str(digest) for item in items(content, "evidence") for digest in item.get("attachments") or ()}


def delivered(content: Mapping[str, Any]) -> Decimal:
    """How much the file itself says was delivered already; a delivery without a quantity is one."""
    found = Decimal(0)
    for row in items(content, "deliveries"):
        try:
            found += Decimal(str(row["units"]))
        except (KeyError, InvalidOperation):
            found += UNSTATED_UNITS
    return found


def next_id(content: Mapping[str, Any]) -> str:
    """An id that no item of evidence has yet."""
    taken = {str(item.get("id")).strip() for item in items(content, "evidence")}
    return next(name for number in range(1, len(taken) + 2) if (name := f"e{number}") not in taken)
