"""Erasing what a record says, so that personal data can go and the tree still stands."""

from __future__ import annotations

from enduse.casework.door import action
from enduse.casework.ledger.models import Record
from enduse.casework.people.actor import Actor
from enduse.domain.deal import given
from enduse.domain.ledger import BODY_ERASED
from enduse.domain.refusals import refuse

# What people write freely and nothing rests on. All other bodies hold the digests, fingerprints and numbers by which versions,
# approvals, releases and register entries are held against the ledger for as long as they must be kept: they are never erased.
ERASABLE = frozenset({"deal.commented", "deal.handed_over", "people.substitute_named", "party.changed", "solution.changed"})


def erase(index: int, *, by: Actor, reason: str) -> int:
    """Empty the body of one record, and its salt, so that nobody can find out by guessing what it said; the number of the record that says so.

    Raises NotAllowed; Refused where the record's kind must be kept whole, it is empty already or not there, or no reason is given.
    Only the ledger's own copy goes: a comment on a deal's page, older backups and exports are each another matter.
    """
    by.demand("ledger.erase")
    if given(reason) is None:
        raise refuse("deal.reason")
    with action(BODY_ERASED, by=by, about=f"ledger:{index}") as act:
        record = Record.objects.filter(pk=index).first()
        if record is None:
            raise refuse("ledger.absent", index=index)
        if record.kind not in ERASABLE:
            raise refuse("ledger.kept", index=index, kind=record.kind, kinds=", ".join(sorted(ERASABLE)))
        if record.body is None:
            raise refuse("ledger.erased", index=index)
        Record.objects.filter(pk=index).update(salt=None, body=None)
        act.says(record=index, kind=record.kind, reason=reason.strip())
    assert act.index is not None
    return act.index
