"""A database in which every guarded table holds something: two deals that went all the way, and what happens beside them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from django.conf import settings

from enduse.casework import clock
from enduse.casework.deals.actions import approving, files, filing, releasing
from enduse.casework.ledger.actions import checkpointing
from enduse.casework.people.actions import persons, settling
from enduse.casework.people.actor import Actor
from tests.casework import listed
from tests.casework.cast import actor, held, imported, make_cast
from tests.casework.deals.stories import ready

FILE = {"name": "a.pdf", "digest": "sha256:" + "a" * 64, "size": 1, "media_type": "application/pdf"}


def make_busy() -> dict[str, Actor]:
    """The cast, with one deal released and suspended, and one refused."""
    cast = make_cast()
    persons.add_person(by=cast["root"], name="Nina", personnel_number="0042", roles=("initiator",))
    anna, boris = cast["anna"], cast["boris"]
    gone = ready(cast, reference="B-1").deal.pk
    releasing.release(gone, by=anna)
    releasing.deliver(gone, by=anna, day=clock.today(), version="1.10", units=Decimal("0.5"), recipient="Nairobi Care Line")
    files.comment(gone, by=anna, text="gone")
    files.hand_over(gone, by=anna, to=boris.who)
    approving.lift_hold(gone, by=boris, hold=approving.hold(gone, by=anna, reason="a rumour", ends_when="it ends").pk, evidence="ended")
    refused = imported(anna, reference="B-2")
    files.attach(refused.deal.pk, by=anna, seen=1, stage="evidence", **FILE)  # type: ignore[arg-type]
    seen = held(refused.deal.pk).decided.signed
    approving.submit(refused.deal.pk, by=anna, seen=seen)
    approving.reject(refused.deal.pk, by=boris, seen=seen, note="no")
    filing.refuse_deal(refused.deal.pk, by=anna, seen=1, reason="vague")
    listed.settled(anna, imported(anna, reference="B-3").deal.pk)
    persons.substitute(
        by=cast["lev"],
        absent=cast["lev"].who,
        substitute=cast["elena"].who,
        since=clock.today(),
        until=clock.today() + timedelta(days=3),
        reason="ill",
    )
    settling.settle("check_days", "60", by=cast["root"], reason="stricter")
    if not settings.CONFIG.checkpoint_key.exists():
        checkpointing.begin_key()
    checkpointing.checkpoint(by=cast["vera"])
    return {name: actor(name) for name in cast}
