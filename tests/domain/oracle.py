"""A slow, obvious oracle: the outcome of facts told by hand from the published readings, row by row, knowing nothing of the rule table."""

from __future__ import annotations

from collections.abc import Mapping

ORDER = ("not_export", "proceed", "incomplete", "diligence", "hold", "statutory", "refuse")
CHAINS = {
    "foreign": "no yes unknown",
    "modifiable": "no yes unknown",
    "listed": "no unknown yes",
    "military_design": "no unknown yes",
    "evidence": "none alleged concern confirmed",
    "check": "done not_done",
    "notice": "no oral written",
    "deeper_check": "no yes",
    "indicator": "absent explained excused unknown present",
    "hardware": "no unknown yes",
    "suitable": "no unknown yes",
    "risk": "none identified",
    "choice": "section_4 refuse",
    "permit": "valid none pending denied",
    "clauses": "agreed excused unknown rejected",
    "record": "complete excused missing",
}


def chain_of(fact: str) -> list[str]:
    """The levels of a fact, by what kind of fact it is."""
    for key in (fact, fact.rsplit("_", 1)[-1], fact.split("_", 1)[0]):
        if key in CHAINS:
            return CHAINS[key].split()
    raise KeyError(fact)


def oracle(facts: Mapping[str, str]) -> str:
    """The outcome that the published rules give for `facts`."""
    found = ["not_export"]

    def ge(fact: str, level: str) -> bool:
        levels = chain_of(fact)
        return levels.index(facts[fact]) >= levels.index(level)

    def indicator(level: str) -> bool:
        suitability = {19: "suitable_nuclear", 20: "suitable_missile", 21: "suitable_chemical_biological", 22: "suitable_military_intelligence"}
        for number in range(1, 23):
            if number in (12, 15, 18) and facts["hardware"] == "no":
                continue
            if number in suitability and facts[suitability[number]] == "no":
                continue
            if ge(f"indicator_{number}", level):
                return True
        return False

    def evidence(level: str, *purposes: str) -> bool:
        return any(ge(f"{purpose}_evidence", level) for purpose in purposes)

    foreign, export = ge("foreign", "yes"), ge("foreign", "yes") and ge("modifiable", "yes")
    no_permit = facts["permit"] != "valid"
    weapons = ("wmd", "terrorism", "military")
    if export:
        found.append("proceed")
    if facts["foreign"] == "unknown" and ge("modifiable", "yes"):
        found.append("incomplete")
    if facts["modifiable"] == "unknown" and foreign:
        found.append("incomplete")
    if foreign and (facts["listed"] != "no" or facts["military_design"] != "no"):
        found.append("incomplete")
    if foreign and (facts["listed"] == "yes" or facts["military_design"] == "yes"):
        found.append("statutory")
    if export and evidence("confirmed", "wmd", "terrorism"):
        found.append("refuse")
    if export and evidence("concern", *weapons) and no_permit:
        found.append("hold")
    if foreign and evidence("alleged", *weapons) and no_permit:
        found.append("diligence")
    if export and facts["military_evidence"] == "confirmed":
        found.append("statutory")
    if foreign and evidence("alleged", "other_harm"):
        found.append("diligence")
    if evidence("confirmed", "wmd", "terrorism", "other_harm"):
        found.append("refuse")
    if export and any(facts[fact] == "not_done" for fact in facts if chain_of(fact) == CHAINS["check"].split()):
        found.append("incomplete")
    if facts["notice"] == "written" and no_permit:
        found.append("hold")
    if facts["notice"] != "no" and no_permit:
        found.append("diligence")
    if export and facts["deeper_check"] == "yes" and no_permit:
        found.append("hold")
    if facts["permit"] in ("pending", "denied"):
        found.append("hold" if facts["permit"] == "pending" else "refuse")
    if export and indicator("unknown"):
        found.append("incomplete")
    if export and indicator("present"):
        found.append("diligence")
    if export and facts["indicator_8"] == "present" and no_permit:
        found.append("hold")
    if export and facts["risk"] == "identified" and no_permit:
        found.append("hold")
    if export and facts["risk"] == "identified" and facts["choice"] == "refuse":
        found.append("refuse")
    if foreign and (facts["risk"] == "identified" or facts["indicator_8"] == "present") and no_permit:
        found.append("diligence")
    adverse = (
        evidence("alleged", *weapons, "other_harm") or facts["risk"] == "identified" or facts["notice"] != "no" or facts["deeper_check"] == "yes"
    )
    if export and adverse and (facts["clauses"] != "agreed" or facts["record"] != "complete" or indicator("excused")):
        found.append("incomplete")
    if export and facts["clauses"] in ("unknown", "rejected"):
        found.append("diligence" if facts["clauses"] == "rejected" else "incomplete")
    if export and facts["record"] == "missing":
        found.append("incomplete")
    return max(found, key=ORDER.index)
