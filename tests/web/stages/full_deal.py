"""A deal that holds every key of the deal file, spelt in every way that the format takes."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

_DEAL: dict[str, Any] = {
    "format": "enduse/deal-1",
    "reference": "D-2026-900",
    "title": "  Video analytics\nfor an airport ",
    "date": "2026-11-02",
    "exporter": {"name": "Разработчик", "registration": "1027700000001"},
    "solution": {
        "name": "Videoanalitika",
        "version": "3.10",
        "civil_only": "true",
        "hardware": "unknown",
        "suitable_for": {"nuclear": "false", "military_intelligence": "unknown"},
        "identification": {
            "result": "not_listed",
            "entries": [],
            "deeper_check": "false",
            "comparison": [
                {"list": "1299", "entry": "1.4.1", "characteristic": "frames  a second", "parameter": "60", "verdict": "not_met"},
                {"list": "1284", "entry": "2.1", "characteristic": "<b>range</b>", "parameter": '"5 km"', "verdict": "not_met"},
            ],
            "conclusion": "Not listed.\n\nSee the minutes.",
            "expert": "Elena",
            "signed_on": "2026-10-30",
        },
        "domains": ["video_analytics", " counting  people "],
        "required_platform": ["cuda_gpu"],
        "required_services": ["maintenance"],
        "usual_sites": ["airport", "office"],
        "list_price": {"amount": "120000", "currency": "USD"},
    },
    "delivery": {"form": "on_premises", "recipient_can_modify": "yes"},
    "parties": [
        {
            "role": "counterparty",
            "name": "Al Noor Systems LLC",
            "kind": "company",
            "country": "AE",
            "address": "Sharjah, Free Zone",
            "correspondence_address": "P.O. Box 4471, Sharjah",
            "identifiers": {"TRN": "100-200", "Лицензия": "77"},
            "activities": [{"code": "52.23", "scheme": "nace"}, {"text": "airport\noperations"}],
            "staff": "900",
            "installed": ["cuda_gpu"],
            "capacity": {"video_channels": "400.5"},
        },
        {
            "role": "end_user",
            "name": "Sharjah Airport Services",
            "kind": "company",
            "country": "AE",
            "identifiers": [{"value": "12"}, {"scheme": "LEI", "value": "X"}],
        },
        {"role": "owner", "name": "Somebody", "kind": "person", "citizenship": [], "birth_date": "1980-05"},
        {"role": "owner", "name": "Twice", "kind": "person", "citizenship": ["AE", "RU"]},
        {"role": "payer"},
    ],
    "checks": ["wmd", "screening"],
    "evidence": [
        {"id": "e1", "purpose": "military", "grade": "alleged", "party": "Al Noor Systems LLC", "source": "press\nand more", "recorded_by": "anna"},
        {"id": "e2", "purpose": "military", "grade": "clearing", "rebuts": "e1", "source": "visit", "recorded_by": "boris", "attachments": ["s"]},
    ],
    "notices": [
        {"from": "fstec", "written": "true", "number": "240/1", "date": "2026-10-20", "withdrawn": {"number": "241", "date": "2026-10-25"}},
    ],
    "permit": {
        "authority": "commission",
        "status": "granted",
        "number": "0412",
        "date": "2026-10-22",
        "valid_from": "2026-10-25",
        "valid_until": "2027-10-24",
        "parties": ["Sharjah Airport Services", "Al Noor Systems LLC", "Somebody else"],
        "solution": "Videoanalitika",
        "version": "3.10",
        "covers": ["notice", "military"],
        "conditions": [{"text": "Yearly report", "met": "yes"}, {"text": "Second"}],
    },
    "indicators": {"1": "absent", "9": {"state": "explained", "reason": "PO boxes are\nthe norm", "by": "boris"}, "2": "unknown"},
    "risk": "none",
    "choice": "section_4",
    "screening": [{"party": "Al Noor Systems LLC", "result": "no_match", "lists": ["UN"], "reason": "none", "by": "anna", "date": "2026-10-30"}],
    "contract": {
        "clauses": {"state": "agreed", "reason": "art. 7"},
        "kind": "export",
        "drafted_by": "their counsel",
        "end_destination": "Sharjah, AE",
        "end_use_purpose": "passenger flow",
    },
    "documents": [{"kind": "contract", "number": "17/26", "date": "2026-10-01"}, {"number": "18"}],
    "end_use": {
        "purpose": "passenger flow",
        "site": {"name": "Terminal 1", "type": "airport", "access": "open"},
        "requested": "2026-09-01",
        "answered": "2026-09-10",
        "refused": "false",
    },
    "quantity": {"units": "400.50", "of": "video_channels"},
    "questions": [{"question": "Who will operate it?", "asked": "2026-09-01", "answered": "2026-09-03", "verdict": "clear"}, {"question": "How?"}],
    "knowledge": {"asked": "6", "known": "5"},
    "services": {"offered": ["maintenance"], "declined": []},
    "confidentiality": {"demands": ["end_use"], "justified": "no"},
    "modifications": [{"text": "adapt the tracker"}],
    "payment": {
        "method": "transfer",
        "price": {"amount": "118000", "currency": "USD"},
        "prepayment_percent": "30",
        "payer": "Al Noor Systems LLC",
    },
    "shipment": {
        "final_destination": {"name": "Terminal", "address": "Sharjah", "country": "AE"},
        "route": ["RU", "KP", "AE"],
        "mode": "air",
        "packaging": "air_crate",
        "technical_documentation": "false",
        "training_days": "2",
    },
    "deliveries": [{"date": "2026-10-30", "version": "3.10", "units": "1", "to": "Al Noor Systems LLC"}],
    "departures": [{"clause": "5.2", "text": "pilot", "reason": "small", "by": "anna", "date": "2026-10-30"}],
}


def full_deal(**changes: Any) -> dict[str, Any]:
    """The deal, with keys changed; a key of None is left out."""
    made = {**deepcopy(_DEAL), **changes}
    return {key: value for key, value in made.items() if value is not None}
