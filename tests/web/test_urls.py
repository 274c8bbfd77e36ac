"""Every address is marked: who may read it and who may write to it."""

from __future__ import annotations

import pytest
from django.urls import URLPattern

from enduse.casework.people.roles import POWERS
from enduse.web.urls import urlpatterns
from tests.web.conftest import Member
from tests.web.pages import stage, taken_in

PUBLIC = {
    "language",
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_reset_password_from_key",
    "mfa_authenticate",
}


@pytest.mark.parametrize("address", urlpatterns, ids=lambda address: address.name or str(address.pattern))
def test_an_address_says_which_verbs_it_takes(address: URLPattern) -> None:
    verbs = address.callback.verbs  # type: ignore[attr-defined]
    assert verbs
    assert set(verbs.values()) <= {"", *POWERS}


def test_only_sign_in_and_the_language_are_open_to_anybody() -> None:
    assert {address.name for address in urlpatterns if address.callback.is_public} == PUBLIC  # type: ignore[attr-defined]


# what an address may ask for, page by page
ASKED = {
    "/deals/": ("q", "status", "outcome", "stage", "who", "after"),
    "/deals/new/": ("find", "record"),
    "/ledger/": ("before", "about"),
    "/parties/": ("q", "after"),
    "/people/": ("q", "role"),
    "/register/": ("before",),
    "/solutions/": ("q", "after"),
    "timeline": ("before",),
    "intake": ("step", "step=parties&party", "step=parties&find", "step=parties&party=new&record", "step=solution&record"),
    "permits": ("permit",),
    "indicators": ("show",),
}


@pytest.mark.django_db
def test_nothing_that_an_address_says_breaks_a_page(anna: Member, root: Member) -> None:
    deal = taken_in(anna)
    for page, names in ASKED.items():
        place = page if "/" in page else f"/deals/{deal}/timeline/" if page == "timeline" else stage(deal, page)
        client = root.client if page == "/people/" else anna.client
        for name in names:
            for odd in ("%00", "a%00b", "%ED%A0%80", "%C2%B2", "%D9%A3", "9" * 30):
                assert client.get(f"{place}?{name}={odd}").status_code < 500, (place, name, odd)
