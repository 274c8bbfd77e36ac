"""Master records of parties: found or made when a deal names one, changed by an action of their own."""

from __future__ import annotations

from enduse.casework.door import Act, action
from enduse.casework.parties.models import Party, PartyVersion
from enduse.casework.people.actor import Actor
from enduse.domain.refusals import Refusal, Stale, refuse
from enduse.formats.deal_parts import Content, party_key


def snapshot(party: Content) -> Content:
    """What of a party in a deal file is the party's own: all but its role."""
    return {key: value for key, value in party.items() if key != "role"}


def link_key(party: Content) -> str:
    """What tells a deal's parties of one role apart, as `link_party` tells records apart: name, country or citizenships, birth date."""
    _, name, country = party_key(party)
    return " · ".join(filter(None, (name[:400], country[:60], str(party.get("birth_date") or "")[:30])))


def authors_of(record: Party, party: Content) -> frozenset[int]:
    """Who wrote the record that a deal's party repeats word for word; nobody where it only came about with a deal, or says something else."""
    rows = list(record.versions.order_by("number"))
    if len(rows) == 1 or snapshot(party) not in [row.content for row in rows[1:]]:
        return frozenset()
    return frozenset(hand for row in rows for hand in row.hands)


def party_record_of(party: Content) -> Party | None:
    """The record that a deal's party is of: the same name, country, kind and birth date; None where there is none yet."""
    _, name, country = party_key(party)
    for found in Party.objects.filter(name_key=name[:500], country=country[:60]).order_by("pk"):
        held = found.versions.get(number=found.version).content
        if held.get("kind") == party.get("kind") and held.get("birth_date") == party.get("birth_date"):
            return found
    return None


def link_party(party: Content, act: Act) -> Party:
    """The record that a deal's party is of, else a new one, made inside the deal's own action."""
    found = party_record_of(party)
    if found is not None:
        return found
    _, name, country = party_key(party)
    made = Party.objects.create(name=name[:500], name_key=name[:500], country=country[:60], created_at=act.at)
    PartyVersion.objects.create(party=made, number=1, content=snapshot(party), by_id=act.by.person, hands=sorted(act.by.hands), at=act.at)
    act.body.setdefault("parties_made", []).append(made.pk)
    return made


def change_party(party: int, *, content: Content, reason: str, seen: int, by: Actor) -> PartyVersion:
    """A new version of a party's record. Deals keep the snapshot they were decided on. Raises NotAllowed, Stale, Refused."""
    by.demand("party.edit")
    with action("party.changed", by=by, about=f"party:{party}") as act:
        held = Party.objects.filter(pk=party).first()
        if held is None:
            raise refuse("party.absent", party=party)
        if seen != held.version:
            raise Stale(Refusal("party.stale", {"name": held.name, "seen": seen, "stands": held.version}))
        if held.versions.get(number=held.version).content == content:
            raise refuse("party.unchanged", name=held.name)
        _, held.name_key, held.country = party_key(content)
        if not held.name_key:
            raise refuse("party.unnamed")
        held.name = held.name_key = held.name_key[:500]
        held.country = held.country[:60]
        held.version += 1
        held.save()
        act.says(version=held.version, reason=reason)
        return PartyVersion.objects.create(
            party=held, number=held.version, content=content, reason=reason, by_id=by.person, hands=sorted(by.hands), at=act.at
        )
