"""The fixed cast and small builders that tests share: a clean export, facts of it, and edits to both."""

from __future__ import annotations

import copy
import random
from collections.abc import Mapping
from datetime import date
from typing import Any

from enduse.domain.deal import Deal
from enduse.domain.decision import Decision, decide
from enduse.domain.edition import Edition
from enduse.domain.rules import Table
from enduse.formats.deal_file import read_deal
from enduse.formats.examples import merged
from enduse.formats.plain import Document
from enduse.stores.editions import load_edition

DAY = date(2026, 11, 2)
CLEAN: dict[str, Any] = {
    "format": "enduse/deal-1",
    "reference": "D-1",
    "title": "Speech recognition for a call centre",
    "date": "2026-11-02",
    "solution": {
        "name": "Slovo",
        "version": "1.10",
        "civil_only": "yes",
        "hardware": "no",
        "suitable_for": {"nuclear": "no", "missile": "no", "chemical_biological": "no", "military_intelligence": "no"},
        "identification": {
            "result": "not_listed",
            "deeper_check": "no",
            "comparison": [
                {"list": "1299", "entry": "4.1.4", "characteristic": "speech to text", "parameter": "guidance of aircraft", "verdict": "not_met"},
            ],
            "conclusion": "not listed",
        },
    },
    "delivery": {"form": "on_premises", "recipient_can_modify": "yes"},
    "parties": [
        {"role": "counterparty", "name": "Lakeside Telecom", "kind": "company", "country": "KE"},
        {"role": "end_user", "name": "Nairobi Care Line", "kind": "company", "country": "KE"},
    ],
    "checks": ["wmd", "terrorism", "military", "other_harm", "notice", "screening", "risk_assessment"],
    "indicators": {str(number): "absent" for number in range(1, 23)},
    "contract": {"clauses": "agreed"},
    "documents": [{"kind": "contract", "number": "7/26", "date": "2026-10-01"}],
}
PERMIT: dict[str, Any] = {
    "authority": "commission",
    "status": "granted",
    "number": "0412",
    "valid_from": "2026-10-25",
    "valid_until": "2027-10-24",
    "parties": ["Lakeside Telecom", "Nairobi Care Line"],
    "solution": "Slovo",
    "version": "1.10",
    "covers": ["wmd", "terrorism", "military", "notice", "deeper_check", "risk", "indicator_8"],
    "conditions": [],
}


def file_with(**changes: Any) -> dict[str, Any]:
    """The clean deal file with keys changed: mappings key by key, anything else replaced, None takes out."""
    found = merged(copy.deepcopy(CLEAN), changes)
    assert isinstance(found, dict)
    return found


def deal_with(edition: Edition | None = None, **changes: Any) -> Deal:
    """The clean deal with keys changed."""
    return read_deal(Document(file_with(**changes)), edition or load_edition())


def decided(at: date = DAY, **changes: Any) -> Decision:
    """The decision on the clean deal with keys changed."""
    return decide(deal_with(**changes), load_edition(), at=at)


def fact(name: str, at: date = DAY, **changes: Any) -> str:
    """One fact of the clean deal with keys changed."""
    return decided(at, **changes).facts[name]


def clean_facts(**levels: str) -> dict[str, str]:
    """The facts of a clean export, with some at other levels."""
    mildest = {chain.fact: chain.levels[0] for chain in load_edition().table.chains}
    found = mildest | {"foreign": "yes", "modifiable": "yes", "permit": "none"} | levels
    assert set(found) == set(mildest)
    return found


def random_facts(table: Table, rng: random.Random, adverse: float = 0.08) -> dict[str, str]:
    """Facts of which most stand at their mildest level, so that every rule decides now and then; some at random outright."""
    wild = rng.random() < adverse
    found = {chain.fact: rng.choice(chain.levels) if wild or rng.random() < adverse else chain.levels[0] for chain in table.chains}
    if not wild:
        for name in ("foreign", "modifiable"):
            found[name] = rng.choices(("yes", "no", "unknown"), (8, 1, 1))[0]
        found["permit"] = rng.choices(("none", "valid", "pending", "denied"), (5, 4, 1, 1))[0]
    return found


def outcome(levels: Mapping[str, str], table: Table | None = None) -> str:
    """The outcome of facts under a table, by name."""
    table = table or load_edition().table
    return table.effect(table.space.encode(levels)).name
