"""A process that does one action after another at random until it is killed. It begins by looking whether all is well.

Run as a program: `restless.py begin | go SEED | full`; the database is the one that the environment names.
"""

from __future__ import annotations

import json
import random
import resource
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]


def begin() -> None:
    """An empty database with the cast and some deals."""
    from tests.casework.cast import imported, make_cast  # noqa: PLC0415 - Django comes first

    call_command("migrate", verbosity=0)
    cast = make_cast()
    for number in range(3):
        imported(cast["anna"], reference=f"K-{number}")


def go(seed: int) -> None:
    """Act until killed."""
    from enduse.domain.refusals import Refused  # noqa: PLC0415
    from enduse.formats.problems import BadInput  # noqa: PLC0415

    chance = random.Random(seed)
    while True:
        with suppress(Refused, BadInput):
            act(chance)
        print("done", flush=True)


def act(chance: random.Random) -> Any:
    """One action at random."""
    from enduse.casework.deals.actions import approving, evidence, files, releasing, stages  # noqa: PLC0415
    from enduse.casework.deals.models import Deal  # noqa: PLC0415
    from tests.casework.cast import actor, held, imported  # noqa: PLC0415

    deal = chance.choice(list(Deal.objects.values_list("pk", flat=True)[:30]))
    anna, boris, stands = actor("anna"), actor("boris"), held(deal)
    seen, number = stands.decided.signed, stands.version.number
    holds = [hold.pk for hold in stands.holds] or [0]
    doings: list[Callable[[], Any]] = [
        lambda: imported(anna, reference=f"K-{chance.getrandbits(60)}"),
        lambda: stages.intake(deal, by=anna, seen=number, changes={"title": str(chance.random())}),
        lambda: files.comment(deal, by=anna, text="x" * chance.randrange(1, 9000)),
        lambda: approving.submit(deal, by=anna, seen=seen),
        lambda: approving.approve(deal, by=boris, seen=seen),
        lambda: releasing.release(deal, by=anna),
        lambda: releasing.withdraw_release(deal, by=anna, reason="over"),
        lambda: approving.hold(deal, by=anna, reason="r", ends_when="e"),
        lambda: approving.lift_hold(deal, by=boris, hold=holds[0], evidence="e"),
        lambda: evidence.record_notice(deal, by=anna, seen=number, written="no") if chance.random() < 0.1 else None,
    ]
    return chance.choice(doings)()


def look() -> int:
    """How many records there are. Raises AssertionError where anything is half-written."""
    from enduse.casework import guarding  # noqa: PLC0415
    from enduse.casework.deals.keeping import status_of  # noqa: PLC0415
    from enduse.casework.deals.models import Approval, Comment, Deal, Decision, Release, Version  # noqa: PLC0415
    from enduse.casework.deals.queries import Held  # noqa: PLC0415
    from enduse.casework.ledger.models import Record  # noqa: PLC0415
    from enduse.casework.ledger.verifying import verify  # noqa: PLC0415

    assert guarding.missing() == []
    verified = verify()
    assert verified.sound, verified.findings
    said = [(record.kind, record.about, json.loads(record.body or "{}")) for record in Record.objects.filter(about__startswith="deal:")]
    told = {(about, body["version"], body["digest"]) for _, about, body in said if "digest" in body and "version" in body}
    assert told == {(f"deal:{deal}", number, digest) for deal, number, digest in Version.objects.values_list("deal", "number", "digest")}
    assert Decision.objects.count() >= Version.objects.count()
    for kind, model in (("deal.commented", Comment), ("deal.released", Release), ("deal.approved", Approval)):
        assert sum(one == kind for one, _, _ in said) == model._default_manager.count(), kind
    for deal in Deal.objects.all():
        held = Held(deal)
        assert (deal.version, deal.status) == (held.version.number, status_of(held))
        assert not (deal.status == "released" and held.holds)
    return Record.objects.count()


def full() -> None:
    """Act while files may not grow; what is refused leaves nothing, and once there is room again all goes on."""
    from django.db import DatabaseError  # noqa: PLC0415

    from enduse.casework.deals.actions import files  # noqa: PLC0415
    from enduse.casework.deals.models import Comment, Deal  # noqa: PLC0415
    from tests.casework.cast import actor  # noqa: PLC0415

    name = Path(str(settings.DATABASES["default"]["NAME"]))
    deal, anna = Deal.objects.values_list("pk", flat=True)[0], actor("anna")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    for spare in (0, 5_000, 60_000):
        largest = max(path.stat().st_size for path in name.parent.glob(f"{name.name}*"))
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest + spare, hard))
        done, refused = Comment.objects.count(), 0
        while not refused:
            try:
                files.comment(deal, by=anna, text="x" * 20_000)
                done += 1
            except DatabaseError as error:
                refused += 1
                print("refused:", error)
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert Comment.objects.count() == done
        look()
        files.comment(deal, by=anna, text="there is room again")


def main(what: str, *rest: str) -> None:
    """Do what is asked, after a look."""
    django.setup()
    if what == "begin":
        begin()
    print("sound", look(), flush=True)
    if what == "go":
        go(int(rest[0]))
    if what == "full":
        full()
        print("sound", look(), flush=True)


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]
    main(*sys.argv[1:])
