"""The ledger's page: records latest first, without what they say; checkpoints made and downloaded."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytest_django import Settings

from enduse.casework.ledger.actions.checkpointing import begin_key
from enduse.casework.ledger.models import Checkpoint, Record
from enduse.casework.people.actions.settling import settle
from tests.web.conftest import Member
from tests.web.pages import taken_in

pytestmark = pytest.mark.django_db


def test_records_are_shown_latest_first_and_further_back(root: Member, vera: Member) -> None:
    for number in range(1, 61):
        settle("check_days", str(number), by=root.actor, reason="a secret reason")
    page = vera.client.get("/ledger/").content.decode()
    last = Record.objects.order_by("-index")[0].index
    assert f"<td>{last}</td>" in page and "<td>0</td>" not in page
    assert "a secret reason" not in page
    older = vera.client.get(f"/ledger/?before={last - 49}").content.decode()
    assert "<td>0</td>" in older and f"<td>{last}</td>" not in older
    assert "<td>0</td>" in vera.client.get(f"/ledger/?about=person:{root.person}").content.decode()
    for odd in ("before=x", "before=99999999999999999999999", "before=-1", "about=<b>", "about=%00", "about=a%00b"):
        assert vera.client.get(f"/ledger/?{odd}").status_code == 200, odd


def test_a_checkpoint_is_made_and_downloaded(root: Member, anna: Member, tmp_path: Path, settings: Settings) -> None:
    settings.CONFIG = replace(settings.CONFIG, checkpoint_key=tmp_path / "key.pem", checkpoint_folder=tmp_path / "dropped")
    without = root.client.post("/ledger/checkpoints/", follow=True)
    assert not Checkpoint.objects.exists()
    assert "notice" in without.content.decode()
    begin_key()
    page = anna.client.post("/ledger/checkpoints/", follow=True).content.decode()
    made = Checkpoint.objects.get()
    assert f"/ledger/checkpoints/{made.pk}/" in page
    assert "the ledger as a whole" in page
    file = anna.client.get(f"/ledger/checkpoints/{made.pk}/")
    assert file.content.decode() == made.note
    assert "attachment" in file["Content-Disposition"]
    assert anna.client.get("/ledger/checkpoints/999/").status_code == 404


def test_links_lead_only_where_the_reader_may_go(root: Member, anna: Member) -> None:
    assert f'href="/people/{anna.person}/"' in root.client.get("/ledger/").content.decode()
    assert f'href="/people/{anna.person}/"' not in anna.client.get("/ledger/").content.decode()


def test_others_do_not_see_it(gleb: Member, boris: Member) -> None:
    for member in (gleb, boris):
        assert member.client.get("/ledger/").status_code == 403
        assert member.client.post("/ledger/checkpoints/").status_code == 403


def test_deals_and_people_are_called_by_their_names_where_the_reader_may_know(root: Member, anna: Member, vera: Member) -> None:
    taken_in(anna, reference="D-2026-900")
    for reader, deal, person in ((anna, True, False), (root, False, True), (vera, True, True)):
        page = reader.client.get("/ledger/").content.decode()
        assert (">D-2026-900</a>" in page, f'/people/{anna.person}/">Anna</a>' in page) == (deal, person)
