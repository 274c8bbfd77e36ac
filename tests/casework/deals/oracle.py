"""What is wrong with a release, found from the rows alone: it asks no guard, no fingerprint and no summary of ours."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from enduse.casework import clock
from enduse.casework.deals.models import (
    Approval,
    Attachment,
    Check,
    Closing,
    Deal,
    Hold,
    Release,
    ReleaseEvent,
    Search,
    Settlement,
    Submission,
    Version,
)
from enduse.casework.people.models import Person
from enduse.domain.decision import decide
from enduse.formats.deal_file import read_deal
from enduse.formats.plain import Document
from enduse.stores.editions import load_edition

CHECKED_FOR = timedelta(days=90)


def wrong(pk: int, at: Any = None) -> list[str]:
    """Everything that the last release of a deal should rest on and does not, as it stands at a moment; empty where there is no release."""
    release = Release.objects.filter(deal=pk).order_by("pk").last()
    if release is None:
        return []
    now = at or clock.now()
    deal, versions = Deal.objects.get(pk=pk), list(Version.objects.filter(deal=pk).order_by("number"))
    return [*_content(pk, versions, now), *_words(pk, release, versions), *_hands(pk, release, versions), *_others(deal)]


def _content(pk: int, versions: list[Version], now: Any) -> list[str]:
    content, found, edition = versions[-1].content, [], load_edition()
    deal = read_deal(Document(content), edition)
    today = clock.local_day(now)
    named = content.get("date")
    if not decide(deal, edition, at=date.fromisoformat(named) if named else today).released:
        found.append("stopped on its day")
    if not decide(deal, edition, at=today).released:
        found.append("stopped today")
    for word in content["checks"]:
        check = Check.objects.filter(deal=pk, check_word=word).order_by("pk").last()
        if check is None or now - check.at > CHECKED_FOR:
            found.append("checks too old")
            break
    if _open_hits(pk):
        found.append("a hit is open")
    signed = Check.objects.filter(deal=pk, check_word="solution.identification").order_by("pk").last()
    solution = content.get("solution", {})
    if solution.get("identification", {}).get("result") in ("listed", "not_listed"):
        then = None if signed is None else next(one.content["solution"] for one in reversed(versions) if one.at <= signed.at)
        if then is None or any(then.get(key) != solution.get(key) for key in ("name", "version", "domains", "civil_only")):
            found.append("no expert signed it")
    if content.get("indicators") and not _answered_by_an_officer(pk):
        found.append("nobody stands for the file")
    kept = set(Attachment.objects.filter(deal=pk).values_list("digest", flat=True))
    if any(digest not in kept for item in content.get("evidence", []) for digest in item.get("attachments", [])):
        found.append("a file is missing")
    return found


def _open_hits(pk: int) -> list[str]:
    """The entries that the last search for a party, also one of before, found and of which nobody said whether it is the same."""
    last = {search.particulars: search for search in Search.objects.filter(deal=pk).order_by("pk")}
    said = set(Settlement.objects.filter(deal=pk).values_list("source", "entry"))
    return [hit["entry"] for search in last.values() for hit in search.receipt["hits"] if (hit["list"], hit["entry"]) not in said]


def _answered_by_an_officer(pk: int) -> bool:
    """Whether any of those who confirmed, or wrote the first version, is an officer."""
    confirmed = Check.objects.filter(deal=pk, check_word="part:deal.indicate").values_list("by", flat=True)
    return any(Person.objects.get(pk=one).grants.filter(role="officer").exists() for one in confirmed)


def _words(pk: int, release: Release, versions: list[Version]) -> list[str]:
    found = []
    word = Approval.objects.filter(deal=pk).order_by("pk").last()
    asked = Submission.objects.filter(deal=pk).order_by("pk").last()
    if asked is None:
        found.append("not put forward")
    if word is None or word.word != "approved":
        found.append("last word is no")
    if asked is not None and word is not None and asked.at > word.at:
        found.append("put forward after the last word")
    approved = release.approval
    if approved.version.content != versions[-1].content or Attachment.objects.filter(deal=pk, at__gt=approved.at).exists():
        found.append("edited since")
    return found


def _hands(pk: int, release: Release, versions: list[Version]) -> list[str]:
    found = []
    rows: list[Attachment | Submission | Version] = [*versions, *Attachment.objects.filter(deal=pk), *Submission.objects.filter(deal=pk)]
    signed = _doing(release.approval)
    if signed & {person for row in rows for person in _doing(row)}:
        found.append("same hands")
    emails = Person.objects.filter(pk__in=signed).values_list("email", flat=True)
    if any(email in str(versions[-1].content) for email in emails if email):
        found.append("named in the deal")
    return found


def _doing(row: Approval | Attachment | Submission | Version) -> set[int]:
    """The persons whose doing a row is: who acted, whom they stood in for, whose record it was taken from."""
    return {*row.hands, *(() if row.by_id is None else (row.by_id,))}


def _others(deal: Deal) -> list[str]:
    found = []
    if Closing.objects.filter(deal=deal).exists():
        found.append("closed")
    if Hold.objects.filter(deal=deal, lift__isnull=True).exists():
        found.append("held")
    withdrawn = ReleaseEvent.objects.filter(release__deal=deal, kind="withdrawn").values("release")
    if Release.objects.filter(deal=deal).exclude(pk__in=withdrawn).count() > 1:
        found.append("released twice")
    return found
