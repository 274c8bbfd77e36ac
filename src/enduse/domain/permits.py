"""Is there a valid permit of the Commission for this deal, on this day, for these triggers (4.2, 4.3, readings 15, 16)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from enduse.domain.deal import Deal, Party, Permit, given
from enduse.domain.determination import foreignness
from enduse.domain.trace import Ground

AUTHORITY = "commission"


def triggers(levels: Mapping[str, str]) -> tuple[str, ...]:
    """What a permit has to cover, read off the facts: evidence left standing at any grade, a notice, a deeper check, a risk, indicator 8."""
    named = [purpose for purpose in ("wmd", "terrorism", "military") if levels[f"{purpose}_evidence"] != "none"]
    if levels["notice"] != "no":
        named.append("notice")
    if levels["deeper_check"] == "yes":
        named.append("deeper_check")
    if levels["risk"] == "identified":
        named.append("risk")
    if levels["indicator_8"] == "present":
        named.append("indicator_8")
    return tuple(named)


def to_be_named(deal: Deal) -> tuple[Party, ...]:
    """The parties that a permit must name: everyone, in any role, who is not known to be Russian."""
    return tuple(party for party in deal.parties if foreignness(party) != "no")


def gaps(permit: Permit, deal: Deal, at: date) -> list[Ground]:
    """Everything, but for coverage, that keeps a permit from being valid for `deal` on the day `at`; empty where nothing does."""
    values = {"number": given(permit.number) or "—"}
    found = []
    if given(permit.authority) != AUTHORITY:
        found.append(Ground("permit_authority", values))
    if permit.status != "granted":
        found.append(Ground("permit_status", {**values, "status": permit.status or "unknown"}))
    if permit.valid_from is None or permit.valid_until is None:
        found.append(Ground("permit_undated", values))
    elif at < permit.valid_from:
        found.append(Ground("permit_not_yet", {**values, "date": permit.valid_from.isoformat()}))
    elif at > permit.valid_until:
        found.append(Ground("permit_ended", {**values, "date": permit.valid_until.isoformat()}))
    named = {name.strip() for name in permit.parties}
    for party in to_be_named(deal):
        name = given(party.name)
        if name is None or name not in named:
            found.append(Ground("permit_party", {**values, "name": name or "", "role": party.role}))
    for part in ("solution", "version"):
        wanted = given(deal.solution.name if part == "solution" else deal.solution.version)
        held = given(permit.solution if part == "solution" else permit.version)
        if wanted is None or held != wanted:
            found.append(Ground(f"permit_{part}", {**values, "wanted": wanted or "—", "held": held or "—"}))
    found += [Ground("permit_condition", {**values, "text": given(condition.text) or "—"}) for condition in permit.conditions if not condition.met]
    return found


def standing(deal: Deal, levels: Mapping[str, str], at: date) -> tuple[str, tuple[Ground, ...]]:
    """The fact `permit`, and why: `valid`, `none`, `pending` or `denied`.

    Valid permits may cover the triggers together. A denial later than the last of their beginnings (an undated one
    counts as later) undoes them; a pending application does not stop what valid permits already cover.
    """
    needed = triggers(levels)
    whole = [permit for permit in deal.permits if not gaps(permit, deal, at)]
    covered = frozenset().union(*(permit.covers for permit in whole))
    uncovered = [trigger for trigger in needed if trigger not in covered]
    denials = [permit for permit in deal.permits if permit.status == "denied"]
    if whole and not uncovered and not _denied_since(whole, denials):
        return "valid", tuple(Ground("permit_valid", _dates(permit)) for permit in whole)
    if denials:
        return "denied", tuple(Ground("permit_denied", _dates(permit)) for permit in denials)
    pending = [permit for permit in deal.permits if permit.status == "pending"]
    if pending:
        return "pending", tuple(Ground("permit_pending", _dates(permit)) for permit in pending)
    if not deal.permits:
        return "none", ()
    found = [gap for permit in deal.permits for gap in gaps(permit, deal, at)]
    if whole:
        found += [Ground("permit_uncovered", {"trigger": trigger}) for trigger in uncovered]
    return "none", tuple(found)


def undatable(denials: Iterable[Permit], at: date) -> bool:
    """Whether no later permit could follow these denials by `at`: one is undated, or dated after it."""
    return any(denial.date is None or denial.date > at for denial in denials)


def _denied_since(valid: Iterable[Permit], denials: Iterable[Permit]) -> bool:
    last = max((permit.valid_from for permit in valid if permit.valid_from is not None), default=date.min)
    return any(denial.date is None or denial.date > last for denial in denials)


def _dates(permit: Permit) -> dict[str, str]:
    return {
        "number": given(permit.number) or "—",
        "date": permit.date.isoformat() if permit.date else "—",
        "from": permit.valid_from.isoformat() if permit.valid_from else "—",
        "until": permit.valid_until.isoformat() if permit.valid_until else "—",
    }
