"""The page that verifies the ledger: what it finds, and what it cannot exclude."""

from __future__ import annotations

import pytest

from enduse.casework.ledger.queries import head
from enduse.web import verification
from tests.casework.ledger.logs import past_the_guards
from tests.web.conftest import Member

pytestmark = pytest.mark.django_db


def test_a_sound_ledger_is_told_with_what_cannot_be_excluded(vera: Member) -> None:
    page = vera.client.get("/ledger/verify/").content.decode()
    assert "Nothing wrong was found" in page
    assert "cannot exclude" in page
    assert head()[1].hex() in page


def test_what_is_wrong_is_told_with_where(vera: Member) -> None:
    past_the_guards(
        "UPDATE ledger_record SET body = '{}' WHERE \"index\" = 0", "UPDATE people_grant SET role = 'expert' WHERE role = 'administrator'"
    )
    page = vera.client.get("/ledger/verify/").content.decode()
    assert "THE LEDGER DOES NOT ADD UP" in page
    assert "record 0: what the record says was changed" in page
    assert "people_grant" in page


def test_a_large_one_is_left_to_the_command(vera: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verification, "MOST_RECORDS", 1)
    page = vera.client.get("/ledger/verify/").content.decode()
    assert "too long for a page" in page
    assert "enduse ledger verify" in page


def test_others_do_not_see_it(gleb: Member, boris: Member) -> None:
    for member in (gleb, boris):
        assert member.client.get("/ledger/verify/").status_code == 403
