"""The sections that each role may open, and the one the reader is in."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from enduse.web.context import sections
from tests.web.conftest import Member

pytestmark = pytest.mark.django_db
SEEN = {
    "administrator": ["People", "Settings", "Ledger"],
    "officer": ["Deals", "New deal", "Register", "Parties", "Solutions", "Ledger"],
    "approver": ["Deals", "Register", "Parties", "Solutions"],
    "auditor": ["Deals", "Register", "Parties", "Solutions", "People", "Settings", "Ledger"],
    "initiator": ["Deals", "New deal"],
    "expert": ["Deals", "Parties", "Solutions"],
    "lawyer": ["Deals", "Register", "Parties", "Solutions"],
}


def test_each_role_sees_its_sections_and_no_other(cast: dict[str, Member]) -> None:
    for role, labels in SEEN.items():
        page = cast[role].client.get("/me/").content.decode()
        shown = re.search(r"<nav .*?</nav>", page, re.DOTALL)
        assert re.findall(r">([^<>\n]+)</a>", shown[0] if shown else "") == labels, role
        assert ('role="search"' in page) == ("Deals" in labels)


def test_whoever_has_not_signed_in_sees_none() -> None:
    assert "<nav" not in Client().get("/accounts/login/").content.decode()


def test_the_deepest_section_is_here(anna: Member) -> None:
    held = [section.label for section in sections(anna.actor, "/deals/new/") if section.here]
    assert len(held) == 1
    assert [section for section in sections(anna.actor, "/me/") if section.here] == []
