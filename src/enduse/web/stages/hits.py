"""Searches and their hits as the screening page shows them: why each was found, and what is known of both, side by side."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.forms import Form

from enduse.casework.deals.actions.screening import GRADES, MOST_HITS
from enduse.casework.deals.screened import FoundHit, Search, Settlement
from enduse.domain.evidence import PURPOSES
from enduse.domain.screening.entity import Entity
from enduse.domain.screening.receipt import Receipt
from enduse.formats.deal_parts import Content
from enduse.formats.list_entries import entry_from
from enduse.formats.receipts import also_not_covered, asked, born, explained, receipt_from, troubles
from enduse.reference import country_name
from enduse.web.forms import Seen, words
from enduse.web.stages.fields import Choice, Paragraph, Pick, capital, named, or_none, phrases
from enduse.web.templatetags.words import lang
from enduse.words import say

MOST_SHOWN = 25  # hits of a party at once; what is settled makes room
MOST_NAMES = 8


class OutcomeForm(Seen):
    """An outcome of screening: a match has a purpose and a grade."""

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("outcome") == "match":
            for name in ("purpose", "grade"):
                if not found.get(name):
                    self.add_error(name, words("form.screening.of_match"))
        return found


class HitForm(OutcomeForm):
    """A person's word on a hit."""

    words_of = "form.hit"
    outcome = Choice(named("hit_result", "dismissed", "match"), required=True)
    reason = Paragraph(required=True)
    purpose = Pick(or_none(named("purpose", *PURPOSES), "desk.only_match"))
    grade = Pick(or_none(phrases("grades", *GRADES), "desk.only_match"))


class OtherwiseForm(HitForm):
    """A hit that was said to be somebody else is the same after all."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].widget, self.fields["outcome"].initial = forms.HiddenInput(), "match"


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody said of a hit."""

    result: str
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class HitShown:
    """A hit as the page tells it."""

    anchor: str
    name: str
    kind: str
    of_list: str
    score: str
    why: list[str]
    facts: list[tuple[str, str, str]]
    lost: bool
    settled: Word | None
    lapsed: Word | None
    form: Form | None


@dataclass(frozen=True, slots=True)
class SearchShown:
    """The last search of a party as the page tells it."""

    pk: int
    by: str
    at: datetime
    asked: list[str]
    name: str
    lists: list[tuple[str, str, str, int, str]]  # word, publisher, day, entries, state
    troubles: list[str]
    not_covered: list[str]
    hits: list[HitShown]
    left: int


def prefix_of(search: Search, hit: FoundHit) -> str:
    """What a hit's form is called."""
    return f"hit-{search.pk}-{hit.number}"


def to_settle(hits: Iterable[FoundHit]) -> tuple[list[FoundHit], int]:
    """The hits of a search that the page shows, those to be settled first, and how many are left out."""
    found = sorted(hits, key=lambda hit: hit.settled is not None)
    return found[:MOST_SHOWN], max(0, len(found) - MOST_SHOWN)


def shown(search: Search, hits: Iterable[FoundHit], party: Content, forms: Mapping[str, Form]) -> SearchShown:
    """A party's last search, with these of its hits, in words of the page's language."""
    receipt = receipt_from(search.receipt)
    found, left = to_settle(hits)
    wrong = troubles(receipt, lang())
    if receipt.found.more:
        wrong = [*wrong, say("hits.too_many", lang(), most=MOST_HITS)]
    state = [say(f"receipt.page.state.{one.state}", lang()) for one in receipt.lists]
    return SearchShown(
        search.pk,
        search.by.name if search.by else "",
        search.at,
        asked(receipt.query, lang()),
        receipt.query.name,
        [
            (one.word, one.publisher, one.day.isoformat() if one.day else "", one.entries, told)
            for one, told in zip(receipt.lists, state, strict=True)
        ],
        wrong,
        also_not_covered(receipt, lang()),
        [_hit(receipt, search, hit, party, forms.get(prefix_of(search, hit))) for hit in found],
        left,
    )


def _hit(receipt: Receipt, search: Search, found: FoundHit, party: Content, form: Form | None) -> HitShown:
    hit = receipt.found.hits[found.number]
    day = next((one.day for one in receipt.lists if one.word == hit.list), None)
    return HitShown(
        prefix_of(search, found),
        hit.name,
        say(f"screen.kind.{hit.kind}", lang()),
        say("hits.of_list", lang(), list=hit.list, day=day.isoformat() if day else "—", entry=hit.entry),
        say("hits.score", lang(), score=f"{hit.score:.2f}", strength=f"{hit.strength:.2f}"),
        [explained(feature, lang()) for feature in hit.explanation],
        _beside(party, entry_from(json.dumps(found.entry))) if found.content else [],
        not found.content,
        _word(found.settled),
        _word(found.lapsed) if found.settled is None else None,
        form,
    )


def _word(said: Settlement | None) -> Word | None:
    return None if said is None else Word(said.result, said.by.name, said.at, said.reason)


def _beside(party: Content, entry: Entity) -> list[tuple[str, str, str]]:
    """What the deal says and what the list says, a line a particular; only what one of them tells."""
    kind, citizenship = str(party.get("kind") or ""), party.get("citizenship")
    codes = [party.get("country"), *(citizenship if isinstance(citizenship, list) else ())]
    given = party.get("identifiers") or {}
    numbers = [f"{key} {value}" for key, value in given.items()] if isinstance(given, dict) else [" ".join(map(str, one.values())) for one in given]
    told = {
        "names": ([str(party.get("name") or "")], [name.text for name in entry.names]),
        "kind": ([say(f"party_kind.{kind}", lang())] if kind else [], [say(f"hits.schema.{entry.schema}", lang())]),
        "births": ([str(party.get("birth_date") or "")], [born(one, lang()) for one in entry.births]),
        "countries": (
            [country_name(str(code), lang()) for code in codes if code],
            [country_name(one.code, lang()) if one.code else one.text for one in (*entry.nationalities, *entry.countries)],
        ),
        "addresses": ([str(party.get(key) or "") for key in ("address", "correspondence_address")], [one.text for one in entry.addresses]),
        "identifiers": (numbers, [f"{say(f'hits.number.{one.kind}', lang())} {one.value}" for one in entry.identifiers]),
        "programmes": ([], list(entry.programmes)),
        "reason": ([], [entry.reason]),
        "since": ([], [entry.since.isoformat() if entry.since else ""]),
        "until": ([], [entry.until.isoformat() if entry.until else ""]),
    }
    lines = [(capital(say(f"hits.fact.{name}", lang())), _several(ours), _several(theirs)) for name, (ours, theirs) in told.items()]
    return [line for line in lines if line[1] or line[2]]


def _several(values: Iterable[str]) -> str:
    found = list(dict.fromkeys(filter(None, values)))
    more = [say("screen.more", lang(), count=len(found) - MOST_NAMES)] if len(found) > MOST_NAMES else []
    return "; ".join([*found[:MOST_NAMES], *more])
