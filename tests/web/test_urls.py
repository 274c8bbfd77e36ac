"""Every address is marked: who may read it and who may write to it."""

from __future__ import annotations

import pytest
from django.urls import URLPattern

from enduse.casework.people.roles import POWERS
from enduse.web.urls import urlpatterns

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
