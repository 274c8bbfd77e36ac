"""Which of what a deal states as done counts: made here by somebody who may, of what stands, and not too long ago."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from enduse.casework import clock
from enduse.casework.deals.models import Check, Deal
from enduse.casework.deals.screened import Screening
from enduse.casework.people.settings import check_days
from enduse.formats.deal_parts import IDENTIFICATION, Content, identified, items, part, permits, subject

VOUCHED = "part:"  # before the verb of a stage: that somebody with its power stands for what a file brought
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

    deal: Deal
    rows: Sequence[Check]
    counted: timedelta  # how long a check counts

    @staticmethod
    def of(deal: Deal) -> Checking:
        """What is on record of a deal."""
        return Checking(deal, list(deal.made_checks.order_by("pk").select_related("by")), check_days())

    def last(self, word: str, at: datetime | None = None) -> Check | None:
        """The last time that something was done, up to a moment."""
        return next((row for row in reversed(self.rows) if row.check_word == word and (at is None or row.at <= at)), None)

    def stale(self, content: Content, at: datetime | None = None) -> tuple[str, ...]:
        """The checks stated as done that do not count at a moment, or never did here. Screening counts while each party's own result does.

        INVARIANT: with a hit open, or an error, `screening` never counts, whatever the deal states.
        """
        stated = content.get("checks")
        if not isinstance(stated, list):
            return ()
        found = [word for word in stated if not self._counts(word, content, at)]
        if "screening" in stated and "screening" not in found:
            screening = self.screening(at)
            if (screening.demanded or items(content, "screening")) and screening.waiting(content):
                found.append("screening")
        return tuple(found)

    def unscreened(self, content: Content, at: datetime | None = None) -> tuple[str, ...]:
        """Whose screening is not done at a moment, where searches are demanded; whether or not the deal states the check."""
        screening = self.screening(at)
        return tuple(dict.fromkeys(screening.waiting(content))) if screening.demanded else ()

    def screening(self, at: datetime | None = None) -> Screening:
        """Where the screening of the parties stood at a moment."""
        return Screening(self.deal, at, self.counted)

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
