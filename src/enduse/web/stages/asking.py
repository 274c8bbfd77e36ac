"""What the intake still has to say: for each of its steps what the decision waits for, and what the indicators would read."""

from __future__ import annotations

from dataclasses import dataclass

from enduse.casework.deals.deciding import edition
from enduse.casework.deals.queries import Held
from enduse.domain.deal import Party
from enduse.domain.determination import COUNTED_ROLES, lacking
from enduse.domain.register import lacks
from enduse.domain.rules import fingerprint
from enduse.formats.deal_parts import items, part, party_key
from enduse.reference import country_name
from enduse.web.panel import wording
from enduse.web.stages.fields import capital
from enduse.web.stages.intake_sheets import STEP_SHEETS
from enduse.web.templatetags.words import lang
from enduse.words import say

STEPS = ("parties", *STEP_SHEETS)


@dataclass(frozen=True, slots=True)
class StepShown:
    """A step as the page lists it: what it still has to say, and how many details an open indicator would read besides."""

    step: str
    left: list[str]
    unfilled: int


@dataclass(frozen=True, slots=True)
class PartyShown:
    """A party as the page lists it."""

    place: int
    was: str
    role: str
    name: str
    kind: str
    where: str
    lacks: str


def steps_shown(held: Held) -> list[StepShown]:
    """Every step, in order."""
    left: dict[str, list[str]] = {"parties": _of_parties(held), "solution": _of_solution(held), "delivery": _of_delivery(held)}
    return [StepShown(step, left.get(step, []), _unfilled(held, step)) for step in STEPS]


def _unfilled(held: Held, step: str) -> int:
    return STEP_SHEETS[step](None, held=held).unfilled if step in STEP_SHEETS else 0


def _missing(held: Held) -> set[str]:
    return {*held.decided.decision.missing, *held.decided.today.missing}


def _of_parties(held: Held) -> list[str]:
    worded, missing, deal = wording(lang()), _missing(held), held.decided.deal
    found = []
    if "foreign" in missing:
        found += [worded.ground(ground) for ground in held.decided.decision.grounds.get("foreign", ())]
    if missing and not any(party.role == "end_user" for party in deal.parties):
        found.append(say("intake.no_end_user", lang()))
    if "record" in missing:
        found += [worded.phrase("record", lack) for lack in lacks(deal) if lack in ("parties", "party_names")]
    return list(dict.fromkeys(map(capital, found)))


def _of_solution(held: Held) -> list[str]:
    worded = wording(lang())
    if "record" not in _missing(held):
        return []
    return [capital(worded.phrase("record", lack)) for lack in lacks(held.decided.deal) if lack in ("solution", "version")]


def _of_delivery(held: Held) -> list[str]:
    missing = _missing(held)
    found = [] if part(held.content, "delivery").get("form") or "modifiable" not in missing else [say("intake.no_form", lang())]
    return found + ([capital(edition().facts["hardware"].name.of(lang()))] if "hardware" in missing else [])


def parties_shown(held: Held) -> list[PartyShown]:
    """The parties of a deal, with what is missing of each."""
    worded, found = wording(lang()), []
    known: tuple[Party, ...] = held.decided.deal.parties
    for place, (row, party) in enumerate(zip(items(held.content, "parties"), known, strict=True)):
        where = ", ".join(country_name(code, lang()) for code in party_key(row)[2].split("/") if code)
        if row.get("citizenship") == []:
            where = say("intake.stateless", lang())
        lack = lacking(party) if party.role in COUNTED_ROLES else "" if party.name else "name"
        found.append(
            PartyShown(
                place,
                fingerprint(row),
                capital(worded.phrase("roles", party.role)),
                party_key(row)[1],
                say(f"party_kind.{party.kind}", lang()) if party.kind else "",
                where,
                worded.phrase("lacking", lack) if lack else "",
            )
        )
    return found
