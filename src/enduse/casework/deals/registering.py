"""What the register says of a deal: the four groups of 5.3 as they stand, of a release as it was given, and of an entry put right."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from enduse.casework.deals.deciding import edition
from enduse.casework.deals.models import Release, Version
from enduse.casework.deals.queries import Held
from enduse.casework.door import Act
from enduse.casework.register.entries import enter
from enduse.casework.register.models import Entry
from enduse.domain.refusals import refuse
from enduse.domain.register import lacks
from enduse.formats.deal_file import read_deal
from enduse.formats.deal_parts import Content, items, part, permits
from enduse.formats.plain import Document

HEAD = ("reference", "title", "version", "digest", "outcome", "clauses", "edition")
GROUPS = ("documents", "parties", "subjects", "identification")


def groups(content: dict[str, Any]) -> dict[str, Any]:
    """The four groups: basis documents, counterparty and other foreign persons, subjects, identification results."""
    solution = part(content, "solution")
    return {
        "documents": items(content, "documents"),
        "parties": items(content, "parties"),
        "subjects": {
            "solution": {key: solution[key] for key in ("name", "version") if key in solution},
            "delivery": part(content, "delivery"),
            "quantity": part(content, "quantity"),
            "end_use": part(content, "end_use"),
            "hardware": solution.get("hardware"),
        },
        "identification": {**part(content, "solution", "identification"), "civil_only": solution.get("civil_only"), "permits": permits(content)},
    }


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a correction says otherwise than the entry it corrects; what is left out stays as it was entered."""

    documents: Sequence[Mapping[str, str]] = ()  # all of them, where any is given
    excused: str | None = None  # why the record is left out; empty: it is not, any more
    solution: str = ""
    version: str = ""
    names: Mapping[int, str] = field(default_factory=dict)  # of parties, by place; where the entry has none, place 0 is the counterparty


def enter_deal(held: Held, event: str, act: Act, *, reason: str = "") -> Entry:
    """The entry of a deal as it stands, inside an action on it."""
    decision = held.decided.decision
    head = _head(held.version, decision.outcome.name, decision.clauses, decision.edition)
    return enter(act, deal=held.deal.pk, event=event, content=_entry_content(head, held.content), lacks=lacks(held.decided.deal), reason=reason)


def enter_withdrawal(release: Release, act: Act, *, reason: str) -> Entry:
    """The entry of a release that is withdrawn: it says what that release's own entry says, as last corrected, whatever the deal says by now."""
    before = Release.objects.filter(deal=release.deal_id, pk__lt=release.pk).count()
    last = _latest(_begun(release.deal_id, "released")[before])
    return enter(act, deal=release.deal_id, event="withdrawn", content=last.content, lacks=last.lacks, reason=reason)


def enter_correction(wrong: Entry, given: Particulars, act: Act, *, reason: str) -> Entry:
    """An entry in place of a wrong or incomplete one: of what was entered then, with what is given; the deal itself is not asked again.

    INVARIANT: an entry of a release names what that release is bound to. Only what it rests on may be put otherwise: its documents,
    and why something is left out. Raises Refused where more is asked or nothing is, ValueError for a place without a party,
    BadInput where what is given cannot stand in a deal.
    """
    first = _first(wrong)
    release = _release_of(first)
    if release is not None and (given.solution or given.version or given.names):
        raise refuse("register.bound", number=wrong.number)
    version = release.version if release else Version.objects.get(deal=wrong.deal_id, number=first.content["version"])
    content = copy.deepcopy(version.content)
    _put(content, "documents", [dict(row) for row in given.documents] or wrong.content["documents"])
    excused = wrong.content.get("excused") if given.excused is None else given.excused.strip()
    _put(content, "record", {"excused": excused} if excused else None)
    if release is None:
        _put(content, "parties", _named(wrong.content["parties"], given.names))
        for key, value in (("name", given.solution), ("version", given.version)):
            if stated := value.strip() or wrong.content["subjects"]["solution"].get(key):
                content.setdefault("solution", {})[key] = stated
    decided = release.decision if release else None
    head = (
        _head(version, decided.outcome, decided.answer["clauses"], decided.answer["edition"])
        if decided
        else {key: first.content[key] for key in HEAD}
    )
    entered, lacking = _entry_content(head, content), lacks(read_deal(Document(content), edition()))
    if entered == wrong.content and list(lacking) == wrong.lacks:
        raise refuse("register.unchanged", number=wrong.number)
    return enter(act, deal=wrong.deal_id, event=wrong.event, content=entered, lacks=lacking, reason=reason, corrects=wrong)


def of_release(entry: Entry) -> bool:
    """Whether an entry tells of a release, given or withdrawn: then it names what that release is bound to."""
    return _release_of(_first(entry)) is not None


def _release_of(first: Entry) -> Release | None:
    """The release that an entry was made with, or with whose withdrawal: both come in their order; the entry of a deal given up is its last."""
    if first.event not in ("released", "withdrawn"):
        return None
    releases = Release.objects.filter(deal=first.deal_id).order_by("pk").select_related("version", "decision")
    if first.event == "withdrawn":
        releases = releases.filter(events__kind="withdrawn")
    before = _begun(first.deal_id, first.event).filter(number__lt=first.number).count()
    return next(iter(releases[before : before + 1]), None)


def _begun(deal: int, event: str) -> QuerySet[Entry]:
    """The entries of a kind that correct none, in their order."""
    return Entry.objects.filter(deal=deal, event=event, corrects=None).order_by("number")


def _first(entry: Entry) -> Entry:
    """The entry that corrections began with."""
    while entry.corrects is not None:
        entry = entry.corrects
    return entry


def _latest(entry: Entry) -> Entry:
    """The entry that the last correction made."""
    while (later := entry.corrections.first()) is not None:
        entry = later
    return entry


def _head(version: Version, outcome: str, clauses: Sequence[str], of_edition: str) -> dict[str, Any]:
    values = (version.deal.reference, version.content.get("title"), version.number, version.digest, outcome, list(clauses), of_edition)
    return dict(zip(HEAD, values, strict=True))


def _entry_content(head: Mapping[str, Any], content: Content) -> dict[str, Any]:
    return {**head, "excused": part(content, "record").get("excused"), **groups(content)}


def _named(parties: list[Content], names: Mapping[int, str]) -> list[Content]:
    """The parties with names put in. Raises ValueError for a place without a party."""
    found = [dict(party) for party in parties] or ([{"role": "counterparty"}] if names else [])
    for place, name in names.items():
        if not 0 <= place < len(found):
            raise ValueError(place)
        found[place]["name"] = name
    return found


def _put(content: Content, key: str, value: Any) -> None:
    if value:
        content[key] = value
    else:
        content.pop(key, None)
