"""What the register says of a deal: the four groups of 5.3 as they stand."""

from __future__ import annotations

from typing import Any

from enduse.casework.deals.queries import Held
from enduse.casework.door import Act
from enduse.casework.register.entries import enter
from enduse.casework.register.models import Entry
from enduse.domain.register import lacks
from enduse.formats.deal_parts import items, part, permits

GROUPS = ("documents", "parties", "subjects", "identification")


def groups(content: dict[str, Any]) -> dict[str, Any]:
    """The four groups: basis documents, counterparty and other foreign persons, subjects, identification results."""
    solution = part(content, "solution")
    return {
        "documents": items(content, "documents"),
        "parties": items(content, "parties"),
        "subjects": {
            "solution": {key: solution[key] for key in ("name", "version") if key in solution},
            "delivery": part(content, "delivery"),
            "quantity": part(content, "quantity"),
            "end_use": part(content, "end_use"),
            "hardware": solution.get("hardware"),
        },
        "identification": {**part(content, "solution", "identification"), "civil_only": solution.get("civil_only"), "permits": permits(content)},
    }


def enter_deal(held: Held, event: str, act: Act, *, reason: str = "", corrects: Entry | None = None) -> Entry:
    """The entry of a deal as it stands, inside an action on it."""
    decision = held.decided.decision
    content = {
        "reference": held.deal.reference,
        "title": held.content.get("title"),
        "version": held.version.number,
        "digest": held.version.digest,
        "outcome": decision.outcome.name,
        "clauses": list(decision.clauses),
        "edition": decision.edition,
        "excused": part(held.content, "record").get("excused"),
        **groups(held.content),
    }
    return enter(act, deal=held.deal.pk, event=event, content=content, lacks=lacks(held.decided.deal), reason=reason, corrects=corrects)
