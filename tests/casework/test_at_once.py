"""Several at once, each on a connection of their own: actions follow one another, and what comes second sees what came first."""

from __future__ import annotations

import contextvars
import sqlite3
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections

from enduse.casework import clock
from enduse.casework.deals import keeping
from enduse.casework.deals.actions import approving, evidence, files, releasing, stages
from enduse.casework.deals.models import Approval, Comment, Release
from enduse.casework.door import action
from enduse.casework.ledger import writing
from enduse.casework.ledger.models import Head, Record
from enduse.casework.ledger.verifying import verify
from enduse.domain.ledger import Frontier
from enduse.domain.refusals import Refused, Stale
from tests.casework.cast import actor, held, imported, make_cast
from tests.casework.deals.stories import ready
from tests.casework.tables import changed, dump

pytestmark = pytest.mark.django_db(transaction=True)
Job = Callable[[], Any]
PATIENCE = 60


def together(*jobs: Job) -> list[Any]:
    """Do all at once, each in a thread with a connection of its own; what each gave or raised."""
    barrier, found = threading.Barrier(len(jobs)), [None] * len(jobs)
    threads = [threading.Thread(target=contextvars.copy_context().run, args=(_do, found, number, job, barrier)) for number, job in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive(), "two of them wait for each other"
    return found


def _do(found: list[Any], number: int, job: Job, barrier: threading.Barrier) -> None:
    try:
        barrier.wait(PATIENCE)
        found[number] = job()
    except Exception as error:
        found[number] = error
    finally:
        connections.close_all()


class Between:
    """Lets the second begin while the first is in the middle of its action, holding the ledger's head."""

    def __init__(self) -> None:
        self.inside, self.waits = threading.Event(), 0.0

    def first(self, job: Job) -> Job:
        append = writing.append

        def slow(*args: Any, **kwargs: Any) -> int:
            if threading.current_thread() is mine[0]:
                self.inside.set()
                threading.Event().wait(0.4)  # the other one is at the door by now
            return append(*args, **kwargs)

        mine: list[threading.Thread] = []

        def do() -> Any:
            mine.append(threading.current_thread())
            with pytest.MonkeyPatch.context() as patched:
                patched.setattr(writing, "append", slow)
                return job()

        return do

    def second(self, job: Job) -> Job:
        def do() -> Any:
            assert self.inside.wait(PATIENCE)
            return job()

        return do


def one_inside_the_other(first: Job, second: Job) -> tuple[Any, Any]:
    """The second begins while the first is in the middle."""
    between = Between()
    one, other = together(between.first(first), between.second(second))
    return one, other


def test_two_approvers_at_once() -> None:
    cast = make_cast()
    deal = imported(cast["anna"])
    approving.submit(deal.deal.pk, by=cast["anna"], seen=deal.decided.signed)
    seen, records = deal.decided.signed, Record.objects.count()
    found = together(
        lambda: approving.approve(deal.deal.pk, by=cast["boris"], seen=seen), lambda: approving.approve(deal.deal.pk, by=cast["petr"], seen=seen)
    )
    words = list(Approval.objects.filter(deal=deal.deal.pk).order_by("pk"))
    assert sorted(one.pk for one in found) == [one.pk for one in words]  # each signed once, one after the other
    assert {one.by_id for one in words} == {cast["boris"].person, cast["petr"].person}
    assert Record.objects.count() == records + 2
    releases = together(*[lambda by=by: releasing.release(deal.deal.pk, by=cast[by]) for by in ("boris", "petr", "anna")])
    assert sum(isinstance(one, Release) for one in releases) == Release.objects.count() == 1
    assert [str(one) for one in releases if not isinstance(one, Release)] == ["release.already"] * 2
    assert Release.objects.get().approval == words[-1]
    assert verify().sound


def test_one_approver_who_clicks_twice_while_another_rejects() -> None:
    cast = make_cast()
    deal = imported(cast["anna"])
    approving.submit(deal.deal.pk, by=cast["anna"], seen=deal.decided.signed)
    seen = deal.decided.signed
    together(
        lambda: approving.approve(deal.deal.pk, by=cast["boris"], seen=seen),
        lambda: approving.reject(deal.deal.pk, by=cast["petr"], seen=seen, note="no"),
    )
    last = Approval.objects.latest("pk")
    (released,) = together(lambda: releasing.release(deal.deal.pk, by=cast["anna"]))
    assert isinstance(released, Release) == (last.word == "approved")
    assert verify().sound


def test_an_edit_during_an_approval() -> None:
    cast = make_cast()
    deal = imported(cast["anna"])
    approving.submit(deal.deal.pk, by=cast["anna"], seen=deal.decided.signed)
    seen = deal.decided.signed
    edited, approved = one_inside_the_other(
        lambda: stages.intake(deal.deal.pk, by=cast["oleg"], seen=1, changes={"title": "another"}),
        lambda: approving.approve(deal.deal.pk, by=cast["boris"], seen=seen),
    )
    assert edited.version == 2
    assert isinstance(approved, Stale)
    assert not Approval.objects.exists()


def test_an_approval_during_an_edit() -> None:
    cast = make_cast()
    deal = imported(cast["anna"])
    approving.submit(deal.deal.pk, by=cast["anna"], seen=deal.decided.signed)
    seen = deal.decided.signed
    approved, edited = one_inside_the_other(
        lambda: approving.approve(deal.deal.pk, by=cast["boris"], seen=seen),
        lambda: stages.intake(deal.deal.pk, by=cast["oleg"], seen=1, changes={"title": "another"}),
    )
    assert (approved.signed, edited.version) == (seen, 2)
    assert held(deal.deal.pk).deal.status == "open"
    with pytest.raises(Refused, match=r"release\.stale_approval"):
        releasing.release(deal.deal.pk, by=cast["anna"])


def test_a_release_during_a_new_notice() -> None:
    cast = make_cast()
    deal = ready(cast).deal.pk
    noticed, released = one_inside_the_other(
        lambda: evidence.record_notice(deal, by=cast["oleg"], seen=1, written="yes", number="1"), lambda: releasing.release(deal, by=cast["anna"])
    )
    assert noticed.version == 2
    assert isinstance(released, Refused)
    assert "release.outcome" in str(released)
    assert not Release.objects.exists()


def test_a_notice_during_a_release() -> None:
    cast = make_cast()
    deal = ready(cast).deal.pk
    released, noticed = one_inside_the_other(
        lambda: releasing.release(deal, by=cast["anna"]), lambda: evidence.record_notice(deal, by=cast["oleg"], seen=1, written="yes", number="1")
    )
    assert isinstance(released, Release)
    assert noticed.version == 2
    stands = held(deal)
    assert [(event.kind, event.cause) for event in stands.events] == [("suspended", "adverse")]
    assert stands.standing
    assert not stands.standing.stands
    assert stands.deal.status == "suspended"


def test_two_tabs_on_one_deal() -> None:
    cast = make_cast()
    deal = imported(cast["anna"]).deal.pk
    found = together(*[lambda title=title: stages.intake(deal, by=cast["anna"], seen=1, changes={"title": title}) for title in ("left", "right")])
    (kept,) = [one for one in found if isinstance(one, keeping.Kept)]
    (stale,) = [one for one in found if isinstance(one, Stale)]
    assert stale.refusals[0].values == {"reference": "D-1", "seen": 1, "stands": 2}
    assert held(deal).content["title"] == ("left", "right")[found.index(kept)]
    assert kept.version == held(deal).version.number == 2


def test_a_hundred_and_sixty_comments_in_eight_threads() -> None:
    cast = make_cast()
    deal, before = imported(cast["anna"]).deal.pk, Record.objects.count()

    def talk(number: int) -> None:
        for word in range(20):
            files.comment(deal, by=cast["anna"], text=f"{number}-{word}")

    assert together(*[lambda number=number: talk(number) for number in range(8)]) == [None] * 8
    said = [Comment.objects.count(), Record.objects.filter(kind="deal.commented").count(), Record.objects.count() - before]
    assert said == [160, 160, 160]
    assert list(Record.objects.order_by("index").values_list("index", flat=True)) == list(range(before + 160))
    frontier = Frontier()
    for record in Record.objects.order_by("index"):
        frontier = frontier.append(bytes.fromhex(record.leaf_hash))
    head = Head.objects.get()
    assert (head.size, head.frontier) == (frontier.size, frontier.to_text())
    assert verify().sound


def test_two_sweeps_at_once_review_a_deal_once() -> None:
    cast = make_cast()
    deal = ready(cast).deal.pk
    releasing.release(deal, by=cast["anna"])
    with clock.at(clock.now() + timedelta(days=91)):
        assert sorted(together(lambda: releasing.review(deal), lambda: releasing.review(deal), lambda: releasing.review(deal))) == [
            False,
            False,
            True,
        ]
        assert Record.objects.filter(kind="deal.reviewed").count() == 1
        assert [event.kind for event in held(deal).events] == ["suspended"]


# a database that goes away and comes back


def test_a_database_that_goes_away_in_the_middle() -> None:
    cast = make_cast()
    deal = imported(cast["anna"]).deal.pk
    before = dump()
    with pytest.raises(DatabaseError), action("deal.commented", by=cast["anna"], about=f"deal:{deal}") as act:
        Comment.objects.create(deal_id=deal, text="lost", by_id=cast["anna"].person, at=act.at)
        go_away()
        Comment.objects.create(deal_id=deal, text="lost too", by_id=cast["anna"].person, at=act.at)
    connection.close()  # as Django does at the end of every request
    assert changed(before, dump()) == []
    files.comment(deal, by=actor("anna"), text="kept")
    assert Comment.objects.get().text == "kept"
    assert verify().sound


def go_away() -> None:
    """The server ends this connection, or its file is closed."""
    if connection.vendor == "sqlite":
        connection.connection.close()
        return

    def end(pid: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [pid])

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    assert together(lambda: end(pid)) == [None]


def test_a_database_that_another_holds_for_too_long() -> None:
    cast = make_cast()
    deal = imported(cast["anna"]).deal.pk
    before = dump()
    with Holder():
        patience(200)
        with pytest.raises(DatabaseError, match="lock"):
            files.comment(deal, by=cast["anna"], text="lost")
    patience(20_000)
    assert changed(before, dump()) == []
    files.comment(deal, by=actor("anna"), text="kept")
    assert Comment.objects.get().text == "kept"
    assert verify().sound


def patience(milliseconds: int) -> None:
    """How long this connection waits for its turn."""
    sql = f"PRAGMA busy_timeout = {milliseconds}" if connection.vendor == "sqlite" else f"SET lock_timeout = {milliseconds}"
    with connection.cursor() as cursor:
        cursor.execute(sql)


class Holder:
    """Another process that has begun to write and does not end."""

    def __enter__(self) -> None:
        if connection.vendor == "sqlite":
            self.file: Any = sqlite3.connect(str(connection.settings_dict["NAME"]), isolation_level=None)
            self.file.execute("BEGIN IMMEDIATE")
            return
        import psycopg  # noqa: PLC0415 - only there

        held = connection.settings_dict
        self.file = psycopg.connect(dbname=held["NAME"], user=held["USER"], password=held["PASSWORD"], host=held["HOST"], port=held["PORT"])
        self.file.execute("SELECT * FROM ledger_head FOR UPDATE")

    def __exit__(self, *_: object) -> None:
        self.file.rollback() if connection.vendor == "postgresql" else self.file.execute("ROLLBACK")
        self.file.close()
