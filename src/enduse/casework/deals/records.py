"""Reading master records for their pages: lists, one record with its versions, and the deals that are visible to the reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from enduse.casework.deals.models import Deal, Link
from enduse.casework.deals.queries import visible
from enduse.casework.parties.models import Party, PartyVersion
from enduse.casework.people.actor import Actor
from enduse.casework.solutions.models import Solution, SolutionVersion
from enduse.domain.deal import visible as shown
from enduse.domain.refusals import refuse
from enduse.formats.deal_parts import Content

PAGE = 100


@dataclass(frozen=True, slots=True)
class Use:
    """A deal that took a snapshot of a record: in which role, of which version, and whether the record has moved on since."""

    deal: Deal
    role: str
    number: int
    behind: bool


@dataclass(frozen=True, slots=True)
class Record:
    """A master record: its row, what it says now, its versions, newest first, and the deals that use it."""

    row: Party | Solution
    content: Content
    versions: Sequence[PartyVersion | SolutionVersion]
    uses: Sequence[Use]


def parties(actor: Actor, wanted: str, *, after: int = 0) -> Sequence[Party]:
    """Parties whose name holds `wanted`, oldest first, one more than a page where there are more. Raises NotAllowed."""
    actor.demand("parties.see")
    return list(Party.objects.filter(_like(wanted), pk__gt=after).order_by("pk")[: PAGE + 1])


def solutions(actor: Actor, wanted: str, *, after: int = 0) -> Sequence[Solution]:
    """Solutions whose name holds `wanted`, oldest first, one more than a page where there are more. Raises NotAllowed."""
    actor.demand("solutions.see")
    return list(Solution.objects.filter(_like(wanted), pk__gt=after).order_by("pk")[: PAGE + 1])


def party(actor: Actor, pk: int) -> Record:
    """One party. Raises NotAllowed, Refused."""
    actor.demand("parties.see")
    row = Party.objects.filter(pk=pk).first()
    if row is None:
        raise refuse("party.absent", party=pk)
    return _record(actor, row, row.versions.order_by("-number").select_related("by"), Q(party=row))


def solution(actor: Actor, pk: int) -> Record:
    """One solution. Raises NotAllowed, Refused."""
    actor.demand("solutions.see")
    row = Solution.objects.filter(pk=pk).first()
    if row is None:
        raise refuse("solution.absent", solution=pk)
    return _record(actor, row, row.versions.order_by("-number").select_related("by"), Q(solution=row))


def _record(actor: Actor, row: Party | Solution, versions: Any, of: Q) -> Record:
    held = list(versions)
    links = Link.objects.filter(of, deal__in=visible(actor)).select_related("deal").order_by("-deal__updated_at")[:PAGE]
    uses = [Use(link.deal, link.role, link.number, link.number < row.version) for link in links]
    return Record(row, held[0].content, held, uses)


def _like(wanted: str) -> Q:
    """A name that holds the word, as spelt, small, capital or in capitals: SQLite folds no Cyrillic by itself."""
    word = shown(wanted)[:200]
    found = Q()
    for spelt in {word, word.casefold(), word.capitalize(), word.title(), word.upper()} if word else ():
        found |= Q(name__contains=spelt)
    return found
