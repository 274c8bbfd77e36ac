"""Where the screening of a deal stands: each party by its last search and by what people said of its hits. The check follows from it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from django.conf import settings
from django.db.models import Max

from enduse.casework import clock
from enduse.casework.deals.models import Deal, Search, Settlement
from enduse.casework.people.settings import check_days
from enduse.domain.deal import visible
from enduse.formats.deal_parts import Content, items, particulars_of, party_key, text

__all__ = ["BY_HAND", "DONE", "FormerParty", "FoundHit", "Screening", "Search", "Settlement", "State", "is_of", "unscreened", "unsearched"]
State = Literal["not_searched", "error", "open", "too_old", "match", "cleared", "nothing"]
DONE: tuple[State, ...] = ("match", "cleared", "nothing")
BY_HAND = ("no_match", "dismissed", "match")


@dataclass(frozen=True, slots=True)
class FoundHit:
    """A hit of a party's last search with the entry that it is of, who settled it and who settled it when it read otherwise."""

    number: int  # among the hits of its search
    hit: Mapping[str, Any]
    content: str  # the digest of the entry; empty where the list no longer had it
    entry: Mapping[str, Any]
    settled: Settlement | None
    lapsed: Settlement | None


@dataclass(frozen=True, slots=True)
class FormerParty:
    """Who was searched for and is no party any more, or not as it was then, with the hits that are left of it."""

    search: Search
    hits: tuple[FoundHit, ...]

    @property
    def name(self) -> str:
        """The name that was searched for."""
        return str(self.search.receipt["query"]["name"])

    @property
    def open(self) -> bool:
        """Whether a hit waits for a word."""
        return any(hit.settled is None for hit in self.hits)


@dataclass(frozen=True)
class Screening:
    """The searches and settlements of a deal as they stood at a moment."""

    deal: Deal
    at: datetime | None = None
    counted: timedelta = field(default_factory=check_days)  # how long a search counts
    _held: dict[str, Any] = field(default_factory=dict)

    @property
    def last(self) -> Mapping[str, Search]:
        """The last search of each party, by its particulars."""
        if "last" not in self._held:
            rows = self.deal.searches.all() if self.at is None else self.deal.searches.filter(at__lte=self.at)
            newest = list(rows.order_by().values("particulars").annotate(newest=Max("pk")).values_list("newest", flat=True))
            found = Search.objects.filter(pk__in=newest).select_related("by") if newest else ()
            self._held["last"] = {search.particulars: search for search in found}
        found_: Mapping[str, Search] = self._held["last"]
        return found_

    @property
    def demanded(self) -> bool:
        """Whether every party has to be searched: the organisation has chosen lists, or the deal was searched once."""
        return bool(settings.CONFIG.lists.chosen) or bool(self.last)

    @property
    def settlements(self) -> Sequence[Settlement]:
        """What people said of hits, oldest first."""
        if "settlements" not in self._held:
            rows = self.deal.settlements.all() if self.at is None else self.deal.settlements.filter(at__lte=self.at)
            self._held["settlements"] = list(rows.order_by("pk").select_related("by")) if self.last else []
        found: Sequence[Settlement] = self._held["settlements"]
        return found

    def search_of(self, party: Content) -> Search | None:
        """The last search of a party as it stands."""
        return self.last.get(particulars_of(party))

    def hits(self, search: Search, *, former: bool = False) -> list[FoundHit]:
        """The hits of a search, best first, each with the last word on it. That of a former party is settled also where the entry is lost."""
        found = []
        for number, (hit, held) in enumerate(zip(search.receipt["hits"], search.entries, strict=True)):
            same = [one for one in self.settlements if (one.source, one.entry) == (hit["list"], hit["entry"]) and _of(one, search)]
            told = former or held["digest"]
            counts = [one for one in same if told and (one.content, one.particulars) == (held["digest"], search.particulars)]
            found.append(FoundHit(number, hit, held["digest"], held["entry"], next(reversed(counts), None), next(reversed(same), None)))
        return found

    def state(self, party: Content) -> State:
        """Where a party stands. Only what is in `DONE` is done."""
        search = self.search_of(party)
        if search is None:
            return "not_searched"
        if not search.receipt["complete"] or search.receipt["more"]:
            return "error"
        settled = [hit.settled for hit in self.hits(search)]
        if None in settled:
            return "open"
        if search.at < (self.at or clock.now()) - self.counted:
            return "too_old"
        results = {one.result for one in settled if one is not None}
        return "match" if "match" in results else "cleared" if results else "nothing"

    def former(self, content: Content) -> list[FormerParty]:
        """Who was searched for and is no party as it stands, newest first, with the hits that no other search of that party tells.

        INVARIANT: an open hit goes on waiting when its party is changed or removed. Only a search of the same party that tells the same
        entry stands for it: who stood beside that party in any version is somebody else. More hits than are kept are no answer to settle.
        """
        now = {particulars_of(party) for party in items(content, "parties")}
        telling = [search for key, search in self.last.items() if key in now]
        found = []
        gone = [search for key, last in self.last.items() if key not in now for search in self._since_whole(last)]
        for search in sorted(gone, key=lambda one: -one.pk):
            if search.receipt["more"]:
                continue
            left = [hit for hit in self.hits(search, former=True) if not any(self._tells(other, search, hit) for other in telling)]
            telling.append(search)
            if left:
                found.append(FormerParty(search, tuple(left)))
        return found

    def _since_whole(self, last: Search) -> list[Search]:
        """The last search of a party, newest first with those before it back to one that saw all lists: what failed answers for nothing."""
        if last.receipt["complete"]:
            return [last]
        found = []
        for search in self.deal.searches.filter(particulars=last.particulars, pk__lte=last.pk).order_by("-pk").select_related("by"):
            found.append(search)
            if search.receipt["complete"]:
                break
        return found

    def _tells(self, other: Search, search: Search, hit: FoundHit) -> bool:
        """Whether another search tells this hit, of the same party under other particulars: a newer one, or of an entry that reads the same."""
        for told, entry in zip(other.receipt["hits"], other.entries, strict=True):
            if (told["list"], told["entry"]) == (hit.hit["list"], hit.hit["entry"]):
                same = other.pk > search.pk or entry["digest"] == hit.content
                return same and (
                    other.particulars == search.particulars
                    or not any({other.particulars, search.particulars} <= stood.keys() for stood in self._stood)
                )
        return False

    @property
    def _stood(self) -> list[dict[str, Content]]:
        """The parties of each version by their particulars, newest first; those of several versions alike once."""
        if "stood" not in self._held:
            rows = self.deal.versions.all() if self.at is None else self.deal.versions.filter(at__lte=self.at)
            contents = rows.order_by("-number").values_list("content", flat=True).iterator()
            said = {json.dumps(parties): parties for content in contents if (parties := items(content, "parties"))}
            self._held["stood"] = [{particulars_of(party): party for party in parties} for parties in said.values()]
        found: list[dict[str, Content]] = self._held["stood"]
        return found

    def party_of(self, search: Search) -> Content:
        """Who was searched for, as the deal told it then."""
        return next((stood[search.particulars] for stood in self._stood if search.particulars in stood), {"name": search.receipt["query"]["name"]})

    def said(self, content: Content) -> list[list[str]]:
        """What people said of the hits of the parties as they stand, and of former ones: an approver signs that, too."""
        found = []
        searches = {search.pk: search for party in items(content, "parties") if (search := self.search_of(party))}
        told = [self.hits(search) for search in searches.values()]
        for hits in (*told, *(former.hits for former in self.former(content))):
            words = [hit.settled for hit in hits if hit.settled is not None]
            found += [[one.particulars, one.source, one.entry, one.content, one.result, one.reason] for one in words]
        return sorted(found)

    def waiting(self, content: Content) -> list[str]:
        """The parties whose screening is not done, then the former ones with an open hit: their names, in order."""
        return [*(party_key(party)[1] for party in self.waiting_parties(content)), *(one.name for one in self.former(content) if one.open)]

    def waiting_parties(self, content: Content) -> list[Content]:
        """The parties whose screening is not done. Where searches are demanded nothing else counts."""
        if not self.demanded:
            return _unscreened(content, self.at or clock.now(), self.counted)
        return [party for party in items(content, "parties") if not party_key(party)[1] or self.state(party) not in DONE]


def unsearched(content: Content) -> list[str]:
    """Who is named in the deal and is none of its parties, so that nobody searches for them: the names."""
    known = {party_key(party)[1].casefold() for party in items(content, "parties")}
    named = (text(content, "payment", "payer"), text(content, "shipment", "final_destination", "name"))
    return [name for name in dict.fromkeys(named) if name and name.casefold() not in known]


def _of(settlement: Settlement, search: Search) -> bool:
    """Whether a word was said of this party, also as it read before."""
    return settlement.particulars == search.particulars or settlement.party == search.receipt["query"]["name"]


def unscreened(content: Content, at: datetime | None = None, counted: timedelta | None = None) -> list[str]:
    """The parties that nobody has held against lists by hand, not lately, or whose match nobody has settled: the names, in order."""
    return [party_key(party)[1] for party in _unscreened(content, at or clock.now(), counted or check_days())]


def _unscreened(content: Content, moment: datetime, counted: timedelta) -> list[Content]:
    since, until = (clock.local_day(day).isoformat() for day in (moment - counted, moment))
    settled = [row for row in items(content, "screening") if _settled(row, since, until)]
    parties = items(content, "parties")
    return [party for party in parties if not any(is_of(row, party, parties) for row in settled)]


def is_of(row: Mapping[str, Any], party: Content, parties: Sequence[Content]) -> bool:
    """Whether a result by hand is of this party. One that tells no particulars is of a name that one party alone bears."""
    name = party_key(party)[1]
    if not name or visible(str(row.get("party"))) != name:
        return False
    if row.get("particulars"):
        return bool(row["particulars"] == particulars_of(party))
    return len({particulars_of(other) for other in parties if party_key(other)[1] == name}) == 1


def _settled(row: Mapping[str, Any], since: str, until: str) -> bool:
    """Whether a result counts: a match for ever, the others while they are fresh. A result without a day is of no known age."""
    return row.get("result") in BY_HAND and (row["result"] == "match" or since <= str(row.get("date") or "") <= until)
