"""The stages' own actions: each changes one part of what the deal says, and the deal is decided again."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any

from enduse.casework import clock
from enduse.casework.deals.deciding import edition
from enduse.casework.deals.keeping import Kept, about, amend, keep, open_case, reasoned
from enduse.casework.deals.models import Link
from enduse.casework.deals.powers import demand_determination
from enduse.casework.deals.queries import Held, deal_for
from enduse.casework.deals.screened import Screening, is_of
from enduse.casework.door import action
from enduse.casework.parties.models import PartyVersion
from enduse.casework.parties.records import link_key, snapshot
from enduse.casework.people.actor import Actor
from enduse.casework.solutions.models import SolutionVersion
from enduse.casework.solutions.records import shared
from enduse.domain.deal import given, visible
from enduse.domain.refusals import Refused, refuse
from enduse.formats.deal_parts import Content, items, next_id, particulars_of, party_key, unproved

INTAKE = ("title", "date", "exporter", "parties", "delivery", "end_use", "quantity", "payment", "shipment", "services", "questions", "knowledge",
          "confidentiality", "modifications")  # fmt: skip
INTAKE_SOLUTION = ("name", "version", "hardware", "domains", "required_platform", "required_services", "usual_sites", "list_price")
CONTRACT = ("kind", "drafted_by", "end_destination", "end_use_purpose")


def intake(deal: int, *, by: Actor, seen: int, changes: Mapping[str, Any], solution: Mapping[str, Any] | None = None) -> Kept:
    """What sales knows: parties, solution, delivery, end use, quantity, terms. A value of None takes the key out.

    Raises ValueError for a key of another stage.
    """
    for key in changes:
        if key not in INTAKE:
            raise ValueError(key)
    for key in solution or {}:
        if key not in INTAKE_SOLUTION:
            raise ValueError(key)

    def change(content: Content) -> None:
        put(content, changes)
        if solution:
            put(content.setdefault("solution", {}), solution)

    def demand(before: Held, after: Content) -> None:
        demand_determination(by, before, after)

    return amend(deal, kind="deal.intake_saved", verb="deal.intake", by=by, seen=seen, change=change, demand=demand)


def put(content: Content, changes: Mapping[str, Any]) -> None:
    """Set keys; None takes one out."""
    for key, value in changes.items():
        if value is None:
            content.pop(key, None)
        else:
            content[key] = value


def determine(deal: int, *, by: Actor, seen: int, recipient_can_modify: str, hardware: str, note: str) -> Kept:
    """Whether it is an export (2.1): above all whether the recipient gets the power to modify the solution."""

    def change(content: Content) -> None:
        put(content.setdefault("delivery", {}), {"recipient_can_modify": recipient_can_modify})
        put(content.setdefault("solution", {}), {"hardware": hardware})

    return amend(deal, kind="deal.determined", verb="deal.determine", by=by, seen=seen, change=change, note=reasoned(note))


def identify(
    deal: int,
    *,
    by: Actor,
    seen: int,
    civil_only: str | None,
    suitable_for: Mapping[str, str],
    result: str,
    entries: Sequence[Mapping[str, str]],
    comparison: Sequence[Mapping[str, str]],
    conclusion: str,
    deeper_check: str,
) -> Kept:
    """The comparison with the control lists and its conclusion (1.3), signed by the expert who makes it.

    `not_listed` takes a comparison: at least one entry considered, none of them met, and none without enough data.
    """
    by.demand("deal.sign_identification" if result != "not_done" else "deal.identify")

    def change(content: Content) -> None:
        solution = content.setdefault("solution", {})
        put(solution, {"civil_only": civil_only, "suitable_for": dict(suitable_for) or None})
        signed = {"expert": by.signature, "signed_on": clock.today().isoformat()} if result != "not_done" else {"expert": None, "signed_on": None}
        put(
            solution.setdefault("identification", {}),
            {
                "result": result,
                "entries": [dict(entry) for entry in entries] or None,
                "deeper_check": deeper_check,
                "comparison": [dict(row) for row in comparison] or None,
                "conclusion": conclusion or None,
                **signed,
            },
        )
        if result != "not_done" and (objection := unproved(content)):
            raise Refused(objection)

    return amend(deal, kind="deal.identified", verb="deal.identify", by=by, seen=seen, change=change, result=result)


def sign_identification(deal: int, *, by: Actor, seen: int, note: str) -> Kept:
    """An expert's signature under what the deal states of its identification as it stands: one that came in a file, or before an edit (1.3).

    Raises Refused where the statement is not enough to be signed, or is signed already.
    """
    by.demand("deal.sign_identification")
    said = {"note": reasoned(note)}
    with action("deal.identification_signed", by=by, about=about(deal)) as act:
        held = open_case(deal, by, seen)
        if objection := unproved(held.content):
            raise Refused(objection)
        if not held.unsigned:
            raise refuse("identification.signed_already")
        content = copy.deepcopy(held.content)
        content["solution"]["identification"].update(expert=by.signature, signed_on=clock.today().isoformat())
        return keep(held.deal, content, act, before=held.content, says=said)


def screen(
    deal: int,
    *,
    by: Actor,
    seen: int,
    party: str,
    result: str,
    lists: Sequence[str],
    reason: str,
    purpose: str = "",
    grade: str = "",
    particulars: str = "",
) -> Kept:
    """What a person found who held one party against lists by hand (3.2). A match is recorded together with what it is evidence of.

    Where several parties bear the name, `particulars` tells which one is meant. Once every party has been held against lists, the
    check `screening` counts as done; where searches are demanded (`Screening.demanded`) a result by hand only stands beside them.
    """
    if result not in ("no_match", "dismissed", "match"):
        raise refuse("screening.result", result=result)
    if not lists or given(reason) is None:
        raise refuse("screening.unreasoned")
    if result == "match" and (not purpose or grade not in ("alleged", "concern")):  # what is confirmed is recorded as evidence, with its papers
        raise refuse("screening.match_without_evidence", party=party)
    name = visible(party)

    def change(content: Content) -> None:
        parties = items(content, "parties")
        meant = {particulars_of(one): one for one in parties if name and party_key(one)[1] == name and particulars in ("", particulars_of(one))}
        if not meant:
            raise refuse("screening.no_party", party=party)
        if len(meant) > 1:
            raise refuse("screening.which_party", party=party)
        ((of, found),) = meant.items()
        row = {"party": name, "particulars": of, "result": result, "lists": list(lists), "reason": reason}
        row |= {"by": by.signature, "date": clock.today().isoformat()}
        kept = [item for item in items(content, "screening") if not is_of(item, found, parties) or item.get("result") == "match"]
        content["screening"] = [*kept, row]
        if result == "match":
            source = f"{', '.join(lists)}: {reason}"
            content.setdefault("evidence", []).append(
                {"id": next_id(content), "purpose": purpose, "grade": grade, "party": party, "source": source, "recorded_by": by.signature}
            )
        checks = [word for word in content.get("checks") or [] if word != "screening"]
        content["checks"] = checks if Screening(deal_for(by, deal)).waiting(content) else [*checks, "screening"]

    return amend(deal, kind="deal.screened", verb="deal.screen", by=by, seen=seen, change=change, party=party, result=result)


def check(deal: int, *, by: Actor, seen: int, word: str, note: str) -> Kept:
    """That one of the checks was made, and what was looked at (3.2, 4.3, 5.1). Screening is not stated but follows from its results."""
    if word not in edition().checks or word == "screening":
        raise refuse("check.word", word=word)

    def change(content: Content) -> None:
        content["checks"] = [*(content.get("checks") or []), word] if word not in (content.get("checks") or []) else content["checks"]

    return amend(deal, kind="deal.checked", verb="deal.check", by=by, seen=seen, change=change, check=word, note=reasoned(note))


def renew_check(deal: int, *, by: Actor, seen: int, word: str, note: str) -> Kept:
    """That a check which no longer counts was made again: what the deal says stays, its date and what it covers are new."""
    by.demand("deal.screen" if word == "screening" else "deal.check")
    said = {"check": word, "note": reasoned(note)}
    with action("deal.checked_again", by=by, about=about(deal)) as act:
        held = open_case(deal, by, seen)
        if word not in held.stale_checks:
            raise refuse("check.fresh", word=word)
        if word == "screening" and (items(held.content, "screening") or held.screening.demanded):
            raise refuse("check.by_party")
        before = {**held.content, "checks": [other for other in held.content["checks"] if other != word]}
        return keep(held.deal, held.content, act, before=before, says=said)


def indicate(deal: int, *, by: Actor, seen: int, number: str, state: str, reason: str = "") -> Kept:
    """The answer to one indicator (5.1, Appendix 1); explained and excused take a reason and stand under the actor's name."""
    return indicate_all(deal, by=by, seen=seen, answers={number: (state, reason)})


def indicate_all(deal: int, *, by: Actor, seen: int, answers: Mapping[str, tuple[str, str]]) -> Kept:
    """The answers to several indicators at once: number to state and reason."""
    for number in answers:
        if number not in edition().indicators:
            raise refuse("indicator.number", number=number)

    def change(content: Content) -> None:
        for number, (state, reason) in answers.items():
            stated: Any = state
            if state in ("explained", "excused") or given(reason):
                stated = {"state": state, "reason": reason, "by": by.signature}
            content.setdefault("indicators", {})[number] = stated

    said = {number: state for number, (state, _) in answers.items()}
    return amend(deal, kind="deal.indicated", verb="deal.indicate", by=by, seen=seen, change=change, indicators=said)


def settle_clauses(deal: int, *, by: Actor, seen: int, state: str, reason: str = "") -> Kept:
    """Whether the contract binds the counterparty and the end user (5.2); leaving it out takes a reason and stands under the actor's name."""
    if state == "excused" and given(reason) is None:
        raise refuse("deal.reason")

    def change(content: Content) -> None:
        stated: Any = {"state": state, "reason": reason, "by": by.signature} if given(reason) else state
        content.setdefault("contract", {})["clauses"] = stated

    return amend(deal, kind="deal.clauses_settled", verb="deal.clauses", by=by, seen=seen, change=change, state=state)


def describe_contract(deal: int, *, by: Actor, seen: int, changes: Mapping[str, str | None]) -> Kept:
    """What the contract is and says of end use: its kind, who drafted it, end destination, purpose. None takes a key out."""
    for key in changes:
        if key not in CONTRACT:
            raise ValueError(key)

    def change(content: Content) -> None:
        put(content.setdefault("contract", {}), changes)

    return amend(deal, kind="deal.contract_described", verb="deal.clauses", by=by, seen=seen, change=change)


def identify_risk(deal: int, *, by: Actor, seen: int, reason: str) -> Kept:
    """A risk was established (5.1). It stays on record: a permit or a refusal follows."""

    def change(content: Content) -> None:
        content["risk"] = "identified"

    return amend(deal, kind="deal.risk_identified", verb="deal.choose", by=by, seen=seen, change=change, reason=reasoned(reason))


def choose(deal: int, *, by: Actor, seen: int, choice: str, reason: str) -> Kept:
    """5.1's choice once a risk is identified: refuse, or act under section 4. There is no third."""

    def change(content: Content) -> None:
        content["choice"] = {"state": choice, "reason": reasoned(reason), "by": by.signature}

    return amend(deal, kind="deal.chosen", verb="deal.choose", by=by, seen=seen, change=change, choice=choice)


def depart(deal: int, *, by: Actor, seen: int, clause: str, text: str, reason: str) -> Kept:
    """A signed departure from the Declaration (1.4): recorded and shown; it changes no outcome."""

    def change(content: Content) -> None:
        row = {"clause": clause, "text": reasoned(text), "reason": reasoned(reason), "by": by.signature, "date": clock.today().isoformat()}
        content.setdefault("departures", []).append(row)

    return amend(deal, kind="deal.departed", verb="deal.depart", by=by, seen=seen, change=change, clause=clause)


def document(deal: int, *, by: Actor, seen: int, documents: Sequence[Mapping[str, str]], excused: str = "") -> Kept:
    """The documents that the deal rests on (5.3), or why the record leaves something out."""

    def change(content: Content) -> None:
        put(content, {"documents": [dict(row) for row in documents] or None, "record": {"excused": excused} if given(excused) else None})

    return amend(deal, kind="deal.documented", verb="deal.document", by=by, seen=seen, change=change)


def refresh(deal: int, *, by: Actor, seen: int, link: int) -> Kept:
    """Take the newer record of a party or the solution into the deal. Whoever wrote the record counts among the hands."""
    by.demand("deal.refresh")
    with action("deal.refreshed", by=by, about=about(deal)) as act:
        held = open_case(deal, by, seen)
        found = Link.objects.filter(pk=link, deal=held.deal).first()
        if found is None:
            raise refuse("deal.no_link", reference=held.deal.reference)
        content = {**held.content}
        newer: PartyVersion | SolutionVersion
        if found.party is not None:
            rows = PartyVersion.objects.filter(party=found.party)
            newer = rows.get(number=found.party.version)
            content["parties"] = [
                {"role": party["role"], **snapshot(newer.content)} if (party.get("role"), link_key(party)) == (found.role, found.name_key) else party
                for party in items(content, "parties")
            ]
            authors = [hand for row in rows for hand in row.hands]
        else:
            assert found.solution is not None
            records = SolutionVersion.objects.filter(solution=found.solution)
            newer = records.get(number=found.solution.version)
            content["solution"] = {**(content.get("solution") or {}), **shared(newer.content)}
            authors = [hand for row in records for hand in row.hands]
        found.number = newer.number
        found.name_key = visible(str(newer.content.get("name") or ""))[:500] if found.party is None else link_key(newer.content)
        if Link.objects.filter(deal=held.deal, role=found.role, name_key=found.name_key).exclude(pk=found.pk).exists():
            found.delete()  # two records that have become one name in one role: one snapshot, one link
        else:
            found.save()
        return keep(held.deal, content, act, before=held.content, says={"role": found.role, "record": newer.number}, authors=frozenset(authors))
