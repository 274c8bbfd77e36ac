"""Screening by search: every party held against the lists, and what people say of the hits (3.2)."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.utils import timezone

from enduse.casework import clock
from enduse.casework.deals.keeping import Kept, about, keep, open_case, reasoned
from enduse.casework.deals.models import Search, Settlement
from enduse.casework.deals.queries import Held, deal_for
from enduse.casework.deals.screened import FoundHit, Screening
from enduse.casework.door import action
from enduse.casework.people.actor import Actor
from enduse.domain.refusals import Refused, refuse
from enduse.domain.rules import fingerprint
from enduse.domain.screening.search import Norms
from enduse.formats.deal_parts import Content, items, next_id, particulars_of, party_key, taken_away
from enduse.formats.list_entries import entry_line
from enduse.formats.receipts import DIGEST, plain
from enduse.stores.entries import entries_of
from enduse.stores.questions import query_from
from enduse.stores.screening import Desk, desk

MOST_HITS = 200  # of a party; with more its search is an error: nobody can look at what is not kept
KINDS = {"company": "company", "person": "person"}  # a state has no kind of its own on a list
GRADES = ("alleged", "concern")  # what is confirmed is recorded as evidence, with its papers


@dataclass(frozen=True, slots=True)
class Found:
    """One party's search, before it is kept."""

    particulars: str
    receipt: Mapping[str, Any]
    entries: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Prepared:
    """The parties of one version of a deal held against the lists."""

    deal: int
    version: int
    found: tuple[Found, ...]


def prepare(deal: int, *, by: Actor, seen: int) -> Prepared:
    """Search every party of a deal as the actor saw it. Outside of any action: it may take its time, and nothing is written.

    Raises NotAllowed, Stale, Refused where the deal is closed, names nobody or no list is held, BadInput where a party cannot be searched.
    """
    by.demand("deal.screen")
    held = open_case(deal, by, seen)
    parties = {particulars_of(party): party for party in items(held.content, "parties") if party_key(party)[1]}
    if not parties:
        raise refuse("screening.nobody", reference=held.deal.reference)
    config = settings.CONFIG
    at = timezone.localtime(clock.now())
    made = desk(config.data, at=at, words=config.lists.chosen or None, limits=config.lists.limits)
    if not made.lists:
        raise refuse("screening.no_lists")
    return Prepared(deal, seen, tuple(_searched(made, party) for party in parties.values()))


def _searched(made: Desk, party: Content) -> Found:
    receipt = made.screen(query_from(question(party)), replace(Norms(), limit=MOST_HITS), at=timezone.localtime(clock.now()))
    known = entries_of(settings.CONFIG.data, receipt.lists, {(hit.list, hit.entry) for hit in receipt.found.hits})
    entries: list[Mapping[str, Any]] = []
    for hit in receipt.found.hits:
        entity = known.get((hit.list, hit.entry))
        said = {} if entity is None else json.loads(entry_line(entity))
        entries.append({"digest": fingerprint(said) if said else "", "entry": said})
    return Found(particulars_of(party), plain(receipt), entries)


def question(party: Content) -> dict[str, str | list[str]]:
    """What of a party is asked of the lists."""
    citizenship, given = party.get("citizenship"), party.get("identifiers") or {}
    numbers = given.values() if isinstance(given, dict) else [one.get("value") for one in given]
    return {
        "name": party_key(party)[1],
        "kind": KINDS.get(str(party.get("kind")), "any"),
        "country": [str(one) for one in (party.get("country"), *(citizenship if isinstance(citizenship, list) else ())) if one],
        "birth_date": str(party.get("birth_date") or ""),
        "identifier": [str(one) for one in numbers if one],
        "address": str(party.get("address") or party.get("correspondence_address") or ""),
    }


def search(deal: int, *, by: Actor, seen: int) -> Kept:
    """Hold every party of a deal against the chosen lists, and keep the receipts: `prepare`, then `record`."""
    return record(prepare(deal, by=by, seen=seen), by=by)


def record(prepared: Prepared, *, by: Actor) -> Kept:
    """Keep what was searched. Raises Stale where the deal is another by now, and nothing is kept.

    The check `screening` is done once no party waits: it is stated then, and taken out of the deal otherwise.
    """
    by.demand("deal.screen")
    with action("deal.searched", by=by, about=about(prepared.deal)) as act:
        held = open_case(prepared.deal, by, prepared.version)
        kept = []
        for one in prepared.found:
            made = Search.objects.create(
                deal=held.deal,
                particulars=one.particulars,
                digest=one.receipt[DIGEST],
                receipt=one.receipt,
                entries=list(one.entries),
                by_id=by.who,
                hands=sorted(by.hands),
                at=act.at,
            )
            said = {"search": made.pk, "particulars": one.particulars, "receipt": made.digest, "entries": fingerprint(list(one.entries))}
            kept.append({**said, "hits": len(one.entries), "complete": one.receipt["complete"]})
        says = {"searches": kept, "hits": sum(one["hits"] for one in kept)}
        return keep(held.deal, _checked(held, held.content), act, before=held.content, says=says)


def settle_hit(deal: int, *, by: Actor, seen: int, found: int, number: int, result: str, reason: str, purpose: str = "", grade: str = "") -> Kept:
    """A person's word on the hit `number` of the search `found`: `dismissed` (somebody else), or `match`, which becomes evidence.

    Raises Refused where that search is not the last of a party of the deal, also of a former one; the hit is settled so already, or was a match.
    """
    by.demand("deal.screen")
    if result not in ("dismissed", "match"):
        raise refuse("screening.result", result=result)
    reason = reasoned(reason)
    with action("deal.hit_settled", by=by, about=about(deal)) as act:
        held = open_case(deal, by, seen)
        party, last, hit = _hit_of(held, found, number)
        if hit.settled is not None and hit.settled.result in ("match", result):
            raise refuse("screening.settled", name=hit.hit["name"])
        if result == "match" and (not purpose or grade not in GRADES):
            raise refuse("screening.match_without_evidence", party=party)
        made = Settlement.objects.create(
            deal=held.deal,
            search=last,
            particulars=last.particulars,
            party=last.receipt["query"]["name"],
            source=hit.hit["list"],
            entry=hit.hit["entry"],
            content=hit.content,
            result=result,
            reason=reason,
            by_id=by.who,
            hands=sorted(by.hands),
            at=act.at,
        )
        content = copy.deepcopy(held.content)
        if result == "match":
            _matched(content, party, last.particulars, _source(last, hit.hit), reason, purpose, grade, by)
        content = _checked(held, content)
        if lost := taken_away(held.content, content):
            raise Refused(*lost)
        said = {"settlement": made.pk, "search": last.pk, "particulars": last.particulars, "party": made.party, "list": made.source}
        said |= {"entry": made.entry, "content": made.content, "result": result, "reason": reason}
        return keep(held.deal, content, act, before=held.content, says=said)


def _hit_of(held: Held, found: int, number: int) -> tuple[str, Search, FoundHit]:
    """The hit, its search and whose it is. Raises Refused where that is neither the last search of a party as it stands nor left of a former one."""
    screening = Screening(held.deal)
    for party in items(held.content, "parties"):
        last = screening.search_of(party)
        if last is None or last.pk != found or not party_key(party)[1]:
            continue
        for hit in screening.hits(last):
            if hit.number == number:
                if not hit.content:
                    raise refuse("screening.entry_lost", list=hit.hit["list"], entry=hit.hit["entry"])
                return party_key(party)[1], last, hit
    for former in screening.former(held.content):
        for hit in former.hits:
            if (former.search.pk, hit.number) == (found, number):
                return former.name, former.search, hit
    raise refuse("screening.no_hit")


def _matched(content: Content, name: str, particulars: str, source: str, reason: str, purpose: str, grade: str, by: Actor) -> None:
    """A match on record: a result of the party, and what it is evidence of."""
    day = clock.today().isoformat()
    row = {"party": name, "particulars": particulars, "result": "match", "lists": [source], "reason": reason}
    content["screening"] = [*items(content, "screening"), {**row, "by": by.signature, "date": day}]
    known = {"id": next_id(content), "purpose": purpose, "grade": grade, "party": name, "source": f"{source}: {reason}"}
    content.setdefault("evidence", []).append({**known, "recorded_by": by.signature})


def _source(found: Search, hit: Mapping[str, Any]) -> str:
    day = next((one["day"] for one in found.receipt["lists"] if one["list"] == hit["list"]), None)
    return f"{hit['list']} {day or ''} {hit['entry']} {hit['name']}".strip()


def _checked(held: Held, content: Content) -> Content:
    """The content with the check as it follows from the searches and settlements that stand now, inside the action."""
    stated = content.get("checks") or []
    done = not Screening(held.deal).waiting(content)
    if done == ("screening" in stated):
        return content
    return {**content, "checks": [*stated, "screening"] if done else [word for word in stated if word != "screening"]}


def search_for(actor: Actor, deal: int, found: int) -> Search:
    """A search of a deal that the actor may see. Raises NotAllowed, Refused where the deal has none of that number."""
    kept = deal_for(actor, deal).searches.filter(pk=found).first()
    if kept is None:
        raise refuse("deal_receipt.absent", search=found)
    return kept
