"""One's own page: who one is, and naming and ending one's substitute."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from enduse.casework import clock
from enduse.casework.ledger.models import Record
from enduse.casework.people.models import Substitution
from tests.web.conftest import Member

pytestmark = pytest.mark.django_db


def given(substitute: Member, days: int = 3, **other: object) -> dict[str, object]:
    today = clock.today()
    return {"substitute": substitute.person, "since": today, "until": today + timedelta(days=days), "reason": "Leave", **other}


def test_the_page_says_who_one_is(anna: Member) -> None:
    page = anna.client.get("/me/").content.decode()
    assert "export-control officer" in page
    assert "You are signed in as anna@example.ru" in page


def test_a_substitute_gets_the_roles_and_reads_whose_they_are(anna: Member, gleb: Member) -> None:
    before = Record.objects.count()
    assert anna.client.post("/me/substitutes/", given(gleb))["Location"] == "/me/"
    assert Record.objects.count() == before + 1
    assert set(gleb.actor.roles) == {"initiator", "officer", "expert"}
    page = gleb.client.get("/me/").content.decode()
    assert "Anna (anna@example.ru)" in page
    assert "you cannot approve what they prepared" in page


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"reason": " "}, "This field is required"),
        ({"until": "2020-01-01"}, "time will not do"),
        ({"since": "soon"}, "Enter a valid date"),
        ({"substitute": "9999"}, "9999"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_recorded(anna: Member, gleb: Member, other: dict[str, object], told: str) -> None:
    before = Record.objects.count()
    answer = anna.client.post("/me/substitutes/", given(gleb) | other)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert Record.objects.count() == before


def test_one_is_not_ones_own_substitute(anna: Member) -> None:
    assert anna.client.post("/me/substitutes/", given(anna)).status_code == 422


def test_one_ends_ones_own_substitution_and_no_other(anna: Member, boris: Member, gleb: Member) -> None:
    anna.client.post("/me/substitutes/", given(boris))
    pk = Substitution.objects.get().pk
    assert gleb.client.post(f"/substitutes/{pk}/end/").status_code == 404
    assert gleb.client.post("/substitutes/9999/end/").status_code == 404
    assert anna.client.post(f"/substitutes/{pk}/end/")["Location"] == "/me/"
    assert boris.actor.absent == frozenset()
    assert anna.client.post(f"/substitutes/{pk}/end/").status_code == 422


def test_whoever_has_not_signed_in_has_no_page() -> None:
    assert Client().get("/me/")["Location"] == "/accounts/login/?next=/me/"
    assert Client().post("/me/substitutes/").status_code == 302
