"""From a deal to its facts on a day, each with the grounds it rests on (user guide: how keys become facts)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from enduse.domain import determination, evidence, notices, permits, register
from enduse.domain.deal import Deal, Stated, Suitability, given
from enduse.domain.indicators import Answered, Findings, state
from enduse.domain.trace import Ground

SUITABILITIES: tuple[Suitability, ...] = ("nuclear", "missile", "chemical_biological", "military_intelligence")


@dataclass(frozen=True, slots=True)
class Facts:
    """Every fact at its level, and what in the deal puts it there."""

    levels: Mapping[str, str]
    grounds: Mapping[str, tuple[Ground, ...]]


def facts_of(deal: Deal, findings: Findings, *, at: date, indicators: Iterable[tuple[str, str, Answered]], checks: Mapping[str, str]) -> Facts:
    """The facts of `deal` on the day `at`.

    `indicators` are the edition's: key, fact and how it is answered; `checks` are the words of `checks:` to the facts they state.
    """
    levels: dict[str, str] = {}
    grounds: dict[str, tuple[Ground, ...]] = {}
    levels["foreign"], grounds["foreign"] = determination.foreign(deal.parties)
    levels["modifiable"], grounds["modifiable"] = determination.modifiable(deal)
    _solution(deal, levels, grounds)
    for purpose, (grade, items) in evidence.standing(deal.evidence).items():
        levels[f"{purpose}_evidence"], grounds[f"{purpose}_evidence"] = grade, items
    for check, fact in checks.items():
        levels[fact] = "done" if check in deal.checks else "not_done"
    levels["notice"], grounds["notice"] = notices.standing(deal.notices, at)
    for key, fact, answered in indicators:
        stated = deal.indicators.get(key)
        levels[fact] = state(stated, findings.indicators.get(key), answered)
        if stated is not None and stated.reason:
            grounds[fact] = _reason(stated)
    levels["risk"] = deal.risk
    levels["choice"] = deal.choice
    levels["clauses"] = deal.clauses.state
    if deal.clauses.reason:
        grounds["clauses"] = _reason(deal.clauses)
    levels["record"], grounds["record"] = register.standing(deal)
    levels["permit"], grounds["permit"] = permits.standing(deal, levels, at)
    return Facts(levels, {fact: items for fact, items in grounds.items() if items})


def _solution(deal: Deal, levels: dict[str, str], grounds: dict[str, tuple[Ground, ...]]) -> None:
    solution, identified = deal.solution, deal.solution.identification
    levels["military_design"] = {"yes": "no", "no": "yes"}.get(solution.civil_only, "unknown")
    levels["hardware"] = "yes" if deal.form == "device" else solution.hardware
    for use in SUITABILITIES:
        levels[f"suitable_{use}"] = solution.suitable_for.get(use, "unknown")
    levels["identification_check"] = "not_done" if identified.result == "not_done" else "done"
    levels["listed"] = {"listed": "yes", "not_listed": "no"}.get(identified.result, "unknown")
    levels["deeper_check"] = identified.deeper_check
    if identified.entries:
        grounds["listed"] = tuple(Ground("list_entry", {"list": entry.list, "entry": entry.entry}) for entry in identified.entries)


def _reason(stated: Stated) -> tuple[Ground, ...]:
    by = given(stated.by)
    return (Ground("reason_by" if by else "reason", {"reason": stated.reason or "", "by": by or ""}),)
