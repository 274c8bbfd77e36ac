"""The demonstration's data: every stage, status and outcome, told through the real actions."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from django.conf import settings
from django.db import OperationalError
from pytest_django import Settings

from enduse import demonstration as demonstration_data
from enduse.casework import clock
from enduse.casework.deals.keeping import STAGES
from enduse.casework.deals.models import Approval, Attachment, Comment, Deal, Delivery, Hold, HoldLift, ReleaseEvent
from enduse.casework.deals.queries import Held
from enduse.casework.ledger.models import Record
from enduse.casework.people.actions.persons import add_first
from enduse.casework.people.models import Account, Substitution
from enduse.config import demonstration
from enduse.config.stories import CAST, STORIES
from enduse.demonstration import LISTS
from enduse.domain.refusals import Refused
from enduse.domain.rules import Effect
from enduse.formats.deal_parts import items
from enduse.stores import indexes
from enduse.stores.lists import standing
from enduse.stores.screening import desk
from tests.casework.cast import PASSWORD

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_lists")]
STATUSES = {"open", "submitted", "rejected", "approved", "released", "suspended", "stopped", "withdrawn", "refused"}


@pytest.fixture
def mark() -> Iterator[Path]:
    path: Path = settings.CONFIG.data / demonstration.MARK
    shutil.rmtree(settings.CONFIG.data / "attachments", ignore_errors=True)  # of other tests
    yield path
    path.unlink(missing_ok=True)


def test_every_stage_status_and_outcome_is_there(settings: Settings) -> None:
    settings.CONFIG = replace(settings.CONFIG, lists=replace(settings.CONFIG.lists, chosen=LISTS))  # as `enduse demo` does
    demonstration.fill(PASSWORD)
    deals = list(Deal.objects.all())
    assert len(deals) == len(STORIES)
    assert {deal.status for deal in deals} == STATUSES
    assert {deal.stage for deal in deals} == set(STAGES)
    assert {deal.outcome for deal in deals} == set(Effect.__members__)
    assert {event.cause for event in ReleaseEvent.objects.all()} >= {"by_hand", "hold", "adverse", "expired"}
    assert all(kind.objects.exists() for kind in (Attachment, Comment, Delivery, Hold, HoldLift, Substitution))
    assert {account.email for account in Account.objects.all()} == {demonstration.email_of(key) for key in CAST}
    for approval in Approval.objects.filter(word="approved"):
        assert approval.by_id not in Held(approval.deal).preparers
    states = {
        (deal.reference, state) for deal in deals for party in items(Held(deal).content, "parties") if (state := Held(deal).screening.state(party))
    }
    assert {("D-2026-115", "open"), ("D-2026-114", "open"), ("D-2026-103", "cleared"), ("D-2026-102", "nothing")} <= states
    assert {state for _, state in states} == {"open", "cleared", "nothing", "not_searched"}
    times = list(Record.objects.order_by("index").values_list("at", flat=True))
    assert times == sorted(times)


def test_what_was_made_is_used_again(mark: Path) -> None:
    mark.write_text(json.dumps({"made": True, "password": "demo-1"}))
    told: list[str] = []
    show = demonstration.ready(lambda: told.append("filling"))
    assert (show.password, told) == ("demo-1", [])
    assert ("approver", "approver@demo.invalid", CAST["approver"][1]) in show.accounts


def test_a_real_installation_is_left_alone(mark: Path) -> None:
    add_first(name="Root", email="root@example.org", password=PASSWORD)
    with pytest.raises(Refused) as told:
        demonstration.ready()
    assert told.value.refusals[0].code == "demo.not_ours"
    assert not mark.exists()


@pytest.fixture
def cleared(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What would have been done, in its order; nothing is."""
    done: list[str] = []
    for name in ("_clear", "fill"):
        monkeypatch.setattr(demonstration, name, lambda *_, name=name: done.append(name))
    return done


def test_nothing_is_cleared_but_what_an_earlier_start_left_half_made(mark: Path, cleared: list[str]) -> None:
    demonstration.ready()
    assert cleared == ["fill"]
    mark.write_text(json.dumps({"made": False}))
    demonstration.ready()
    assert cleared == ["fill", "_clear", "fill"]
    assert json.loads(mark.read_text())["made"]


@pytest.mark.parametrize("said", [None, '{"made": false}', "{"])
def test_what_cannot_be_asked_is_not_cleared(mark: Path, cleared: list[str], said: str | None) -> None:
    if said is not None:
        mark.write_text(said)
    with patch("enduse.config.schema.anybody", side_effect=OperationalError("disk I/O error")), pytest.raises(OperationalError):
        demonstration.ready()
    assert cleared == []
    assert not mark.exists() or mark.read_text() == said


@pytest.mark.parametrize("said", ['{"made": false}', "{", "[]", "{}"])
def test_a_mark_does_not_make_real_records_a_demonstration(mark: Path, cleared: list[str], said: str) -> None:
    mark.write_text(said)
    add_first(name="Root", email="root@example.org", password=PASSWORD)
    with pytest.raises(Refused, match=r"demo\.not_ours"):
        demonstration.ready()
    assert cleared == []


def test_attachments_of_a_database_that_is_gone_are_left_alone(mark: Path, cleared: list[str]) -> None:
    place = settings.CONFIG.data / "attachments" / "aa" / "kept"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.touch()
    try:
        with pytest.raises(Refused, match=r"demo\.not_ours"):
            demonstration.ready()
    finally:
        place.unlink()
    assert (cleared, mark.exists()) == ([], False)


def test_the_lists_are_made_up_here_and_never_grow_old() -> None:
    assert {file.stem for file in (Path(demonstration_data.__file__).parent / "lists").glob("*.csv")} == set(LISTS)
    with clock.at(clock.now() - timedelta(days=400)):
        demonstration.hold_lists()
    assert {one.state for one in standing(settings.CONFIG.data, LISTS, at=clock.today())} == {"old"}
    demonstration.hold_lists()
    assert {one.state for one in standing(settings.CONFIG.data, LISTS, at=clock.today())} == {"ok"}


def test_their_index_is_made_in_no_time() -> None:
    demonstration.hold_lists()
    indexes.forget()
    began = time.process_time()
    assert desk(settings.CONFIG.data, at=clock.now(), words=LISTS).index.size == 15
    assert time.process_time() - began < 1
