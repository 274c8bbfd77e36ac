"""A deal file made for given facts: how a counterexample is shown, and how the way from deal to facts is tested backwards."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from enduse.domain.edition import Edition
from enduse.domain.evidence import PURPOSES
from enduse.domain.permits import triggers

REASON, NAME = "made up for this example", "anna"


def possible(facts: Mapping[str, str]) -> bool:
    """Whether a deal file can have these facts: an identification done has a result, and a record is complete only with one."""
    done = facts["identification_check"] == "done"
    return done == (facts["listed"] != "unknown") and (done or facts["record"] != "complete")


def deal_for(facts: Mapping[str, str], edition: Edition, *, at: date, reference: str = "example") -> dict[str, Any]:
    """A deal file whose facts are `facts` (every fact to its level), as plain data. Raises ValueError where none can be."""
    if not possible(facts):
        raise ValueError("no deal file has these facts")
    party = {"role": "counterparty", "name": "Example Systems", "kind": "company"}
    if facts["foreign"] != "unknown":
        party["country"] = "BR" if facts["foreign"] == "yes" else "RU"
    deal: dict[str, Any] = {
        "format": "enduse/deal-1",
        "reference": reference,
        "date": at.isoformat(),
        "solution": {
            "name": "Example solution",
            "version": "1.0",
            "civil_only": {"no": "yes", "yes": "no", "unknown": "unknown"}[facts["military_design"]],
            "hardware": facts["hardware"],
            "suitable_for": {name.removeprefix("suitable_"): level for name, level in facts.items() if name.startswith("suitable_")},
            "identification": {
                "result": {"no": "not_listed", "yes": "listed", "unknown": "not_done"}[facts["listed"]],
                "deeper_check": facts["deeper_check"],
            },
        },
        "delivery": {"form": "on_premises", "recipient_can_modify": facts["modifiable"]},
        "parties": [party],
        "checks": [word for word, fact in edition.checks.items() if facts[fact] == "done"],
        "indicators": {key: _stated(facts[fact]) for key, fact, _ in edition.answered},
        "risk": facts["risk"],
        "choice": facts["choice"],
        "contract": {"clauses": {"state": "excused", "reason": REASON, "by": NAME} if facts["clauses"] == "excused" else facts["clauses"]},
    }
    evidence = [
        {"id": f"e{number}", "purpose": purpose, "grade": facts[f"{purpose}_evidence"], "source": REASON, "recorded_by": NAME}
        for number, purpose in enumerate(PURPOSES, 1)
        if facts[f"{purpose}_evidence"] != "none"
    ]
    if evidence:
        deal["evidence"] = evidence
    if facts["notice"] != "no":
        deal["notices"] = [{"from": "fstec", "written": "yes" if facts["notice"] == "written" else "no", "number": "1", "date": at.isoformat()}]
    if facts["record"] == "complete":
        deal["documents"] = [{"kind": "contract", "number": "1", "date": at.isoformat()}]
    elif facts["record"] == "excused":
        deal["record"] = {"excused": REASON}
    if facts["permit"] != "none":
        deal["permit"] = _permit(facts, party["name"], at)
    return deal


def _stated(level: str) -> object:
    return {"state": level, "reason": REASON, "by": NAME} if level in ("explained", "excused") else level


def _permit(facts: Mapping[str, str], party: str, at: date) -> dict[str, object]:
    if facts["permit"] != "valid":
        return {"authority": "commission", "status": facts["permit"], "number": "1"}
    return {
        "authority": "commission",
        "status": "granted",
        "number": "1",
        "valid_from": at.isoformat(),
        "valid_until": at.isoformat(),
        "parties": [party],
        "solution": "Example solution",
        "version": "1.0",
        "covers": list(triggers(facts)),
    }
