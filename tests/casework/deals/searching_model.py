"""What the screening of one deal must rest on, kept from what was done: it knows the lists as they were brought, and asks no guard."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from enduse.casework import clock
from tests.casework.deals.model import Unfounded, released

CHECKED_FOR = timedelta(days=90)
LISTED_FOR = 30  # days; the machine sets this limit for every list
MOST = 2  # hits of a party that are kept; the machine sets it
Content = dict[str, Any]
Row = Mapping[str, str]  # an entry as it was brought
Hit = tuple[str, str]  # the list's word and the entry's number
Said = tuple[str, Hit, str, str, str]

__all__ = ["Brought", "Content", "Hit", "Model", "Row", "Sought", "Unfounded", "Word", "expected", "parties_of", "who"]


@dataclass(frozen=True, slots=True)
class Brought:
    """A list as it was last brought."""

    rows: Mapping[str, Row]
    day: date
    digest: str


@dataclass(frozen=True, slots=True)
class Expected:
    """What a search of a party must find in the lists as they stand."""

    name: str
    complete: bool
    hits: Mapping[Hit, Row]
    digests: Mapping[str, str]  # of the lists that are there to be searched

    @property
    def more(self) -> bool:
        """Whether there are more hits than are kept."""
        return len(self.hits) > MOST


@dataclass(frozen=True, slots=True)
class Sought:
    """A party held against the lists once."""

    number: int
    of: str
    at: datetime
    found: Expected
    order: tuple[Hit, ...]  # the hits that were kept, best first

    @property
    def sound(self) -> bool:
        """Whether every chosen list was there and not old, and every hit was kept."""
        return self.found.complete and not self.found.more


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody said of a hit: of which party, and of an entry that reads so."""

    of: str
    hit: Hit
    row: Row
    result: str
    reason: str


@dataclass
class Model:
    """One deal, from what people did with it."""

    export: bool = True
    chosen: tuple[str, ...] = ()
    searches: list[Sought] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    stood: list[frozenset[str]] = field(default_factory=list)  # who was a party together with whom
    by_hand: dict[str, tuple[datetime, str]] = field(default_factory=dict)  # who was held against lists by hand, when, with which result
    stated: tuple[datetime, list[Content]] | None = None  # an officer said that screening was done, of which parties
    adverse: list[tuple[str, Content]] = field(default_factory=list)  # what the deal may not lose: the key in its content, and the item
    hands: set[str] = field(default_factory=set)  # everybody who changed what is signed
    signed: tuple[Content, list[Said], str] | None = None  # what an approver signed last, and who

    def stands(self, content: Content) -> None:
        """The deal says this now."""
        if (now := frozenset(map(who, parties_of(content)))) not in self.stood:
            self.stood.append(now)

    # hits and words

    @property
    def last(self) -> dict[str, Sought]:
        """The last search of everybody who was ever searched for."""
        return {search.of: search for search in self.searches}

    def word(self, search: Sought, hit: Hit) -> Word | None:
        """The last word on a hit: of this very party, and of an entry that reads as it did when it was found."""
        wanted = (search.of, hit, search.found.hits[hit])
        return next((word for word in reversed(self.words) if (word.of, word.hit, word.row) == wanted), None)

    def hits(self, content: Content) -> list[tuple[Sought, Hit]]:
        """The hits that stand: of the parties as they are, and those of former ones that no search of the same party tells."""
        now, last = {who(party) for party in parties_of(content)}, self.last
        found = [(search, hit) for of, search in last.items() if of in now for hit in search.order]
        for of, search in last.items():
            if of not in now and not search.found.more:
                others = [other for other in last.values() if other.of in now or (other.number > search.number and not other.found.more)]
                found += [(search, hit) for hit in search.order if not any(self._tells(other, search, hit) for other in others)]
        return found

    def _tells(self, other: Sought, search: Sought, hit: Hit) -> bool:
        if hit not in other.order or any({other.of, search.of} <= together for together in self.stood):
            return False
        return other.number > search.number or other.found.hits[hit] == search.found.hits[hit]

    def open_hits(self, content: Content) -> list[tuple[Sought, Hit]]:
        """The hits that stand and of which nobody with the power said anything."""
        return [(search, hit) for search, hit in self.hits(content) if self.word(search, hit) is None]

    def said(self, content: Content) -> list[Said]:
        """What was said of the hits that stand."""
        words = [word for search, hit in self.hits(content) if (word := self.word(search, hit)) is not None]
        return sorted((word.of, word.hit, json.dumps(word.row, sort_keys=True), word.result, word.reason) for word in words)

    # what is missing

    @property
    def demanded(self) -> bool:
        """Whether searches count and nothing else."""
        return bool(self.chosen or self.searches)

    def unscreened(self, content: Content, now: datetime) -> list[str]:
        """What is missing of the screening; empty where nothing is."""
        if self.demanded:
            found = [why for party in parties_of(content) if (why := self._unsearched(party, now))]
            return [*found, *("a hit is open" for _ in self.open_hits(content))]
        return ["not screened by hand"] if self.export and not self._by_hand(content, now) else []

    def _unsearched(self, party: Content, now: datetime) -> str:
        search = self.last.get(who(party))
        if search is None:
            return "not searched"
        if not search.sound:
            return "a list is missing or old" if not search.found.complete else "more hits than are kept"
        return "searched too long ago" if now - search.at > CHECKED_FOR else ""

    def _by_hand(self, content: Content, now: datetime) -> bool:
        if not content.get("screening"):
            return self.stated is not None and now - self.stated[0] <= CHECKED_FOR and self.stated[1] == content["parties"]
        made = [self.by_hand.get(who(party)) for party in parties_of(content)]
        return all(one is not None and (one[1] == "match" or _days(one[0], now) <= CHECKED_FOR.days) for one in made)

    def wrong(self, content: Content, now: datetime) -> list[str]:
        """What is missing under a release of what stands, as far as screening goes."""
        found = self.unscreened(content, now)
        if not released(content, clock.local_day(now)):
            found.append("stopped today")
        if self.lost(content):
            found.append("something adverse is gone")
        if self.signed is None or self.signed[:2] != (content, self.said(content)):
            found.append("not what was signed")
        elif self.signed[2] in self.hands:
            found.append("same hands")
        return found

    def lost(self, content: Content) -> list[Content]:
        """What is adverse and was in the deal, and is not there any more or reads otherwise."""
        return [item for key, item in self.adverse if item not in content.get(key, [])]

    def sign(self, content: Content, by: str) -> None:
        """An approver signed what stands, and what was said of hits."""
        self.signed = copy.deepcopy(content), self.said(content), by


def expected(party: Content, lists: Mapping[str, Brought], chosen: tuple[str, ...], today: date) -> Expected:
    """What a search must find: every entry of that name in the chosen lists as they were last brought."""
    words = chosen or tuple(sorted(lists))
    there = {word: lists[word] for word in words if word in lists}
    complete = bool(words) and len(there) == len(words) and all((today - one.day).days <= LISTED_FOR for one in there.values())
    hits = {(word, number): row for word, one in there.items() for number, row in one.rows.items() if row["name"] == party["name"]}
    return Expected(party["name"], complete, hits, {word: one.digest for word, one in there.items()})


def who(party: Content) -> str:
    """Who a party is: all that is said of it but its role."""
    return json.dumps({key: value for key, value in party.items() if key != "role" and value is not None}, sort_keys=True)


def parties_of(content: Content) -> list[Content]:
    """The parties of a deal."""
    found: list[Content] = content["parties"]
    return found


def _days(since: datetime, now: datetime) -> int:
    return (clock.local_day(now) - clock.local_day(since)).days
