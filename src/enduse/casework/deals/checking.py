"""Which of what a deal states as done counts: made here by somebody who may, of what stands, and not too long ago."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from enduse.casework import clock
from enduse.casework.deals.models import Check, Deal
from enduse.casework.people.settings import check_days
from enduse.domain.deal import visible
from enduse.formats.deal_parts import IDENTIFICATION, Content, identified, items, part, party_key, permits, subject

VOUCHED = "part:"  # before the verb of a stage: that somebody with its power stands for what a file brought
SETTLED = ("no_match", "dismissed", "match")
# where in the content -> the verb of the stage that writes it
PARTS: dict[tuple[str, ...], str] = {
    ("checks",): "deal.check",
    ("screening",): "deal.screen",
    ("indicators",): "deal.indicate",
    ("notices",): "deal.notice",
    ("risk",): "deal.choose",
    ("choice",): "deal.choose",
    ("departures",): "deal.depart",
    ("contract",): "deal.clauses",
    ("solution", "civil_only"): "deal.identify",
    ("solution", "suitable_for"): "deal.identify",
    ("solution", "identification"): "deal.sign_identification",
}
# what decides whether it is an export: sales may say it until somebody has determined it, and it counts once somebody has
DETERMINED = (("delivery", "recipient_can_modify"), ("delivery", "form"), ("solution", "hardware"))
# these are looked at in ways of their own: checks by their age and subject, what identification found by an expert's signature
_OTHERWISE = ("deal.check", "deal.identify", "deal.sign_identification")


@dataclass(frozen=True, slots=True)
class Checking:
    """The checks, signatures and confirmations of a deal as they are on record, oldest first."""

    rows: Sequence[Check]
    counted: timedelta  # how long a check counts

    @staticmethod
    def of(deal: Deal) -> Checking:
        """What is on record of a deal."""
        return Checking(list(deal.made_checks.order_by("pk").select_related("by")), check_days())

    def last(self, word: str, at: datetime | None = None) -> Check | None:
        """The last time that something was done, up to a moment."""
        return next((row for row in reversed(self.rows) if row.check_word == word and (at is None or row.at <= at)), None)

    def stale(self, content: Content, at: datetime | None = None) -> tuple[str, ...]:
        """The checks stated as done that do not count at a moment, or never did here. Screening counts while each party's own result does."""
        stated = content.get("checks")
        if not isinstance(stated, list):
            return ()
        found = [word for word in stated if not self._counts(word, content, at)]
        by_party = bool(items(content, "screening"))
        if by_party and "screening" in stated and "screening" not in found and unscreened(content, at, self.counted):
            found.append("screening")
        return tuple(found)

    def _counts(self, word: str, content: Content, at: datetime | None) -> bool:
        last = self.last(word, at)
        return last is not None and last.covers == subject(content, word) and last.at >= (at or clock.now()) - self.counted

    def unsigned(self, content: Content) -> bool:
        """Whether the deal states what identification found, and no expert signed that here as it stands."""
        covers, last = identified(content), self.last(IDENTIFICATION)
        return bool(covers) and (last is None or last.covers != covers)

    def unvouched(self, content: Content) -> tuple[str, ...]:
        """The verbs of the stages of which the deal states something that nobody with that power stands for."""
        vouched = {row.check_word for row in self.rows}
        return tuple(verb for verb in stated_verbs(content) if f"{VOUCHED}{verb}" not in vouched)


def stated_verbs(content: Content) -> tuple[str, ...]:
    """The verbs of the stages of which a deal states something that may open the door."""
    return tuple(dict.fromkeys(verb for verb in _stated(content) if verb not in _OTHERWISE))


def _stated(content: Content) -> Iterator[str]:
    for path, verb in PARTS.items():
        if part(content, *path[:-1]).get(path[-1]) not in (None, [], {}):
            yield verb
    if any(part(content, *path[:-1]).get(path[-1]) is not None for path in DETERMINED):
        yield "deal.determine"
    if permits(content):
        yield "deal.permit"
    if any(item.get("grade") == "clearing" for item in items(content, "evidence")):
        yield "deal.rebut"


def unscreened(content: Content, at: datetime | None = None, counted: timedelta | None = None) -> list[str]:
    """The parties that nobody has held against lists, not lately, or whose match nobody has settled: the names, in order."""
    moment = at or clock.now()
    since, until = (clock.local_day(day).isoformat() for day in (moment - (counted or check_days()), moment))
    settled = {visible(str(row.get("party"))) for row in items(content, "screening") if _settled(row, since, until)}
    names = [party_key(party)[1] for party in items(content, "parties")]
    return [name for name in names if not name or name not in settled]


def _settled(row: Mapping[str, Any], since: str, until: str) -> bool:
    """Whether a result counts: a match for ever, the others while they are fresh. A result without a day is of no known age."""
    return row.get("result") in SETTLED and (row["result"] == "match" or since <= str(row.get("date") or "") <= until)
