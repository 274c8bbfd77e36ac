"""What the release of one deal must rest on, kept from what was done: it asks no guard, no fingerprint and nothing that `Held` makes of the rows."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from enduse.domain.decision import decide
from enduse.formats.deal_file import read_deal
from enduse.formats.plain import Document
from enduse.stores.editions import load_edition

CHECKED_FOR = timedelta(days=90)
Content = dict[str, Any]
Said = tuple[Content, list[str]]  # a deal as it stood: its content and its files


class Unfounded(AssertionError):
    """A release that rests on less than it must; `why` says on what it does not rest, in the words of the stories."""

    def __init__(self, why: list[str]) -> None:
        super().__init__(", ".join(why))
        self.why = frozenset(why)


@dataclass(frozen=True)
class Word:
    """What an approver said, of what, when, and whose doing it was."""

    yes: bool
    of: Said
    at: datetime
    by: frozenset[str]


@dataclass
class Gone:
    """A release that was not withdrawn: of what, on whose word, and whether somebody stopped it by hand."""

    of: Said
    word: Word | None
    stopped: bool = False


@dataclass
class Model:
    """One deal, from what people did with it."""

    hands: set[str] = field(default_factory=set)  # everybody who changed what is signed
    holds: dict[int, frozenset[str]] = field(default_factory=dict)  # open ones -> who set them
    files: list[str] = field(default_factory=list)
    checked: dict[str, tuple[datetime, Any]] = field(default_factory=dict)  # by an officer: when, and of which parties
    signed: Content | None = None  # the solution and what identification found, as an expert last signed them
    vouched: bool = False  # whether somebody with the power stands for what the file brought
    closed: bool = False
    submitted: tuple[Said, datetime] | None = None
    word: Word | None = None  # an approver's last
    gone: Gone | None = None

    def taken_in(self, content: Content, by: set[str], roles: set[str], at: datetime) -> None:
        """A file is worth what its bringer may say: an officer's checks and answers, an expert's identification."""
        self.hands |= by
        self.vouched = "officer" in roles
        if "officer" in roles:
            self.check(content["checks"], content, at)
        if "expert" in roles:
            self.sign(content)

    def check(self, words: list[str], content: Content, at: datetime) -> None:
        """Checks were made of the parties as they stand."""
        for word in words:
            self.checked[word] = at, copy.deepcopy(content["parties"])

    def sign(self, content: Content) -> None:
        """An expert signed what identification found of the solution as it stands."""
        self.signed = identified(content)

    def said(self, content: Content) -> Said:
        """What stands."""
        return copy.deepcopy(content), sorted(self.files)

    def refused(self, content: Content) -> bool:
        """Whether the last word is a no to this very deal, and it was not put forward again."""
        if self.word is None or self.word.yes or self.word.of != self.said(content):
            return False
        return self.submitted is None or self.submitted[1] <= self.word.at

    def withdrawn(self) -> None:
        """The release was withdrawn: the word that carried it carries no other."""
        if self.gone is not None and self.gone.word is self.word:
            self.word = None
        self.gone = None

    def wrong(self, content: Content, now: datetime, today: date) -> list[str]:
        """What is missing under a release of what stands, at this moment; empty where nothing is."""
        named = content.get("date")
        paper = {digest for item in content.get("evidence", []) for digest in item.get("attachments", [])}
        checked = [self.checked.get(word) for word in content["checks"]]
        found = {
            "closed": self.closed,
            "stopped on its day": not released(content, date.fromisoformat(named) if named else today),
            "stopped today": not released(content, today),
            "checks too old": any(made is None or made[1] != content["parties"] or now - made[0] > CHECKED_FOR for made in checked),
            "no expert signed it": self.signed != identified(content),
            "nobody stands for the file": not self.vouched,
            "held": bool(self.holds),
            "a file is missing": not paper <= set(self.files),
            "not put forward": self.submitted is None or self.submitted[0] != self.said(content),
        }
        return [*(why for why, so in found.items() if so), *self._unsigned(content)]

    def _unsigned(self, content: Content) -> list[str]:
        word = self.word
        if word is None or not word.yes:
            return ["last word is no"]
        found = {
            "put forward after the last word": self.submitted is not None and self.submitted[1] > word.at,
            "edited since": word.of != self.said(content),
            "same hands": bool(word.by & self.hands),
            "named in the deal": any(f"{name}@example.org" in json.dumps(content) for name in word.by),
        }
        return [why for why, so in found.items() if so]

    def twice(self, content: Content) -> list[str]:
        """What is wrong with one more release of what stands."""
        return ["released twice"] if self.gone is not None and (self.gone.stopped or self.gone.of == self.said(content)) else []


def identified(content: Content) -> Content:
    """The solution without the name and day of whoever signed it."""
    found: Content = copy.deepcopy(content["solution"])
    for key in ("expert", "signed_on"):
        found["identification"].pop(key, None)
    return found


def released(content: Content, day: date) -> bool:
    """Whether the engine releases this on that day."""
    return _released(json.dumps(content, sort_keys=True), day)


@lru_cache(maxsize=512)
def _released(content: str, day: date) -> bool:
    edition = load_edition()
    return decide(read_deal(Document(json.loads(content)), edition), edition, at=day).released
