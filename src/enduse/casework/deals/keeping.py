"""Keeping a deal: a new version of what it says, decided at once, with everything that follows from the change in the same transaction."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from enduse.casework import clock
from enduse.casework.deals.checking import VOUCHED, stated_verbs
from enduse.casework.deals.deciding import Decided, edition
from enduse.casework.deals.models import Check, Deal, Decision, Link, ReleaseEvent, Version
from enduse.casework.deals.queries import Held, deal_for
from enduse.casework.deals.screened import Screening
from enduse.casework.door import Act, action
from enduse.casework.parties import records as parties
from enduse.casework.parties.records import link_key, link_party, party_record_of
from enduse.casework.people.actor import Actor
from enduse.casework.people.settings import check_days
from enduse.casework.solutions import records as solutions
from enduse.casework.solutions.records import link_solution, solution_record_of
from enduse.domain.deal import given, visible
from enduse.domain.evidence import same_person
from enduse.domain.refusals import Refusal, Refused, Stale, refuse
from enduse.formats.deal_parts import (
    IDENTIFICATION,
    Content,
    identified,
    items,
    part,
    party_key,
    permits,
    subject,
    taken_away,
    text,
    unproved,
)

Change = Callable[[Content], None]
Demand = Callable[[Held, Content], None]
SCREENED = ("deal.screened", "deal.searched", "deal.hit_settled", "deal.vouched")  # after these screening is as new as the parties' results
MOST_PARTIES = 500  # each takes a record and a link, and whoever else writes waits meanwhile
STAGES = (
    "intake",
    "determination",
    "identification",
    "screening",
    "indicators",
    "evidence",
    "permits",
    "clauses",
    "decision",
    "approval",
    "release",
    "register",
    "monitoring",
)


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a change: the version that stands now and its decision."""

    deal: Deal
    version: int
    decided: Decided


def about(deal: Deal | int) -> str:
    """A deal as the ledger names it."""
    return f"deal:{deal if isinstance(deal, int) else deal.pk}"


def amend(deal: int, *, kind: str, verb: str, by: Actor, seen: int, change: Change, demand: Demand | None = None, **says: Any) -> Kept:
    """Change what a deal says, as one action: a new version, decided at once.

    `seen` is the number of the version that the actor saw; `change` edits a copy of the content in place; `demand` looks at what
    stands and at what comes out, and raises where the actor may not make the one of the other. Raises NotAllowed,
    Stale where somebody changed the deal in between, Refused where something adverse would be lost, and BadInput where
    what comes out is no deal. Nothing is written then.
    """
    by.demand(verb)
    with action(kind, by=by, about=about(deal)) as act:
        held = open_case(deal, by, seen)
        content = copy.deepcopy(held.content)
        change(content)
        if lost := taken_away(held.content, content):
            raise Refused(*lost)
        if demand is not None:
            demand(held, content)
        if content == held.content and verb not in held.unvouched:  # the same said by somebody with the power is something new
            raise refuse("deal.unchanged", reference=held.deal.reference)
        return keep(held.deal, content, act, before=held.content, says=says)


def open_case(deal: int, by: Actor, seen: int | None) -> Held:
    """The deal as it stands, for a change inside an action. Raises NotAllowed, Stale, or Refused where the deal is closed."""
    held = Held(deal_for(by, deal))
    if held.closed:
        raise refuse("deal.closed", reference=held.deal.reference, how=held.closed)
    if seen is not None and seen != held.version.number:
        raise Stale(Refusal("deal.stale", {"reference": held.deal.reference, "seen": seen, "stands": held.version.number}))
    return held


def keep(deal: Deal, content: Content, act: Act, *, before: Content | None, says: dict[str, Any], authors: frozenset[int] = frozenset()) -> Kept:
    """Write the next version of a deal inside an action, decide it, and do what follows: links, checks, a suspension, the summary.

    `authors` are persons who contributed without acting: those who wrote the record that a snapshot is taken from.
    """
    if len(items(content, "parties")) > MOST_PARTIES:
        raise refuse("deal.many_parties", count=len(items(content, "parties")), most=MOST_PARTIES)
    dropped = _drop_uncovered(content, before)
    authors |= _authors(content, before)
    number = (deal.versions.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    version = Version(deal=deal, number=number, content=content, kind=act.kind, by_id=act.by.person, hands=sorted(act.by.hands | authors), at=act.at)
    held = Held(deal)
    held.__dict__["version"] = version  # decided before it is stored: what is no deal is never kept
    version.digest = held.decided.deal.digest
    version.save()
    # a check that somebody states without the power to make it covers nothing: the door asks an officer to make it
    stated = _new_checks(content, before)
    if act.kind in SCREENED and "screening" in (content.get("checks") or []) and not Screening(deal).waiting(content):
        stated = list(dict.fromkeys([*stated, "screening"]))  # every party's own result is fresh: the check is as new as that
    powers = {word: "deal.screen" if word == "screening" else "deal.check" for word in stated}
    made = {word: subject(content, word) for word, verb in powers.items() if act.by.may(verb)}
    if _newly_identified(content, before, act) and act.by.may("deal.sign_identification") and unproved(content) is None:
        made[IDENTIFICATION] = identified(content)
    made |= dict.fromkeys([f"{VOUCHED}{verb}" for verb in _newly_vouched(content, before, act)], "")
    for word, covers in made.items():
        Check.objects.create(deal=deal, check_word=word, covers=covers, note=str(says.get("note") or ""), by_id=act.by.person, at=act.at)
    _link(deal, content, act)
    decision = record_decision(deal, version, held.decided, act)
    act.says(**says, version=number, digest=version.digest, outcome=decision.outcome, signed=decision.signed, fingerprint=decision.fingerprint)
    if before is not None:
        act.says(changed=_changed(before, content))
    if made:
        act.says(checks_made=made)
    if dropped:
        act.says(checks_dropped=dropped)
    settle(Held(deal), act)
    return Kept(deal, number, held.decided)


def record_decision(deal: Deal, version: Version, found: Decided, act: Act) -> Decision:
    """Keep what was decided of a version."""
    decision = found.decision
    return Decision.objects.create(
        deal=deal,
        version=version,
        day=decision.at,
        outcome=decision.outcome.name,
        fingerprint=decision.fingerprint,
        signed=found.signed,
        state=f"{decision.state:x}",
        answer={
            "edition": decision.edition,
            "table": decision.table,
            "act": decision.act,
            "reference_data": decision.reference_data,
            "engine": decision.engine,
            "rules": list(decision.rules),
            "clauses": list(decision.clauses),
            "missing": list(decision.missing),
            "today": [found.today.at.isoformat(), found.today.outcome.name],
        },
        at=act.at,
    )


def settle(held: Held, act: Act) -> None:
    """At the end of an action on a deal: suspend a release that no longer stands, and write the deal's summary anew."""
    standing = held.standing
    if standing is not None and standing.state == "released" and standing.objections and held.release is not None:
        # nobody changed anything where the deal is only looked at again: what stopped it is that a day has gone by
        cause = "expired" if act.kind == "deal.reviewed" and standing.cause == "adverse" else standing.cause
        ReleaseEvent.objects.create(release=held.release, kind="suspended", cause=cause, by_id=act.by.person, hands=sorted(act.by.hands), at=act.at)
        act.says(suspended=held.release.pk, cause=cause)
    summarise(Held(held.deal), act)


def summarise(held: Held, act: Act) -> None:
    """Write the deal's row: what queues and searches show."""
    content, deal, decision = held.content, held.deal, held.decided.decision
    first = next((party for party in items(content, "parties") if party.get("role") == "counterparty"), {})
    deal.version = held.version.number
    deal.title = text(content, "title")[:500]
    deal.counterparty = party_key(first)[1][:500]
    deal.country = party_key(first)[2][:60]
    deal.solution = " ".join(filter(None, (text(content, "solution", "name"), text(content, "solution", "version"))))[:500]
    deal.outcome = max(decision.outcome, held.decided.today.outcome).name
    deal.missing = len(decision.missing)
    deal.status = status_of(held)
    deal.stage = stage_of(held)
    deal.due = due_on(held)
    names = [party_key(party)[1] for party in items(content, "parties")]
    deal.search = " ".join([deal.reference, deal.title, deal.solution, *names]).casefold()
    deal.updated_at = act.at
    deal.save()


def status_of(held: Held) -> str:
    """One word for where a deal stands: open, submitted, rejected, approved, released, suspended, stopped, withdrawn, refused."""
    if held.closed:
        return held.closed
    if held.release is not None and held.standing is not None and (held.case.live or (held.standing.state == "withdrawn" and not _taken_up(held))):
        standing = held.standing
        return "suspended" if standing.state == "released" and not standing.stands else standing.state
    case = held.case
    if case.rejected:
        return "rejected"
    if case.approval is not None and case.approval.fingerprint == case.stands:
        return "approved"
    if case.submission is not None and case.submission.fingerprint == case.stands:
        return "submitted"
    return "suspended" if held.release is not None else "open"


def _taken_up(held: Held) -> bool:
    """Whether what stands was put forward again after a release was withdrawn: then it goes its way anew."""
    asked = held.case.submission
    return asked is not None and asked.fingerprint == held.case.stands and held.submission is not None and held.submission.at > held.events[-1].at


def stage_of(held: Held) -> str:
    """The first stage that still asks something of somebody."""
    if held.closed:
        return "register"
    decision = held.decided.decision
    facts = edition().facts
    waiting = {facts[fact].stage for fact in decision.missing if fact in facts}
    for stage in STAGES:
        if stage in waiting:
            return stage
    if held.unscreened:
        return "screening"
    if held.unsigned:
        return "identification"
    if not decision.released or not held.decided.today.released:
        return "decision"
    if held.release is not None and held.case.live:
        return "monitoring"
    return "release" if status_of(held) == "approved" else "approval"


def due_on(held: Held) -> Any:
    """The next day on which time alone may change what stands: a permit begins or ends, a check grows too old, a notice is withdrawn."""
    days = []
    for permit in permits(held.content):
        if permit.get("valid_from"):
            days.append(clock.day(permit["valid_from"]))
        if permit.get("valid_until") and clock.day(permit["valid_until"]) < date.max:  # 9999-12-31 is how some write that there is no end
            days.append(clock.day(permit["valid_until"]) + timedelta(days=1))
    counted = check_days()
    stated = held.content.get("checks") or []
    days += [clock.local_day(check.at + counted) + timedelta(days=1) for check in held.checking.rows if check.check_word in stated]
    searches = [search for party in items(held.content, "parties") if (search := held.screening.search_of(party))]
    days += [clock.local_day(search.at + counted) + timedelta(days=1) for search in searches]
    screened = [clock.day(row["date"]) for row in items(held.content, "screening") if row.get("date")]
    days += [day + counted + timedelta(days=1) for day in screened if day <= clock.today()]
    days += [clock.day(day) for notice in items(held.content, "notices") if (day := part(notice, "withdrawn").get("date"))]
    return min((day for day in days if day > clock.today()), default=None)


def _drop_uncovered(content: Content, before: Content | None) -> list[str]:
    """Take the checks out that no longer cover what the deal says, and what screening found of parties that changed; their words."""
    if before is None:
        return []
    was, now = _by_name(before), _by_name(content)
    kept = [
        item
        for item in items(content, "screening")
        if item.get("result") == "match"
        or item not in items(before, "screening")
        or was.get(visible(str(item.get("party")))) == now.get(visible(str(item.get("party"))))
    ]
    if len(kept) != len(items(content, "screening")):
        content["screening"] = kept
    stated = content.get("checks")
    if not isinstance(stated, list):
        return []
    made = before.get("checks") or []
    dropped = [word for word in stated if word in made and subject(before, word) != subject(content, word)]
    if dropped:
        content["checks"] = [word for word in stated if word not in dropped]
    return dropped


def _by_name(content: Content) -> dict[str, list[Content]]:
    """The parties of each name: one may stand in several roles, and say different things in each."""
    found: dict[str, list[Content]] = {}
    for party in items(content, "parties"):
        found.setdefault(party_key(party)[1], []).append(party)
    return found


def _newly_identified(content: Content, before: Content | None, act: Act) -> bool:
    """Whether this action states what identification found: an expert who does so signs it."""
    stated = part(content, "solution", "identification")
    if act.kind == "deal.identification_signed":
        return True
    expert = str(stated.get("expert") or "")
    own = not expert or any(same_person(expert, name) for name in (act.by.signature, *act.by.own_names))
    return own and (before is None or stated != part(before, "solution", "identification"))


def _newly_vouched(content: Content, before: Content | None, act: Act) -> list[str]:
    """The stages of which something is stated now that was not before, by somebody with their power; all of them where that is what is done."""
    was = () if before is None or act.kind == "deal.vouched" else stated_verbs(before)
    anew = ("deal.determine",) if act.kind == "deal.determined" else ()
    return [verb for verb in stated_verbs(content) if (verb not in was or verb in anew) and act.by.may(verb)]


def _new_checks(content: Content, before: Content | None) -> list[str]:
    stated = content.get("checks")
    made = (before or {}).get("checks")
    return [word for word in stated if not isinstance(made, list) or word not in made] if isinstance(stated, list) else []


def _link(deal: Deal, content: Content, act: Act) -> None:
    """Tie the deal's snapshots to the master records they are of; a record that is not there yet is made."""
    wanted = _wanted(content)
    links = {(link.role, link.name_key): link for link in Link.objects.filter(deal=deal)}
    for key, link in links.items():
        if key not in wanted and link.role != "solution":
            link.delete()
    for (role, name), party in wanted.items():
        if (role, name) not in links:
            record = link_party(party, act)
            Link.objects.create(deal=deal, role=role, name_key=name, party=record, number=record.version)
    name = text(content, "solution", "name")[:500]
    for key, link in links.items():
        if link.role == "solution" and key[1] != name:
            link.delete()
    if name and ("solution", name) not in links:
        solution = link_solution(part(content, "solution"), act)
        Link.objects.create(deal=deal, role="solution", name_key=name, solution=solution, number=solution.version)


def _wanted(content: Content) -> dict[tuple[str, str], Content]:
    """The parties that are tied to records: by role and what tells them apart."""
    wanted: dict[tuple[str, str], Content] = {}
    for party in items(content, "parties"):
        role, name, _ = party_key(party)
        if name:
            wanted.setdefault((role, link_key(party)), party)
    return wanted


def _authors(content: Content, before: Content | None) -> frozenset[int]:
    """Who wrote the master records that what is new in the deal was taken from: their doing is in it too."""
    found: frozenset[int] = frozenset()
    known = [] if before is None else items(before, "parties")
    for party in items(content, "parties"):
        if party not in known and party_key(party)[1] and (record := party_record_of(party)):
            found |= parties.authors_of(record, party)
    solution = part(content, "solution")
    if solution.get("name") and (before is None or solution != part(before, "solution")) and (of := solution_record_of(solution)):
        found |= solutions.authors_of(of, solution)
    return found


def _changed(before: Content, after: Content) -> list[str]:
    """The keys under which something changed, in the order of the file."""
    return [key for key in dict.fromkeys([*before, *after]) if before.get(key) != after.get(key)]


def reasoned(text: str) -> str:
    """A reason as given. Raises Refused where nothing is."""
    if (said := given(text)) is None:
        raise refuse("deal.reason")
    return said
