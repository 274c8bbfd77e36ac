"""What is known and what authorities said: evidence, rebuttals, notices, permits. Things are added; nothing adverse is taken away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from enduse.casework import clock
from enduse.casework.deals.actions.stages import put
from enduse.casework.deals.keeping import Kept, amend, reasoned
from enduse.casework.people.actor import Actor
from enduse.domain.evidence import same_person
from enduse.domain.refusals import refuse
from enduse.formats.deal_parts import Content, items, next_id, permits


def record_evidence(
    deal: int,
    *,
    by: Actor,
    seen: int,
    purpose: str,
    grade: str,
    source: str,
    party: str = "",
    reliability: str = "unknown",
    attachments: Sequence[str] = (),
) -> Kept:
    """Something known of a purpose (4.1-4.4). Confirmed takes an officer and an attachment (reading 10)."""
    if grade == "clearing":
        raise refuse("evidence.clearing")
    if grade == "confirmed":
        by.demand("deal.rebut")
        if not attachments:
            raise refuse("evidence.confirmed")

    def change(content: Content) -> None:
        row: Content = {"id": next_id(content), "purpose": purpose, "grade": grade}
        row |= {"party": party} if party.strip() else {}
        row |= {"source": reasoned(source), "recorded_by": by.signature, "recorded_on": clock.today().isoformat(), "reliability": reliability}
        row |= {"attachments": list(attachments)} if attachments else {}
        content.setdefault("evidence", []).append(row)

    return amend(deal, kind="deal.evidence_recorded", verb="deal.evidence", by=by, seen=seen, change=change, purpose=purpose, grade=grade)


def rebut(deal: int, *, by: Actor, seen: int, item: str, source: str, attachments: Sequence[str] = ()) -> Kept:
    """A rebuttal of an item that is alleged or a concern, by another person than the one who recorded it, with the enquiries made."""

    def change(content: Content) -> None:
        found = next((row for row in items(content, "evidence") if row.get("id") == item), None)
        if found is None:
            raise refuse("evidence.absent", id=item)
        if found.get("grade") not in ("alleged", "concern"):
            raise refuse("evidence.not_rebuttable", id=item, grade=str(found.get("grade")))
        if any(same_person(str(found.get("recorded_by") or ""), name) for name in (by.signature, *by.names)):
            raise refuse("evidence.same_person", id=item)
        row: Content = {"id": next_id(content), "purpose": found["purpose"], "grade": "clearing", "rebuts": [item], "source": reasoned(source)}
        row |= {"recorded_by": by.signature, "recorded_on": clock.today().isoformat()}
        row |= {"attachments": list(attachments)} if attachments else {}
        content.setdefault("evidence", []).append(row)

    return amend(deal, kind="deal.evidence_rebutted", verb="deal.rebut", by=by, seen=seen, change=change, item=item)


def record_notice(deal: int, *, by: Actor, seen: int, written: str, number: str = "", date: str = "") -> Kept:
    """What FSTEC said of the deal, in writing or orally (4.3)."""

    def change(content: Content) -> None:
        row: Content = {"from": "fstec", "written": written}
        row |= {"number": number.strip()} if number.strip() else {}
        row |= {"date": date.strip()} if date.strip() else {}
        content.setdefault("notices", []).append(row)

    return amend(deal, kind="deal.notice_recorded", verb="deal.notice", by=by, seen=seen, change=change, number=number)


def withdraw_notice(deal: int, *, by: Actor, seen: int, place: int, number: str, date: str) -> Kept:
    """FSTEC withdrew a notice in writing. The notice stays on record."""

    def change(content: Content) -> None:
        notices = items(content, "notices")
        if not 0 <= place < len(notices):
            raise refuse("notice.absent", place=place + 1)
        if notices[place].get("withdrawn"):
            raise refuse("notice.withdrawn", place=place + 1)
        notices[place]["withdrawn"] = {"number": reasoned(number), "date": reasoned(date)}

    return amend(deal, kind="deal.notice_withdrawn", verb="deal.notice", by=by, seen=seen, change=change, number=number)


def record_permit(deal: int, *, by: Actor, seen: int, permit: Mapping[str, Any], place: int | None = None) -> Kept:
    """A permit, an application or a denial (4.2, 4.3); with `place`, what has become of one that is there already. None takes a key out."""

    def change(content: Content) -> None:
        held = permits(content)
        if place is None:
            held = [*held, {}]
        elif not 0 <= place < len(held):
            raise refuse("permit.absent", place=place + 1)
        put(held[-1 if place is None else place], permit)
        content.pop("permit", None)
        content["permits"] = held

    said = {"number": permit.get("number"), "status": permit.get("status")}
    return amend(deal, kind="deal.permit_recorded", verb="deal.permit", by=by, seen=seen, change=change, **said)
