"""The addresses of a deal's pages: every stage has one, and every one is marked."""

from __future__ import annotations

from typing import cast

from django.urls import resolve

from enduse.casework.deals.keeping import STAGES
from enduse.web.access import Marked
from enduse.web.case_urls import VIEWS, urlpatterns
from tests.web.pages import stage


def test_every_stage_has_a_page_of_its_own() -> None:
    assert set(VIEWS) >= set(STAGES)
    for name in STAGES:
        assert resolve(stage(1, name)).kwargs["stage"] == name


def test_every_address_says_which_verbs_it_takes() -> None:
    for pattern in urlpatterns:
        assert cast(Marked, pattern.callback).verbs["GET"], pattern
