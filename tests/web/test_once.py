"""Forms that are done once: sent again just so, with other content, after what it did was undone, and to a database that takes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.cache.backends.db import DatabaseCache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.urls import reverse

from enduse.casework.deals.actions import approving
from enduse.casework.deals.models import Attachment, Comment
from enduse.words import say
from tests.web.conftest import Member
from tests.web.pages import forms, stage, standing, taken_in

pytestmark = pytest.mark.django_db


def test_a_form_sent_twice_is_done_once(anna: Member) -> None:
    deal = taken_in(anna)
    address = reverse("deal-comment", args=[deal])
    held = {**forms(anna.client.get(reverse("deal-timeline", args=[deal])))[address], "text": "call them"}
    assert [anna.client.post(address, held).status_code for _ in range(3)] == [302, 302, 302]
    assert Comment.objects.count() == 1


def test_a_form_sent_again_with_other_content_is_refused_and_may_then_be_sent(anna: Member) -> None:
    deal = taken_in(anna)
    address = reverse("deal-comment", args=[deal])
    held = {**forms(anna.client.get(reverse("deal-timeline", args=[deal])))[address], "text": "call them"}
    assert anna.client.post(address, held).status_code == 302
    back = anna.client.post(address, {**held, "text": "do not call them"})  # the browser's Back, the text changed
    assert back.status_code == 409
    assert "This form was used already" in back.content.decode()
    assert [one.text for one in Comment.objects.all()] == ["call them"]
    again = forms(back)[address]
    assert again["text"] == "do not call them" and again["once"] != held["once"]
    assert anna.client.post(address, again).status_code == 302
    assert [one.text for one in Comment.objects.order_by("pk")] == ["call them", "do not call them"]


def test_a_form_sent_again_with_other_content_is_told_what_changed_since(anna: Member) -> None:
    deal = taken_in(anna)
    address = reverse("deal-depart", args=[deal])
    held = {**forms(anna.client.get(stage(deal, "decision")))[address], "clause": "5.2", "text": "other words", "reason": "their law"}
    assert anna.client.post(address, held).status_code == 302
    back = anna.client.post(address, {**held, "clause": "5.3"})
    assert back.status_code == 409
    assert "Meanwhile Anna changed: departures under 1.4" in back.content.decode()
    assert anna.client.post(address, {**forms(back)[address], "clause": "5.3"}).status_code == 302
    assert [row["clause"] for row in standing(deal).content["departures"]] == ["5.2", "5.3"]


def test_the_same_mark_on_another_deal_is_another_form(anna: Member) -> None:
    deal, other = taken_in(anna), taken_in(anna, reference="D-2")
    held = {"once": "mark", "text": "call them"}
    assert anna.client.post(reverse("deal-comment", args=[deal]), held).status_code == 302
    assert anna.client.post(reverse("deal-comment", args=[other]), held).status_code == 409
    assert Comment.objects.count() == 1


def test_what_was_undone_since_is_not_said_to_be_done_again(anna: Member, boris: Member) -> None:
    deal = taken_in(anna)
    address = reverse("deal-hold", args=[deal])
    held = {**forms(anna.client.get(stage(deal, "decision")))[address], "reason": "a rumour", "ends_when": "it is looked into"}
    done = say("deed.hold.done", "en")
    assert done in anna.client.post(address, held, follow=True).content.decode()
    approving.lift_hold(deal, by=boris.actor, hold=standing(deal).holds[0].pk, evidence="looked into")
    again = anna.client.post(address, held, follow=True).content.decode()
    assert done not in again
    assert "This form had been sent before and was done then: nothing was written this time" in again
    assert not standing(deal).holds


def test_a_form_sent_twice_is_told_so_also_where_its_choice_is_gone(anna: Member, boris: Member) -> None:
    deal = taken_in(anna)
    approving.hold(deal, by=anna.actor, reason="r", ends_when="e")
    address = reverse("deal-lift", args=[deal])
    held = {**forms(boris.client.get(stage(deal, "decision")))[address], "hold": str(standing(deal).holds[0].pk), "evidence": "looked into"}
    assert boris.client.post(address, held).status_code == 302
    assert "This form had been sent before" in boris.client.post(address, held, follow=True).content.decode()


@contextmanager
def read_only() -> Iterator[None]:
    """Within, the database refuses every write."""
    lock, free = ("PRAGMA query_only=ON", "PRAGMA query_only=OFF")
    if connection.vendor == "postgresql":
        lock, free = "SET default_transaction_read_only = on", "SET default_transaction_read_only = off"
    with connection.cursor() as cursor:
        cursor.execute(lock)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(free)


def test_a_database_that_takes_nothing_lets_no_deed_seem_done(transactional_db: None, anna: Member) -> None:
    deal = taken_in(anna)
    address = reverse("deal-comment", args=[deal])
    held = {**forms(anna.client.get(reverse("deal-timeline", args=[deal])))[address], "text": "call them"}
    anna.client.raise_request_exception = False
    with read_only():
        assert anna.client.post(address, held).status_code == 503
    assert not Comment.objects.exists()
    assert anna.client.post(address, held).status_code == 302
    assert Comment.objects.get().text == "call them"


def test_a_mark_that_was_not_kept_is_an_error(anna: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    deal = taken_in(anna)
    monkeypatch.setattr(DatabaseCache, "add", lambda *_, **__: False)  # so Django tells every error of the database
    with pytest.raises(OperationalError):
        anna.client.post(reverse("deal-comment", args=[deal]), {"once": "mark", "text": "call them"})
    assert not Comment.objects.exists()


def test_a_file_is_part_of_what_is_sent(anna: Member, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("enduse.web.files.folder", lambda: tmp_path / "attachments")
    address = reverse("deal-attach", args=[taken_in(anna)])
    sent = [
        anna.client.post(address, {"once": "mark", "stage": "clauses", "file": SimpleUploadedFile("a.txt", content)}).status_code
        for content in (b"one", b"one", b"two")
    ]
    assert sent == [302, 302, 409]
    assert Attachment.objects.count() == 1
