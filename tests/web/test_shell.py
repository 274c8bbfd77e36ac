"""The first page leads each role to its work; the language is chosen anywhere and leads nowhere else."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from enduse.casework.ledger.models import Record
from enduse.casework.people.models import Account
from tests.web.conftest import Member

pytestmark = pytest.mark.django_db
BEGINNINGS = {
    "administrator": ("people", ""),
    "officer": ("queue", "?status=going"),
    "approver": ("queue", "?status=submitted"),
    "auditor": ("register", ""),
    "initiator": ("queue", "?who=me"),
    "expert": ("queue", "?who=me&status=going"),
    "lawyer": ("queue", "?who=me&status=going"),
}


def test_each_role_begins_where_its_work_is(cast: dict[str, Member]) -> None:
    for role, (name, query) in BEGINNINGS.items():
        assert cast[role].client.get("/")["Location"] == reverse(name) + query, role


def test_the_first_page_leads_to_one_that_opens(cast: dict[str, Member]) -> None:
    for role, member in cast.items():
        assert member.client.get("/", follow=True).status_code == 200, role


def test_whoever_has_not_signed_in_signs_in_first() -> None:
    assert Client().get("/")["Location"] == "/accounts/login/?next=/"


def test_the_language_is_kept_in_the_browser_and_in_the_account(anna: Member) -> None:
    before = Record.objects.count()
    answer = anna.client.post("/language/", {"language": "ru", "next": "/me/"})
    assert (answer.status_code, answer["Location"]) == (302, "/me/")
    cookie = answer.cookies["enduse_language"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("ru", True, "Lax")
    assert Account.objects.get(pk=anna.account).language == "ru"
    assert "Моя страница" in anna.client.get("/me/").content.decode()
    assert Record.objects.count() == before


def test_the_language_is_chosen_before_signing_in() -> None:
    client = Client(headers={"accept-language": "ru"})
    client.post("/language/", {"language": "en"})
    assert "Sign in" in client.get("/accounts/login/").content.decode()


@pytest.mark.parametrize(
    "onward", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil.example", "", "0", "me", "home", "?q=1"]
)
def test_the_choice_of_language_leads_nowhere_else(onward: str) -> None:
    assert Client().post("/language/", {"language": "en", "next": onward})["Location"] == "/"
