"""Reading the records of parties: those that a name leads to, and what one says."""

from __future__ import annotations

from enduse.casework.parties.models import Party, PartyVersion
from enduse.casework.people.actor import Actor
from enduse.domain.deal import visible
from enduse.domain.refusals import refuse
from enduse.formats.deal_parts import Content

MOST_FOUND = 20


def parties_like(actor: Actor, name: str) -> list[Party]:
    """The records whose name holds what was typed, by name; none where nothing was. Raises NotAllowed."""
    actor.demand("parties.see")
    wanted = visible(name)
    if not wanted:
        return []
    found: dict[int, Party] = {}
    for spelt in dict.fromkeys((wanted, wanted.casefold(), wanted.capitalize(), wanted.upper())):  # SQLite folds the case of ASCII alone
        found |= {one.pk: one for one in Party.objects.filter(name__icontains=spelt)[:MOST_FOUND]}
    return sorted(found.values(), key=lambda party: (party.name, party.pk))[:MOST_FOUND]


def party_record(actor: Actor, party: int) -> Content:
    """What a record says now: a party of a deal file without its role. Raises NotAllowed, Refused."""
    actor.demand("parties.see")
    held = Party.objects.filter(pk=party).first()
    if held is None:
        raise refuse("party.absent", party=party)
    content: Content = PartyVersion.objects.get(party=held, number=held.version).content
    return content
