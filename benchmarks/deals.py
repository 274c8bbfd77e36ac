"""Made-up deals in the format enduse/deal-1: the same for the same seed, no two alike. All names are invented.

`trouble` says how much goes wrong: at 1 the mix is that of ordinary work, most deals complete and many of them fit to go;
at 6 almost every deal is stopped, most by several things at once, and hardly two stand at the same facts.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

Data = dict[str, Any]
WORK, ROUGH = 1.0, 6.0

START = date(2026, 1, 12)
HEADS = (
    "Alba",
    "Boreal",
    "Cinder",
    "Delta",
    "Ember",
    "Faro",
    "Granit",
    "Harbor",
    "Indigo",
    "Juniper",
    "Kestrel",
    "Lumen",
    "Meridian",
    "Norte",
    "Opal",
)
TAILS = ("Agro", "Analytics", "Clinic", "Freight", "Grid", "Insurance", "Labs", "Mills", "Ports", "Retail", "Schools", "Telecom", "Transit", "Water")
FORMS_OF_FIRMS = ("SA", "LLC", "GmbH", "Ltd", "JSC", "Pty", "BV")
HEADS_AT_HOME = ("Берег", "Вереск", "Гранит", "Заря", "Ключ", "Лотос", "Маяк", "Родник", "Север", "Тополь")
GIVEN = ("Amira", "Bao", "Carla", "Dmitri", "Elif", "Farid", "Ines", "Joao", "Kamal", "Leila", "Nadia", "Omar", "Priya", "Tomas")
FAMILY = ("Almeida", "Benali", "Castro", "Duarte", "Eskandari", "Ferreira", "Gupta", "Hassan", "Ivanov", "Khan", "Moreno", "Nguyen", "Osei", "Yilmaz")
RECORDERS = ("anna", "boris", "vera", "gleb")
ABROAD = ("BR", "AE", "IN", "KZ", "UZ", "BY", "TR", "VN", "ZA", "EG", "MX", "ID", "MY", "RS", "AM", "CN", "AR", "MA", "TH", "KG")
SOLUTIONS = ("Nivaskop", "Rechevik", "Videonit", "Skladar", "Medvzor", "Portokras", "Gorodomer", "Lesovid", "Shumolov", "Tekstovar")
FORMS = ("saas", "api", "on_premises", "on_premises", "device", "weights", "source_code", "development", "other")
CHECKS = ("wmd", "terrorism", "military", "other_harm", "notice", "screening", "risk_assessment")
SUITABLE = ("nuclear", "missile", "chemical_biological", "military_intelligence")
PURPOSES = ("wmd", "terrorism", "military", "military", "military", "other_harm")
OTHER_ROLES = {"end_user": 0.8, "consignee": 0.25, "intermediary": 0.15, "payer": 0.1, "owner": 0.1}
SOURCES = ("trade press", "site visit, minutes 14", "open register", "partner's letter", "open tender documents")

SMALL = """\
format: enduse/deal-1
reference: D-2026-017
date: 2026-11-02
solution:
  name: Nivaskop
  version: "2.4"
  civil_only: yes
  identification: {result: not_listed}
delivery: {form: on_premises, recipient_can_modify: yes}
parties:
  - {role: counterparty, name: Boreal Agro SA, kind: company, country: BR}
checks: [wmd, terrorism, military, other_harm, notice, screening]
indicators: {1: absent, 2: absent, 9: {state: explained, reason: PO boxes are the postal norm, by: boris}}
contract: {clauses: agreed}
documents: [{kind: contract, number: 17/26, date: 2026-10-01}]
"""


def deals(count: int, *, seed: int = 2026, trouble: float = WORK) -> Iterator[Data]:
    """`count` deals, each as the mapping that a deal file holds."""
    maker = _Maker(random.Random(f"{seed}/{trouble}"), trouble)
    for number in range(1, count + 1):
        yield maker.deal(number)


def write_lines(path: Path, made: Sequence[Data]) -> None:
    """The deals as a `.jsonl` file, one a line."""
    with path.open("w", encoding="utf-8") as stream:
        stream.writelines(json.dumps(deal, ensure_ascii=False) + "\n" for deal in made)


class _Maker:
    def __init__(self, chance: random.Random, trouble: float) -> None:
        self.chance = chance
        self.trouble = trouble

    def wrong(self, share: float) -> bool:
        """Whether something that goes wrong in `share` of ordinary deals went wrong here."""
        return self.chance.random() < min(share * self.trouble, 0.7)

    def so(self, share: float) -> bool:
        return self.chance.random() < share

    def one(self, words: Sequence[str]) -> str:
        return self.chance.choice(words)

    def day(self, around: date, first: int, last: int) -> str:
        return (around + timedelta(days=self.chance.randint(first, last))).isoformat()

    def deal(self, number: int) -> Data:
        at = START + timedelta(days=self.chance.randint(0, 300))
        solution, parties = self.solution(), self.parties()
        found: Data = {
            "format": "enduse/deal-1",
            "reference": f"D-2026-{number:06}",
            "title": f"{solution['name']} for {parties[0].get('name', 'a buyer not named yet')}",
            "date": at.isoformat(),
            "solution": solution,
            "delivery": {"form": self.one(FORMS), "recipient_can_modify": "unknown" if self.wrong(0.04) else "yes" if self.so(0.8) else "no"},
            "parties": parties,
            "checks": [check for check in CHECKS if not self.wrong(0.02)],
            "indicators": self.indicators(),
            "contract": {"clauses": self.clauses()},
        }
        if not self.wrong(0.03):
            found["documents"] = [{"kind": "contract", "number": f"{number}/26", "date": self.day(at, -60, 0)}]
        self.adverse(found, parties, at)
        if needed := _triggers(found):
            self.permit(found, needed, at)
        if self.wrong(0.01):
            found["record"] = {"excused": "pilot, recorded elsewhere"}
        if self.so(0.4):
            self.details(found, parties, at)
        return found

    def solution(self) -> Data:
        listed = self.wrong(0.01)
        identification: Data = {"result": "listed" if listed else "not_done" if self.wrong(0.04) else "not_listed"}
        if listed:
            identification["entries"] = [{"list": "1299", "entry": f"{self.chance.randint(1, 9)}.{self.chance.randint(1, 6)}"}]
        if self.wrong(0.02):
            identification["deeper_check"] = "yes"
        found: Data = {
            "name": self.one(SOLUTIONS),
            "version": f"{self.chance.randint(1, 9)}.{self.chance.randint(0, 20)}",
            "civil_only": "unknown" if self.wrong(0.02) else "no" if self.wrong(0.005) else "yes",
            "hardware": "unknown" if self.wrong(0.02) else "yes" if self.so(0.12) else "no",
            "suitable_for": {use: "unknown" if self.wrong(0.02) else "yes" if self.so(0.02) else "no" for use in SUITABLE},
            "identification": identification,
        }
        if self.wrong(0.01):
            del found["version"]
        return found

    def parties(self) -> list[Data]:
        home = self.so(0.08)
        roles = ["counterparty", *(role for role, share in OTHER_ROLES.items() if self.so(share))]
        country = "RU" if home else self.one(ABROAD)
        return [self.party(role, country if self.so(0.8) or home else self.one(ABROAD)) for role in roles]

    def party(self, role: str, country: str) -> Data:
        kind = "company" if self.so(0.88) else self.one(("person", "person", "state"))
        found: Data = {"role": role, "name": self.name(kind, country), "kind": kind}
        if kind == "person":
            found["citizenship"] = [] if self.so(0.02) else [country, self.one(ABROAD)] if self.so(0.05) else [country]
        else:
            found["country"] = country
        if self.wrong(0.015):
            del found[self.one([key for key in found if key != "role"])]
        return found

    def name(self, kind: str, country: str) -> str:
        number = self.chance.randint(1, 999)
        if kind == "person":
            return f"{self.one(GIVEN)} {self.one(GIVEN)[0]}. {self.one(FAMILY)}"
        if kind == "state":
            return f"{self.one(TAILS)} Agency No. {number}"
        if country == "RU":
            return f"ООО «{self.one(HEADS_AT_HOME)}-{number}»"
        return f"{self.one(HEADS)} {self.one(TAILS)} {number} {self.one(FORMS_OF_FIRMS)}"

    def indicators(self) -> Data:
        found: Data = {}
        for number in map(str, range(1, 23)):
            if self.wrong(0.006):
                continue
            found[number] = "unknown" if self.wrong(0.006) else "present" if self.wrong(0.005) else "absent"
            if self.wrong(0.01):
                found[number] = self.stated("excused" if self.so(0.2) else "explained")
        return found

    def stated(self, state: str) -> Data:
        return {"state": state, "reason": f"asked on the spot, minutes {self.chance.randint(1, 400)}", "by": self.one(RECORDERS)}

    def clauses(self) -> str | Data:
        if self.wrong(0.02):
            return self.stated("excused")
        return "unknown" if self.wrong(0.03) else "rejected" if self.wrong(0.01) else "agreed"

    def adverse(self, found: Data, parties: Sequence[Data], at: date) -> None:
        """Evidence with its rebuttals, FSTEC's notices, a risk: what may stand against the deal."""
        if self.wrong(0.08):
            found["evidence"] = self.evidence(parties, at)
        if self.wrong(0.03):
            found["notices"] = [self.notice(at) for _ in range(1 if self.so(0.9) else 2)]
        if self.wrong(0.015):
            found["risk"] = "identified"
            found["choice"] = "refuse" if self.so(0.3) else "section_4"

    def evidence(self, parties: Sequence[Data], at: date) -> list[Data]:
        found: list[Data] = []
        for number in range(1, self.chance.randint(1, 3) + 1):
            item = {
                "id": f"e{number}",
                "purpose": self.one(PURPOSES),
                "grade": self.chance.choices(("alleged", "concern", "confirmed"), (60, 33, 7))[0],
                "source": f"{self.one(SOURCES)}, {self.day(at, -200, 0)}",
                "recorded_by": self.one(RECORDERS),
            }
            if name := parties[0].get("name"):
                item["party"] = name
            found.append(item)
            if self.so(0.6):
                found.append(self.rebuttal(item))
        return found

    def rebuttal(self, item: Data) -> Data:
        """Mostly one that counts; now and then by the same hands or without a source, which does not."""
        other = item["recorded_by"] if self.so(0.1) else self.one([name for name in RECORDERS if name != item["recorded_by"]])
        found = {"id": f"{item['id']}-answer", "purpose": item["purpose"], "grade": "clearing", "rebuts": item["id"], "recorded_by": other}
        return found if self.so(0.1) else {**found, "source": self.one(SOURCES)}

    def notice(self, at: date) -> Data:
        found: Data = {"from": "fstec", "written": "yes" if self.so(0.6) else "no", "number": f"240/{self.chance.randint(1, 9999)}"}
        found["date"] = self.day(at, -120, -10)
        if self.so(0.25):
            found["withdrawn"] = {"number": f"240/{self.chance.randint(1, 9999)}", "date": self.day(at, -9, 5)}
        return found

    def permit(self, found: Data, needed: Sequence[str], at: date) -> None:
        """Most deals that need a permit have asked for one; most that have one have the right one."""
        if self.so(0.3):
            return
        permit = self.granted(found, needed, at)
        fate = self.chance.random()
        if fate < 0.15:
            found["permits"] = [permit, self.applied("pending", at)]
        elif fate < 0.3:
            found["permit"] = self.applied("denied" if self.so(0.3) else "pending", at)
        else:
            found["permit"] = permit

    def granted(self, found: Data, needed: Sequence[str], at: date) -> Data:
        solution = found["solution"]
        permit: Data = {
            "authority": "commission",
            "status": "granted" if self.so(0.95) else self.one(("suspended", "revoked")),
            "number": f"{self.chance.randint(1, 9999):04}",
            "date": self.day(at, -90, -60),
            "valid_from": self.day(at, -60, 3),
            "valid_until": self.day(at, 30, 700),
            "parties": [party["name"] for party in found["parties"] if "name" in party][: None if self.so(0.9) else 1],
            "solution": solution["name"],
            "version": solution["version"] if self.so(0.95) and "version" in solution else "0.9",
            "covers": [*needed] if self.so(0.9) else [needed[0]],
        }
        if self.so(0.3):
            permit["conditions"] = [{"text": "Yearly report", "met": "yes" if self.so(0.9) else "unknown"}]
        return permit

    def applied(self, status: str, at: date) -> Data:
        return {"authority": "commission", "status": status, "number": f"A-{self.chance.randint(1, 9999):04}", "date": self.day(at, -40, -1)}

    def details(self, found: Data, parties: Sequence[Data], at: date) -> None:
        """What only the detectors of indicators read, and every reader has to check."""
        price = {"amount": str(self.chance.randint(20, 900) * 1000), "currency": self.one(("USD", "EUR", "CNY", "RUB"))}
        found["end_use"] = {
            "purpose": f"{self.one(TAILS).lower()} planning",
            "site": {"name": f"Site {self.chance.randint(1, 99)}", "type": "office", "access": "open"},
            "requested": self.day(at, -80, -60),
            "answered": self.day(at, -59, -30),
            "refused": "no",
        }
        found["payment"] = {"method": "transfer", "price": price, "prepayment_percent": str(self.chance.randint(0, 60))}
        found["quantity"] = {"units": str(self.chance.randint(1, 400)), "of": "seats"}
        found["knowledge"] = {"asked": "6", "known": str(self.chance.randint(3, 6))}
        route = dict.fromkeys(["RU", *(party["country"] for party in parties if "country" in party)])
        found["shipment"] = {"route": list(route), "mode": "air", "technical_documentation": "no", "training_days": str(self.chance.randint(0, 5))}


def _triggers(found: Data) -> list[str]:
    """What a permit would have to cover, as far as the maker knows."""
    named = dict.fromkeys(item["purpose"] for item in found.get("evidence", ()) if item["purpose"] != "other_harm")
    if found.get("notices"):
        named["notice"] = None
    if found["solution"]["identification"].get("deeper_check") == "yes":
        named["deeper_check"] = None
    if found.get("risk") == "identified":
        named["risk"] = None
    return list(named)
